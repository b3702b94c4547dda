package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnNetworkTest {
    private static final String HEADER = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask";

    @Test
    void theMachineIsAtTheGatewayOfTheRouteToEverywhere() {
        assertThat(OwnNetwork.gateway(List.of(
                        HEADER,
                        "eth1\t0000A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF",
                        "eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000")))
                .contains("172.17.0.1");
    }

    @Test
    void withoutSuchARouteThereIsNoGateway() {
        assertThat(OwnNetwork.gateway(List.of(HEADER, "eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF")))
                .isEmpty();
    }
}
