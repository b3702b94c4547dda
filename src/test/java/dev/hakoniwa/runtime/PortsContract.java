package dev.hakoniwa.runtime;

import static dev.hakoniwa.runtime.ContainerSpec.PortBinding.NEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.runtime.ContainerSpec.PortBinding;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.testing.FreePort;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every engine does with the ports that containers publish on its machine.
public abstract class PortsContract extends EngineContract {
    protected PortsContract(TestEngine tested) {
        super(tested);
    }

    @Test
    void aPortIsPublishedWhereTheContainerWantsIt() {
        var port = FreePort.next();
        var id = run(from(endless("static"))
                .publishing(tcp(80, port), new PortBinding(80, port, Transport.UDP, ""))
                .build());

        assertThat(containers().inspect(id).ports())
                .contains(
                        new PublishedPort("0.0.0.0", port, 80, Transport.TCP),
                        new PublishedPort("0.0.0.0", port, 80, Transport.UDP));
    }

    @Test
    void aPortIsPublishedAtTheAddressTheContainerWants() {
        var port = FreePort.next();
        var id = run(from(endless("loopback"))
                .publishing(new PortBinding(80, port, Transport.TCP, "127.0.0.1"))
                .build());

        assertThat(containers().inspect(id).ports())
                .containsExactly(new PublishedPort("127.0.0.1", port, 80, Transport.TCP));
    }

    @Test
    void theEngineChoosesPortsThatNobodyElseHas() {
        var one = run(from(endless("one")).publishing(tcp(80, 0), tcp(81, 0)).build());
        var other = run(from(endless("other")).publishing(tcp(80, 0)).build());

        assertThat(List.of(one, other))
                .flatExtracting(id -> containers().inspect(id).ports())
                .filteredOn(port -> port.hostAddress().equals("0.0.0.0"))
                .extracting(PublishedPort::hostPort)
                .doesNotHaveDuplicates()
                .hasSize(3)
                .allMatch(port -> port > 1024);
    }

    @Test
    void portsThatAreToBeInARowAre() {
        var ids = Stream.of("one", "other")
                .map(name -> run(from(endless(name))
                        .publishing(tcp(9000, 0), tcp(9001, NEXT), tcp(9002, NEXT), tcp(80, 0))
                        .build()))
                .toList();

        assertThat(ids)
                .allSatisfy(id -> assertThat(hostPort(id, 9001)).isEqualTo(hostPort(id, 9000) + 1))
                .allSatisfy(id -> assertThat(hostPort(id, 9002)).isEqualTo(hostPort(id, 9000) + 2));
        assertThat(ids)
                .flatExtracting(id -> List.of(hostPort(id, 80), hostPort(id, 9000), hostPort(id, 9001)))
                .doesNotHaveDuplicates();
    }

    private int hostPort(ContainerId id, int containerPort) {
        return containers().inspect(id).ports().stream()
                .filter(port -> port.containerPort() == containerPort)
                .findFirst()
                .orElseThrow()
                .hostPort();
    }

    @Test
    void aPortIsTakenOnceAndFreeAgainWhenItsContainerHasEnded() {
        var port = FreePort.next();
        var owner = run(from(endless("owner")).publishing(tcp(80, port)).build());
        var id = containers()
                .create(from(endless("late")).publishing(tcp(80, port)).build());

        var refusal = refusal(() -> containers().start(id));
        var after = containers().inspect(id);
        containers().stop(owner, Duration.ofSeconds(20));
        containers().start(id);

        assertThat(refusal.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(refusal.text())
                .matches("driver failed programming external connectivity on endpoint .* \\([0-9a-f]{64}\\): "
                        + "Bind for 0.0.0.0:" + port + " failed: port is already allocated");
        assertThat(after.status()).isEqualTo(Status.CREATED);
        assertThat(after.error()).isEqualTo(refusal.text());
        assertThat(after.exitCode()).isNull();
        assertThat(containers().inspect(id).status()).isEqualTo(Status.RUNNING);
        assertThat(containers().inspect(id).error()).isEmpty();
    }
}
