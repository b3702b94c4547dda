package dev.hakoniwa.ecs.task.state;

import static dev.hakoniwa.ecs.task.state.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.TestEmulator;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.Health;
import dev.hakoniwa.runtime.PublishedPort;
import dev.hakoniwa.runtime.Transport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

final class NetworkBindingsTest {
    @Test
    void inBridgeModeTheyTellWhereTheEnginePublishedThePorts() {
        var task = task().container("app", c -> c.portMappings(p -> p.containerPort(80)));

        var bindings = bindings(
                task,
                port("0.0.0.0", 32_768, 80, Transport.TCP),
                port("::", 32_768, 80, Transport.TCP),
                port("0.0.0.0", 32_769, 53, Transport.UDP));

        assertThat(bindings)
                .extracting(
                        NetworkBinding::bindIP,
                        NetworkBinding::containerPort,
                        NetworkBinding::hostPort,
                        NetworkBinding::protocol)
                .containsExactly(
                        tuple("0.0.0.0", 80, 32_768, TransportProtocol.TCP),
                        tuple("0.0.0.0", 53, 32_769, TransportProtocol.UDP));
    }

    @Test
    void aRangeIsToldAsOne() {
        var task = task().container(
                        "app",
                        c -> c.portMappings(
                                p -> p.containerPortRange("5000-5002"),
                                p -> p.containerPort(80),
                                p -> p.containerPortRange("5000-5001").protocol(TransportProtocol.UDP)));

        var bindings = bindings(
                task,
                port("0.0.0.0", 61_002, 5002, Transport.TCP),
                port("0.0.0.0", 61_000, 5000, Transport.TCP),
                port("::", 61_000, 5000, Transport.TCP),
                port("0.0.0.0", 61_001, 5001, Transport.TCP),
                port("0.0.0.0", 32_768, 80, Transport.TCP),
                port("0.0.0.0", 61_010, 5000, Transport.UDP),
                port("0.0.0.0", 61_011, 5001, Transport.UDP));

        assertThat(bindings)
                .containsExactly(
                        NetworkBinding.builder()
                                .bindIP("0.0.0.0")
                                .containerPort(80)
                                .hostPort(32_768)
                                .protocol("tcp")
                                .build(),
                        range("5000-5002", "61000-61002", "tcp"),
                        range("5000-5001", "61010-61011", "udp"));
    }

    private static NetworkBinding range(String containerPorts, String hostPorts, String protocol) {
        return NetworkBinding.builder()
                .bindIP("0.0.0.0")
                .containerPortRange(containerPorts)
                .hostPortRange(hostPorts)
                .protocol(protocol)
                .build();
    }

    @Test
    void inHostModeAPortIsItself() {
        var task = task().definition(d -> d.networkMode(NetworkMode.HOST))
                .container("app", c -> c.portMappings(p -> p.containerPort(8080).hostPort(8080)));

        assertThat(bindings(task))
                .extracting(NetworkBinding::containerPort, NetworkBinding::hostPort)
                .containsExactly(tuple(8080, 8080));
    }

    @Test
    void inAwsvpcThereAreNone() {
        var task = task().awsvpc()
                .container("app", c -> c.portMappings(p -> p.containerPort(80).hostPort(80)));

        assertThat(bindings(task)).isEmpty();
    }

    @Test
    void aContainerThatHasNotStartedHasNone() {
        var task = task().definition(d -> d.networkMode(NetworkMode.HOST))
                .container("app", c -> c.portMappings(p -> p.containerPort(8080).hostPort(8080)))
                .build();

        assertThat(NetworkBindings.of(task, task.containers().getFirst())).isEmpty();
    }

    private static List<NetworkBinding> bindings(TaskBuilder builder, PublishedPort... ports) {
        var state = new ContainerState(
                new ContainerId("1"),
                "app",
                Map.of(),
                Status.RUNNING,
                null,
                false,
                "",
                Health.UNKNOWN,
                "app",
                "172.17.0.2",
                List.of(ports),
                null,
                null);
        var task = builder.containerIs("app", c -> c.running(state, TestEmulator.START))
                .build();
        return NetworkBindings.of(task, task.containers().getFirst());
    }

    private static PublishedPort port(String address, int hostPort, int containerPort, Transport transport) {
        return new PublishedPort(address, hostPort, containerPort, transport);
    }
}
