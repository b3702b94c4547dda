package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.runtime.PublishedPort;
import dev.hakoniwa.runtime.Transport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/// Where a container's ports are on its instance, as DescribeTasks tells it (ecs-tasks.md §11).
public final class NetworkBindings {
    private static final String EVERYWHERE = "0.0.0.0";

    private NetworkBindings() {}

    /// In awsvpc there are none; before a container runs there are none either.
    public static List<NetworkBinding> of(LiveTask task, TaskContainer container) {
        if (container.startedAt() == null) {
            return List.of();
        }
        var bindings = switch (task.spec().networkMode()) {
            case BRIDGE, UNKNOWN_TO_SDK_VERSION -> published(container);
            case HOST -> own(container);
            case AWSVPC, NONE -> Stream.<NetworkBinding>empty();
        };
        return bindings.distinct().toList();
    }

    /// The engine publishes on IPv4 and IPv6; ECS tells one of them. A range is told as one.
    private static Stream<NetworkBinding> published(TaskContainer container) {
        var open = container.ports().stream()
                .filter(port -> !port.hostAddress().contains(":"))
                .toList();
        var ranges = Ports.rangesOf(container.definition());
        var single = open.stream()
                .filter(port -> ranges.stream().noneMatch(r -> r.has(port.containerPort(), port.transport())))
                .map(NetworkBindings::binding);
        return Stream.concat(single, ranges.stream().flatMap(range -> binding(range, open).stream()));
    }

    private static Optional<NetworkBinding> binding(Ports.Range range, List<PublishedPort> open) {
        return open.stream()
                .filter(port -> port.containerPort() == range.first() && port.transport() == range.transport())
                .findFirst()
                .map(PublishedPort::hostPort)
                .map(host -> NetworkBinding.builder()
                        .bindIP(EVERYWHERE)
                        .containerPortRange(range.first() + "-" + range.last())
                        .hostPortRange(host + "-" + (host + range.last() - range.first()))
                        .protocol(protocol(range.transport()))
                        .build());
    }

    private static Stream<NetworkBinding> own(TaskContainer container) {
        return Ports.of(container.definition()).stream()
                .map(port -> binding(
                        new PublishedPort(EVERYWHERE, port.containerPort(), port.containerPort(), port.transport())));
    }

    private static NetworkBinding binding(PublishedPort port) {
        return NetworkBinding.builder()
                .bindIP(EVERYWHERE)
                .containerPort(port.containerPort())
                .hostPort(port.hostPort())
                .protocol(protocol(port.transport()))
                .build();
    }

    private static TransportProtocol protocol(Transport transport) {
        return transport == Transport.UDP ? TransportProtocol.UDP : TransportProtocol.TCP;
    }
}
