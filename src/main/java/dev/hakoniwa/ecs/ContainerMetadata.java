package dev.hakoniwa.ecs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container as its task may know it.
///
/// @param id the engine's, or on Fargate the one that DescribeTasks tells as `runtimeId`
/// @param engineId the engine's; empty before it is created
/// @param type `NORMAL`, or `CNI_PAUSE` for the one that owns the network namespace
/// @param knownStatus in the agent's words: `NONE`, `PULLED`, `CREATED`, `RUNNING`, `RESOURCES_PROVISIONED`, `STOPPED`
/// @param health `HEALTHY`, `UNHEALTHY` or `UNKNOWN`; empty if it has no check
/// @param restarts how often it has been started again; null if it never is
/// @param arn empty for the one that owns the network namespace
public record ContainerMetadata(
        String id,
        String engineId,
        String name,
        String engineName,
        String arn,
        String type,
        String image,
        String imageId,
        List<Port> ports,
        Map<String, String> labels,
        String desiredStatus,
        String knownStatus,
        @Nullable Integer exitCode,
        Limits limits,
        Times times,
        String health,
        List<Volume> volumes,
        @Nullable Log log,
        List<Network> networks,
        @Nullable Integer restarts) {
    public ContainerMetadata {
        ports = List.copyOf(ports);
        labels = Map.copyOf(labels);
        volumes = List.copyOf(volumes);
        networks = List.copyOf(networks);
    }

    /// A mapped port.
    ///
    /// @param hostPort 0 if it has none
    public record Port(int containerPort, String protocol, int hostPort) {}

    /// CPU in units, memory in MiB; null memory is none of its own.
    public record Limits(int cpu, @Nullable Integer memory) {}

    /// When what happened; null before.
    public record Times(
            @Nullable Instant created,
            @Nullable Instant started,
            @Nullable Instant finished) {}

    /// Something that is mounted.
    ///
    /// @param engineName empty for a path of the host
    public record Volume(String engineName, String source, String destination) {}

    /// Where its output goes.
    public record Log(String driver, Map<String, String> options) {
        public Log {
            options = Map.copyOf(options);
        }
    }

    /// A network it is on.
    ///
    /// @param mode as Docker or ECS calls it
    /// @param networkInterface null unless awsvpc
    public record Network(
            String mode, List<String> addresses, @Nullable NetworkInterface networkInterface) {
        public Network {
            addresses = List.copyOf(addresses);
        }
    }

    /// The task's network interface in its VPC.
    ///
    /// @param gateway the subnet's, with the length of its prefix
    public record NetworkInterface(
            String macAddress, String subnetCidr, String nameServer, String privateDnsName, String gateway) {}
}
