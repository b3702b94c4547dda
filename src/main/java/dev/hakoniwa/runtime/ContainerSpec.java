package dev.hakoniwa.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that a container is made from. Null stands for the image's own value, or the engine's default.
///
/// @param image a reference or id of an image that the engine has
/// @param entryPoint in the image's place; null leaves the image's
/// @param command in the image's place; null leaves the image's
/// @param logging null for the engine's default driver
/// @param healthCheck null for none; the image's own check never runs, as in ECS
public record ContainerSpec(
        String name,
        String image,
        @Nullable List<String> entryPoint,
        @Nullable List<String> command,
        Map<String, String> environment,
        Map<String, String> labels,
        Network network,
        List<PortBinding> ports,
        List<Mount> mounts,
        Limits limits,
        Options options,
        @Nullable HealthCheck healthCheck,
        @Nullable Logging logging) {
    public ContainerSpec {
        entryPoint = entryPoint == null ? null : List.copyOf(entryPoint);
        command = command == null ? null : List.copyOf(command);
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
        ports = List.copyOf(ports);
        mounts = List.copyOf(mounts);
    }

    /// A container with the engine's defaults for all but name, image and labels.
    public static ContainerSpec of(String name, String image, Map<String, String> labels) {
        return new ContainerSpec(
                name,
                image,
                null,
                null,
                Map.of(),
                labels,
                new Network.Bridge(),
                List.of(),
                List.of(),
                Limits.NONE,
                Options.NONE,
                null,
                null);
    }

    /// How the container is reached.
    public sealed interface Network {
        /// A network of ours, with this address on it.
        record Attached(String network, String address) implements Network {}

        /// The network namespace of another container.
        record Joined(ContainerId owner) implements Network {}

        /// The engine's default bridge.
        record Bridge() implements Network {}

        /// The host's own network.
        record Host() implements Network {}

        /// No network but loopback.
        record None() implements Network {}
    }

    /// A port of the container published on the host; `hostPort` 0 lets the engine choose, and [#NEXT] is the one
    /// behind that of the binding before. `hostAddress` empty is every interface.
    public record PortBinding(int containerPort, int hostPort, Transport transport, String hostAddress) {
        public static final int NEXT = -1;

        PortBinding at(int chosen) {
            return new PortBinding(containerPort, chosen, transport, hostAddress);
        }
    }

    /// Something mounted into the container.
    public record Mount(Source source, String containerPath, boolean readOnly) {}

    /// What can be mounted.
    public sealed interface Source {
        record HostPath(String path) implements Source {}

        /// A volume, or a folder in it, which is made if it isn't there.
        ///
        /// @param folder relative to the volume's root; empty for all of it
        record Volume(String name, String folder) implements Source {
            public Volume(String name) {
                this(name, "");
            }
        }
    }

    /// A health check as the engine runs it: `CMD`, `CMD-SHELL` and their arguments.
    public record HealthCheck(
            List<String> command, Duration interval, Duration timeout, int retries, Duration startPeriod) {
        public HealthCheck {
            command = List.copyOf(command);
        }
    }

    /// A log driver of the engine's.
    public record Logging(String driver, Map<String, String> options) {
        public Logging {
            options = Map.copyOf(options);
        }
    }

    /// What the container may use; 0 is no limit. Memory is in bytes, `cpus` in cores.
    ///
    /// @param memorySwap memory and swap together; 0 leaves it to the engine
    /// @param swappiness null leaves it to the engine
    /// @param group whose share it takes part in, by its id; empty for none
    public record Limits(
            int cpuShares,
            double cpus,
            long memory,
            long memoryReservation,
            long memorySwap,
            @Nullable Integer swappiness,
            List<Ulimit> ulimits,
            String group) {
        public static final Limits NONE = new Limits(0, 0, 0, 0, 0, null, List.of(), "");

        public Limits {
            ulimits = List.copyOf(ulimits);
        }
    }

    public record Ulimit(String name, long soft, long hard) {}

    /// All that is mounted into another container, mounted here as well.
    public record VolumesFrom(ContainerId container, boolean readOnly) {}

    public record Device(String hostPath, String containerPath, String permissions) {}

    /// The rest of what Docker lets one set, under its own names. `sharedMemory` is in bytes; `pidMode` and `ipcMode`
    /// are Docker's texts (`host`, `container:ID`), null for a namespace of its own. A container that lets others
    /// join its IPC namespace needs `shareable` there. `gpus` are the ids of GPUs, as their driver has them.
    public record Options(
            @Nullable String user,
            @Nullable String workingDirectory,
            @Nullable String hostname,
            boolean privileged,
            boolean readOnlyRootFilesystem,
            boolean interactive,
            boolean pseudoTerminal,
            boolean init,
            long sharedMemory,
            List<String> addCapabilities,
            List<String> dropCapabilities,
            List<String> securityOptions,
            List<Device> devices,
            List<String> gpus,
            Map<String, String> tmpfs,
            Map<String, String> sysctls,
            List<String> dnsServers,
            List<String> dnsSearchDomains,
            List<String> extraHosts,
            List<String> links,
            List<VolumesFrom> volumesFrom,
            @Nullable String pidMode,
            @Nullable String ipcMode) {
        public static final Options NONE = new Options(
                null, null, null, false, false, false, false, false, 0, List.of(), List.of(), List.of(), List.of(),
                List.of(), Map.of(), Map.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null);

        public Options {
            addCapabilities = List.copyOf(addCapabilities);
            dropCapabilities = List.copyOf(dropCapabilities);
            securityOptions = List.copyOf(securityOptions);
            devices = List.copyOf(devices);
            gpus = List.copyOf(gpus);
            tmpfs = Map.copyOf(tmpfs);
            sysctls = Map.copyOf(sysctls);
            dnsServers = List.copyOf(dnsServers);
            dnsSearchDomains = List.copyOf(dnsSearchDomains);
            extraHosts = List.copyOf(extraHosts);
            links = List.copyOf(links);
            volumesFrom = List.copyOf(volumesFrom);
        }
    }
}
