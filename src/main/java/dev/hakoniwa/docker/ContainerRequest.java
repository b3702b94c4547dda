package dev.hakoniwa.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.Link;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.Volume;
import com.github.dockerjava.api.model.VolumesFrom;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerSpec.Limits;
import dev.hakoniwa.runtime.ContainerSpec.Mount;
import dev.hakoniwa.runtime.ContainerSpec.Network;
import dev.hakoniwa.runtime.ContainerSpec.Options;
import dev.hakoniwa.runtime.ContainerSpec.Source;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Transport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Says a container's specification in docker-java's words.
final class ContainerRequest {
    private static final long CORE = 1_000_000_000;

    private ContainerRequest() {}

    /// @param ports the specification's, on the host where they are in a row
    static CreateContainerCmd of(DockerClient client, ContainerSpec spec, List<ContainerSpec.PortBinding> ports) {
        // docker-java looks up a login by the first name and knows fewer names than Docker; the second is what counts.
        var command = client.createContainerCmd("image")
                .withImage(spec.image())
                .withName(spec.name())
                .withEnv(spec.environment().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .sorted()
                        .toList())
                .withLabels(spec.labels())
                .withExposedPorts(
                        ports.stream().map(ContainerRequest::exposed).distinct().toList())
                .withHealthcheck(healthCheck(spec.healthCheck()))
                .withHostConfig(hostConfig(client, spec, ports));
        if (spec.entryPoint() != null) {
            command.withEntrypoint(spec.entryPoint());
        }
        if (spec.command() != null) {
            command.withCmd(spec.command());
        }
        if (spec.network() instanceof Network.Attached attached) {
            command.withIpv4Address(attached.address());
        }
        return withProcess(command, spec.options());
    }

    private static CreateContainerCmd withProcess(CreateContainerCmd command, Options options) {
        if (options.user() != null) {
            command.withUser(options.user());
        }
        if (options.workingDirectory() != null) {
            command.withWorkingDir(options.workingDirectory());
        }
        if (options.hostname() != null) {
            command.withHostName(options.hostname());
        }
        return command.withTty(options.pseudoTerminal()).withStdinOpen(options.interactive());
    }

    private static HostConfig hostConfig(
            DockerClient client, ContainerSpec spec, List<ContainerSpec.PortBinding> ports) {
        var options = spec.options();
        var config = new HostConfig()
                .withNetworkMode(networkMode(spec.network()))
                .withPortBindings(
                        ports.stream().map(ContainerRequest::published).toList())
                .withBinds(
                        spec.mounts().stream().map(mount -> bind(client, mount)).toList())
                .withPrivileged(options.privileged())
                .withReadonlyRootfs(options.readOnlyRootFilesystem())
                .withCapAdd(capabilities(options.addCapabilities()))
                .withCapDrop(capabilities(options.dropCapabilities()))
                .withSecurityOpts(options.securityOptions())
                .withDevices(options.devices().stream()
                        .map(device -> new Device(device.permissions(), device.containerPath(), device.hostPath()))
                        .toList())
                .withTmpFs(options.tmpfs())
                .withSysctls(options.sysctls())
                .withDns(options.dnsServers())
                .withDnsSearch(options.dnsSearchDomains())
                .withExtraHosts(options.extraHosts().toArray(String[]::new))
                .withLinks(options.links().stream().map(Link::parse).toList())
                .withVolumesFrom(options.volumesFrom().stream()
                        .map(from -> new VolumesFrom(from.container().value(), access(from.readOnly())))
                        .toList());
        if (spec.logging() != null) {
            config.withLogConfig(logging(spec.logging()));
        }
        return withLimits(withNamespaces(withGpus(config, options.gpus()), options), spec.limits());
    }

    /// Docker finds the runtime that has them.
    private static HostConfig withGpus(HostConfig config, List<String> ids) {
        if (ids.isEmpty()) {
            return config;
        }
        return config.withDeviceRequests(
                List.of(new DeviceRequest().withDeviceIds(ids).withCapabilities(List.of(List.of("gpu")))));
    }

    private static HostConfig withNamespaces(HostConfig config, Options options) {
        if (options.init()) {
            config.withInit(true);
        }
        if (options.sharedMemory() != 0) {
            config.withShmSize(options.sharedMemory());
        }
        if (options.pidMode() != null) {
            config.withPidMode(options.pidMode());
        }
        if (options.ipcMode() != null) {
            config.withIpcMode(options.ipcMode());
        }
        return config;
    }

    private static HostConfig withLimits(HostConfig config, Limits limits) {
        config.withUlimits(limits.ulimits().stream()
                .map(limit -> new Ulimit(limit.name(), limit.soft(), limit.hard()))
                .toList());
        if (limits.cpuShares() != 0) {
            config.withCpuShares(limits.cpuShares());
        }
        if (limits.cpus() != 0) {
            config.withNanoCPUs(Math.round(limits.cpus() * CORE));
        }
        if (limits.memory() != 0) {
            config.withMemory(limits.memory());
        }
        if (limits.memoryReservation() != 0) {
            config.withMemoryReservation(limits.memoryReservation());
        }
        if (limits.memorySwap() != 0) {
            config.withMemorySwap(limits.memorySwap());
        }
        if (!limits.group().isEmpty()) {
            config.withCgroupParent(limits.group());
        }
        if (limits.swappiness() != null) {
            config.withMemorySwappiness(limits.swappiness().longValue());
        }
        return config;
    }

    private static String networkMode(Network network) {
        return switch (network) {
            case Network.Attached attached -> attached.network();
            case Network.Joined(var owner) -> "container:" + owner.value();
            case Network.Bridge _ -> "bridge";
            case Network.Host _ -> "host";
            case Network.None _ -> "none";
        };
    }

    private static PortBinding published(ContainerSpec.PortBinding port) {
        var hostPort = port.hostPort() == 0 ? "" : Integer.toString(port.hostPort());
        var binding =
                port.hostAddress().isEmpty() ? new Binding(null, hostPort) : new Binding(port.hostAddress(), hostPort);
        return new PortBinding(binding, exposed(port));
    }

    private static ExposedPort exposed(ContainerSpec.PortBinding port) {
        return new ExposedPort(port.containerPort(), protocol(port.transport()));
    }

    private static InternetProtocol protocol(Transport transport) {
        return switch (transport) {
            case TCP -> InternetProtocol.TCP;
            case UDP -> InternetProtocol.UDP;
        };
    }

    private static Bind bind(DockerClient client, Mount mount) {
        var source = switch (mount.source()) {
            case Source.HostPath path -> path.path();
            case Source.Volume volume -> volume.folder().isEmpty() ? volume.name() : folder(client, volume);
        };
        return new Bind(source, new Volume(mount.containerPath()), access(mount.readOnly()));
    }

    /// Docker mounts folders of volumes by name since version 26 alone; by its path it always could.
    private static String folder(DockerClient client, Source.Volume volume) {
        return client.inspectVolumeCmd(volume.name()).exec().getMountpoint() + "/" + volume.folder();
    }

    private static AccessMode access(boolean readOnly) {
        return readOnly ? AccessMode.ro : AccessMode.rw;
    }

    private static Capability[] capabilities(List<String> names) {
        return names.stream().map(ContainerRequest::capability).toArray(Capability[]::new);
    }

    private static Capability capability(String name) {
        try {
            return Capability.fromValue(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.REFUSED, "invalid capability: \"" + name + "\"", e);
        }
    }

    private static LogConfig logging(ContainerSpec.Logging logging) {
        var type = LoggingType.fromValue(logging.driver());
        if (type == null) {
            throw new EngineException(
                    Kind.REFUSED, "logger: no log driver named '" + logging.driver() + "' is registered");
        }
        return new LogConfig(type, logging.options());
    }

    /// An image's own check never runs: what has none is told to have none.
    private static HealthCheck healthCheck(ContainerSpec.@Nullable HealthCheck check) {
        if (check == null) {
            return new HealthCheck().withTest(List.of("NONE"));
        }
        return new HealthCheck()
                .withTest(check.command())
                .withInterval(check.interval().toNanos())
                .withTimeout(check.timeout().toNanos())
                .withRetries(check.retries())
                .withStartPeriod(check.startPeriod().toNanos());
    }
}
