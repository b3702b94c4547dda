package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.ContainerMetadata;
import dev.hakoniwa.ecs.ContainerMetadata.Limits;
import dev.hakoniwa.ecs.ContainerMetadata.Log;
import dev.hakoniwa.ecs.ContainerMetadata.Network;
import dev.hakoniwa.ecs.ContainerMetadata.NetworkInterface;
import dev.hakoniwa.ecs.ContainerMetadata.Port;
import dev.hakoniwa.ecs.ContainerMetadata.Times;
import dev.hakoniwa.ecs.ContainerMetadata.Volume;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.Ports;
import dev.hakoniwa.ecs.task.state.RuntimeId;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.runtime.AddressRange;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec.Source;
import dev.hakoniwa.runtime.Transport;
import dev.hakoniwa.vpc.Networking.SubnetPlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;

/// A container as its task may know it.
final class ContainerMetadataView {
    private static final String PAUSE = "~internal~ecs~pause";
    private static final String PAUSE_IMAGE = "amazon/amazon-ecs-pause:0.1.0";

    /// Where Docker answers the names of its networks, in every container of theirs.
    private static final String NAME_SERVER = "127.0.0.11";

    private ContainerMetadataView() {}

    static ContainerMetadata of(
            LiveTask task, TaskContainer container, @Nullable SubnetPlace subnet, Map<String, String> ownLabels) {
        var definition = container.definition();
        var runtime = container.runtime();
        var key = task.key();
        var arn = key.scope().arn("ecs", "container/" + key.cluster() + "/" + key.id() + "/" + container.uuid());
        var image = container.image();
        return new ContainerMetadata(
                runtime == null ? "" : RuntimeId.of(task, runtime),
                runtime == null ? "" : runtime.value(),
                container.name(),
                EngineNames.container(task, container.name(), container.uuid()),
                arn.toString(),
                "NORMAL",
                definition.image(),
                image == null ? "" : image.id(),
                ports(task, container),
                labels(task, container),
                task.wanted() ? "RUNNING" : "STOPPED",
                knownStatus(container),
                container.exitCode(),
                new Limits(Objects.requireNonNullElse(definition.cpu(), 0), definition.memory()),
                new Times(
                        container.life().createdAt(),
                        container.startedAt(),
                        container.life().finishedAt()),
                container.isChecked() ? container.health().name() : "",
                volumes(new VolumePlaces(task, ownLabels), definition),
                log(task, container),
                networks(task, container, subnet),
                restarts(container));
    }

    static ContainerMetadata pause(LiveTask task, ContainerId id, @Nullable SubnetPlace subnet) {
        return new ContainerMetadata(
                id.value(),
                id.value(),
                PAUSE,
                EngineNames.pause(task),
                "",
                "CNI_PAUSE",
                PAUSE_IMAGE,
                "",
                List.of(),
                EngineNames.labels(task, PAUSE, Map.of()),
                "RESOURCES_PROVISIONED",
                "RESOURCES_PROVISIONED",
                null,
                new Limits(0, null),
                new Times(null, null, null),
                "",
                List.of(),
                null,
                ofInterface(task, subnet),
                null);
    }

    private static @Nullable Integer restarts(TaskContainer container) {
        var policy = container.definition().restartPolicy();
        return policy != null && Boolean.TRUE.equals(policy.enabled())
                ? container.life().restarts()
                : null;
    }

    private static String knownStatus(TaskContainer container) {
        return switch (container.phase()) {
            case WAITING, PULLING -> "NONE";
            case PULLED -> "PULLED";
            case STARTING -> container.runtime() == null ? "PULLED" : "CREATED";
            case RUNNING, RESTARTING, STOPPING -> "RUNNING";
            case STOPPED -> "STOPPED";
        };
    }

    private static Map<String, String> labels(LiveTask task, TaskContainer container) {
        var labels = new LinkedHashMap<>(container.definition().dockerLabels());
        labels.putAll(EngineNames.labels(task, container.name(), Map.of()));
        return labels;
    }

    /// In awsvpc a port is its own host port; in bridge mode the engine has chosen one.
    private static List<Port> ports(LiveTask task, TaskContainer container) {
        var mapped = Ports.of(container.definition()).stream();
        return switch (task.spec().networkMode()) {
            case AWSVPC, HOST ->
                mapped.map(p -> port(p.containerPort(), p.transport(), p.containerPort()))
                        .toList();
            case NONE -> List.of();
            case BRIDGE, UNKNOWN_TO_SDK_VERSION ->
                container.ports().stream()
                        .filter(p -> !p.hostAddress().contains(":"))
                        .map(p -> port(p.containerPort(), p.transport(), p.hostPort()))
                        .distinct()
                        .toList();
        };
    }

    private static Port port(int containerPort, Transport transport, int hostPort) {
        return new Port(containerPort, transport == Transport.UDP ? "udp" : "tcp", hostPort);
    }

    private static List<Volume> volumes(VolumePlaces places, ContainerDefinition definition) {
        return definition.mountPoints().stream()
                .flatMap(point -> places.source(point.sourceVolume()).stream()
                        .map(source -> volume(source, point.containerPath())))
                .toList();
    }

    private static Volume volume(Source source, String destination) {
        return switch (source) {
            case Source.HostPath host -> new Volume("", host.path(), destination);
            case Source.Volume volume ->
                new Volume(volume.name(), "/var/lib/docker/volumes/" + volume.name() + "/_data", destination);
        };
    }

    private static @Nullable Log log(LiveTask task, TaskContainer container) {
        var configuration = container.definition().logConfiguration();
        if (configuration == null) {
            return null;
        }
        var options = new LinkedHashMap<>(configuration.options());
        var runtime = container.runtime();
        if (configuration.logDriver() == LogDriver.AWSLOGS && runtime != null) {
            options.remove("awslogs-stream-prefix");
            options.put("awslogs-stream", LogStreamName.of(task, container, runtime));
        }
        return new Log(configuration.logDriverAsString(), options);
    }

    private static List<Network> networks(LiveTask task, TaskContainer container, @Nullable SubnetPlace subnet) {
        var mode = task.spec().networkMode();
        if (mode == NetworkMode.AWSVPC) {
            return ofInterface(task, subnet);
        }
        var address = container.life().address();
        return List.of(new Network(mode.toString(), address.isEmpty() ? List.of() : List.of(address), null));
    }

    private static List<Network> ofInterface(LiveTask task, @Nullable SubnetPlace subnet) {
        var made = task.infrastructure().networkInterface();
        if (made == null || subnet == null) {
            return List.of();
        }
        var place = new NetworkInterface(
                made.macAddress(), subnet.cidr(), NAME_SERVER, made.privateDnsName(), gateway(subnet.cidr()));
        return List.of(new Network("awsvpc", List.of(made.privateAddress()), place));
    }

    /// AWS's router has the subnet's second address.
    private static String gateway(String cidr) {
        var range = AddressRange.of(cidr);
        return range.address(1) + "/" + range.prefix();
    }
}
