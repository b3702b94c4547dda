package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.runtime.ContainerSpec.PortBinding;
import dev.hakoniwa.runtime.Transport;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/// The ports that a container maps, ranges spread out.
public final class Ports {
    private Ports() {}

    /// One port.
    ///
    /// @param hostPort 0 for one that is chosen when the container starts; [PortBinding#NEXT] for the one behind that
    ///     of the port before
    public record Port(int containerPort, int hostPort, Transport transport) {}

    /// A mapping's range of ports.
    record Range(int first, int last, Transport transport) {
        boolean has(int port, Transport over) {
            return first <= port && port <= last && transport == over;
        }
    }

    static List<Range> rangesOf(ContainerDefinition container) {
        return container.portMappings().stream()
                .filter(mapping -> mapping.containerPortRange() != null)
                .map(Ports::range)
                .toList();
    }

    public static List<Port> of(ContainerDefinition container) {
        return container.portMappings().stream().flatMap(Ports::spread).toList();
    }

    private static Stream<Port> spread(PortMapping mapping) {
        if (mapping.containerPortRange() == null) {
            var host = Objects.requireNonNullElse(mapping.hostPort(), 0);
            return Stream.of(new Port(mapping.containerPort(), host, transport(mapping)));
        }
        var range = range(mapping);
        return IntStream.rangeClosed(range.first, range.last)
                .mapToObj(port -> new Port(port, port == range.first ? 0 : PortBinding.NEXT, range.transport));
    }

    private static Range range(PortMapping mapping) {
        var ends = mapping.containerPortRange().split("-", 2);
        return new Range(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]), transport(mapping));
    }

    private static Transport transport(PortMapping mapping) {
        return mapping.protocol() == TransportProtocol.UDP ? Transport.UDP : Transport.TCP;
    }
}
