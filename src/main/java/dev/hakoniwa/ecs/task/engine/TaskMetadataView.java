package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.ContainerMetadata;
import dev.hakoniwa.ecs.TaskMetadata;
import dev.hakoniwa.ecs.TaskMetadata.Size;
import dev.hakoniwa.ecs.TaskMetadata.Times;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.Milestone;
import dev.hakoniwa.ecs.task.state.Phase;
import dev.hakoniwa.ecs.task.state.TaskSpec;
import dev.hakoniwa.vpc.Networking.SubnetPlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A task as it may know itself.
public final class TaskMetadataView {
    private static final double UNITS = 1024;
    private static final int DEFAULT_EPHEMERAL_GIB = 20;
    private static final String SERVICE = "service:";

    private TaskMetadataView() {}

    /// What the task's containers are told.
    ///
    /// @param subnet of its network interface; null if it has none
    public static TaskMetadata of(LiveTask task, @Nullable SubnetPlace subnet, Map<String, String> ownLabels) {
        var key = task.key();
        var spec = task.spec();
        var definition = spec.definition();
        var group = spec.origin().group();
        var pause = task.infrastructure().pause();
        return new TaskMetadata(
                key.arn().toString(),
                key.cluster(),
                key.scope().arn("ecs", "cluster/" + key.cluster()).toString(),
                definition.family(),
                definition.revision(),
                group.startsWith(SERVICE) ? group.substring(SERVICE.length()) : "",
                group,
                spec.compute().launchType().toString(),
                spec.networkMode().toString(),
                task.wanted() ? "RUNNING" : "STOPPED",
                knownStatus(task),
                size(spec),
                times(task),
                spec.compute().availabilityZone(),
                spec.network() == null ? "" : spec.network().vpcId(),
                pause == null ? "" : pause.value(),
                isFargate(task) ? ephemeralGib(spec) : null,
                Boolean.TRUE.equals(definition.enableFaultInjection()),
                tags(spec),
                containers(task, subnet, ownLabels));
    }

    static boolean isFargate(LiveTask task) {
        return task.spec().isFargate();
    }

    /// The agent sees where the containers are; Fargate also tells its own steps.
    private static String knownStatus(LiveTask task) {
        return switch (task.status()) {
            case PROVISIONING, PENDING, ACTIVATING ->
                isFargate(task) ? task.status().name() : beforeRunning(task);
            case RUNNING, DEACTIVATING, STOPPING -> "RUNNING";
            case DEPROVISIONING, STOPPED -> "STOPPED";
        };
    }

    private static String beforeRunning(LiveTask task) {
        return task.containers().stream().allMatch(c -> c.phase().compareTo(Phase.STARTING) >= 0) ? "CREATED" : "NONE";
    }

    private static @Nullable Size size(TaskSpec spec) {
        var cpu = number(spec.overrides().cpu(), spec.definition().cpu());
        var memory = number(spec.overrides().memory(), spec.definition().memory());
        return cpu == null && memory == null ? null : new Size(cpu == null ? null : cpu / UNITS, memory);
    }

    private static @Nullable Integer number(@Nullable String override, @Nullable String defined) {
        var text = override == null ? defined : override;
        return text == null ? null : Integer.valueOf(text);
    }

    private static Times times(LiveTask task) {
        var progress = task.progress();
        return new Times(
                progress.at(Milestone.PULL_STARTED).orElse(null),
                progress.at(Milestone.PULL_STOPPED).orElse(null),
                progress.at(Milestone.EXECUTION_STOPPED).orElse(null));
    }

    private static int ephemeralGib(TaskSpec spec) {
        return Optional.ofNullable(spec.overrides().ephemeralStorage())
                .or(() -> Optional.ofNullable(spec.definition().ephemeralStorage()))
                .map(storage -> storage.sizeInGiB())
                .orElse(DEFAULT_EPHEMERAL_GIB);
    }

    private static Map<String, String> tags(TaskSpec spec) {
        var tags = new LinkedHashMap<String, String>();
        spec.tags().forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
        return tags;
    }

    /// Off Fargate the container that holds the network namespace is one of the task's.
    private static List<ContainerMetadata> containers(
            LiveTask task, @Nullable SubnetPlace subnet, Map<String, String> ownLabels) {
        var own = task.containers().stream()
                .map(container -> ContainerMetadataView.of(task, container, subnet, ownLabels));
        var pause = isFargate(task)
                ? Stream.<ContainerMetadata>empty()
                : Stream.ofNullable(task.infrastructure().pause())
                        .map(id -> ContainerMetadataView.pause(task, id, subnet));
        return Stream.concat(own, pause).toList();
    }
}
