package dev.hakoniwa.ecs.placement;

import dev.hakoniwa.runtime.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.ResourceType;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// What a task takes of the container instance that it runs on (ecs-capacity.md §3).
///
/// @param cpu CPU units, 1024 to a vCPU
/// @param memory MiB
/// @param interfaces network interfaces: one for a task of awsvpc
/// @param ports the ports of the host that it insists on, such as `tcp/8080`
public record Needs(long cpu, long memory, int gpus, int interfaces, Set<String> ports) {
    public Needs {
        ports = Set.copyOf(ports);
    }

    /// A port of a container on the host.
    ///
    /// @param hostPort 0 for one that is chosen when the container starts
    public record HostPort(int hostPort, Transport transport) {
        private String name() {
            return transport.name().toLowerCase(Locale.ROOT) + "/" + hostPort;
        }
    }

    /// What a task of the definition takes.
    ///
    /// @param containers with the overrides applied
    /// @param ports of all the containers
    public static Needs of(
            TaskDefinition definition,
            TaskOverride overrides,
            List<ContainerDefinition> containers,
            Stream<HostPort> ports) {
        var cpu = Objects.requireNonNullElse(overrides.cpu(), Objects.requireNonNullElse(definition.cpu(), ""));
        var memory =
                Objects.requireNonNullElse(overrides.memory(), Objects.requireNonNullElse(definition.memory(), ""));
        return new Needs(
                cpu.isEmpty() ? containers.stream().mapToLong(Needs::cpu).sum() : Long.parseLong(cpu),
                memory.isEmpty() ? containers.stream().mapToLong(Needs::memory).sum() : Long.parseLong(memory),
                containers.stream().mapToInt(Needs::gpus).sum(),
                definition.networkMode() == NetworkMode.AWSVPC ? 1 : 0,
                fixed(definition, ports));
    }

    private static long cpu(ContainerDefinition container) {
        return Objects.requireNonNullElse(container.cpu(), 0);
    }

    private static long memory(ContainerDefinition container) {
        return Objects.requireNonNullElse(
                container.memoryReservation(), Objects.requireNonNullElse(container.memory(), 0));
    }

    /// How many GPUs a container wants for itself.
    public static int gpus(ContainerDefinition container) {
        return container.resourceRequirements().stream()
                .filter(requirement -> requirement.type() == ResourceType.GPU)
                .mapToInt(requirement -> Integer.parseInt(requirement.value()))
                .sum();
    }

    /// A task of awsvpc has addresses, and with them ports, of its own.
    private static Set<String> fixed(TaskDefinition definition, Stream<HostPort> ports) {
        return definition.networkMode() == NetworkMode.AWSVPC
                ? Set.of()
                : ports.filter(port -> port.hostPort() > 0).map(HostPort::name).collect(Collectors.toSet());
    }
}
