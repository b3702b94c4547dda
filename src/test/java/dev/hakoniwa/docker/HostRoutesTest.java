package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.runtime.AddressRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostRoutesTest {
    private static final List<String> TABLE = List.of(
            "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0",
            "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
            "tun0\t00000080\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0",
            "tun0\t00101FAC\t00000000\t0001\t0\t0\t0\t00F0FFFF\t0\t0\t0",
            "docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0",
            "br-0123456789ab\t0000400A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0");

    @ParameterizedTest
    @CsvSource({
        "192.0.2.128/25, 192.0.2.0/24 of eth0",
        "192.0.0.0/16, 192.0.2.0/24 of eth0",
        "172.31.0.0/16, 172.31.16.0/20 of tun0"
    })
    void aRangeThatTakesOverARouteIsFound(String range, String route) {
        assertThat(HostRoutes.overlapping(AddressRange.of(range), TABLE)).contains(route);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/16", "192.0.3.0/24", "172.17.0.0/16", "10.64.0.0/16", "203.0.113.0/24"})
    void defaultRoutesAndDockersOwnBridgesDoNotCount(String range) {
        assertThat(HostRoutes.overlapping(AddressRange.of(range), TABLE)).isEmpty();
    }

    @Test
    void aTableThatIsNoneFindsNothing() {
        assertThat(HostRoutes.overlapping(AddressRange.of("10.0.0.0/8"), List.of("", "eth0 x")))
                .isEmpty();
    }
}
