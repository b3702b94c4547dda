package dev.hakoniwa.ecs.task.state;

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
    /// @param hostPort 0 for one that is chosen when the container starts
    public record Port(int containerPort, int hostPort, Transport transport) {}

    public static List<Port> of(ContainerDefinition container) {
        return container.portMappings().stream().flatMap(Ports::spread).toList();
    }

    private static Stream<Port> spread(PortMapping mapping) {
        var transport = mapping.protocol() == TransportProtocol.UDP ? Transport.UDP : Transport.TCP;
        if (mapping.containerPortRange() == null) {
            var host = Objects.requireNonNullElse(mapping.hostPort(), 0);
            return Stream.of(new Port(mapping.containerPort(), host, transport));
        }
        var ends = mapping.containerPortRange().split("-", 2);
        return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]))
                .mapToObj(port -> new Port(port, 0, transport));
    }
}
