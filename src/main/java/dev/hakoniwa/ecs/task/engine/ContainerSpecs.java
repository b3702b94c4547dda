package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.Ports;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerSpec.Mount;
import dev.hakoniwa.runtime.ContainerSpec.Network;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;

/// Turns a container of a task definition into what the engine is to make (ecs-tasks.md §13). Pure.
final class ContainerSpecs {
    private ContainerSpecs() {}

    static ContainerSpec of(
            LiveTask task,
            TaskContainer container,
            Map<String, String> environment,
            Map<String, String> ownLabels,
            ContainerSpec.Logging logging) {
        var definition = container.definition();
        var labels = new LinkedHashMap<>(definition.dockerLabels());
        labels.putAll(EngineNames.labels(task, container.name(), ownLabels));
        return new ContainerSpec(
                EngineNames.container(task, container.name(), container.uuid()),
                Objects.requireNonNull(container.image()).id(),
                ifAny(definition.entryPoint()),
                ifAny(definition.command()),
                environment,
                labels,
                network(task, definition),
                ports(task, definition),
                mounts(task, container, ownLabels),
                ContainerLimits.of(
                        task.spec(), definition, task.infrastructure().group()),
                ContainerOptions.of(task, definition),
                container.isChecked() ? healthCheck(definition.healthCheck()) : null,
                logging);
    }

    private static @Nullable List<String> ifAny(List<String> words) {
        return words.isEmpty() ? null : words;
    }

    private static Network network(LiveTask task, ContainerDefinition definition) {
        if (Boolean.TRUE.equals(definition.disableNetworking())) {
            return new Network.None();
        }
        return switch (task.spec().networkMode()) {
            case AWSVPC -> new Network.Joined(pauseOf(task));
            case HOST -> new Network.Host();
            case NONE -> new Network.None();
            case BRIDGE, UNKNOWN_TO_SDK_VERSION -> new Network.Bridge();
        };
    }

    private static ContainerId pauseOf(LiveTask task) {
        return Objects.requireNonNull(task.infrastructure().pause());
    }

    private static List<ContainerSpec.PortBinding> ports(LiveTask task, ContainerDefinition definition) {
        if (task.spec().networkMode() != NetworkMode.BRIDGE) {
            return List.of();
        }
        return Ports.of(definition).stream()
                .map(p -> new ContainerSpec.PortBinding(p.containerPort(), p.hostPort(), p.transport(), ""))
                .toList();
    }

    private static List<Mount> mounts(LiveTask task, TaskContainer container, Map<String, String> ownLabels) {
        var volumes = new VolumePlaces(task, ownLabels);
        var stated = container.definition().mountPoints().stream()
                .flatMap(point -> volumes.source(point.sourceVolume()).stream()
                        .map(source ->
                                new Mount(source, point.containerPath(), Boolean.TRUE.equals(point.readOnly()))));
        return Stream.concat(stated, Firelens.mounts(task, container)).toList();
    }

    private static ContainerSpec.HealthCheck healthCheck(HealthCheck check) {
        return new ContainerSpec.HealthCheck(
                check.command(),
                seconds(check.interval(), 30),
                seconds(check.timeout(), 5),
                Objects.requireNonNullElse(check.retries(), 3),
                seconds(check.startPeriod(), 0));
    }

    private static Duration seconds(@Nullable Integer given, int otherwise) {
        return Duration.ofSeconds(Objects.requireNonNullElse(given, otherwise));
    }

    /// awslogs is ours: the engine keeps the output where we read it. All other drivers are the engine's own.
    static ContainerSpec.Logging logging(ContainerDefinition definition) {
        var log = definition.logConfiguration();
        if (log == null || log.logDriver() == LogDriver.AWSLOGS) {
            return new ContainerSpec.Logging("json-file", Map.of("max-size", "10m", "max-file", "1"));
        }
        return new ContainerSpec.Logging(log.logDriverAsString(), log.options());
    }
}
