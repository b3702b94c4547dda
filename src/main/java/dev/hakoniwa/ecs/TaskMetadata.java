package dev.hakoniwa.ecs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A task as it may know itself.
///
/// @param service its service's name; empty if it has none
/// @param launchType `FARGATE`, `EC2` or `EXTERNAL`
/// @param networkMode `awsvpc`, `bridge`, `host` or `none`
/// @param knownStatus in the agent's words: `NONE`, `CREATED`, `RUNNING`, `STOPPED`
/// @param size null if the task has no size of its own
/// @param vpcId empty unless the network mode is awsvpc
/// @param namespace the engine's id of the container that owns its network namespace; empty unless awsvpc
/// @param ephemeralGib null but on Fargate
public record TaskMetadata(
        String arn,
        String cluster,
        String clusterArn,
        String family,
        int revision,
        String service,
        String group,
        String launchType,
        String networkMode,
        String desiredStatus,
        String knownStatus,
        @Nullable Size size,
        Times times,
        String availabilityZone,
        String vpcId,
        String namespace,
        @Nullable Integer ephemeralGib,
        boolean faultInjection,
        Map<String, String> tags,
        List<ContainerMetadata> containers) {
    public TaskMetadata {
        tags = Map.copyOf(tags);
        containers = List.copyOf(containers);
    }

    /// What the task as a whole may use; what is null isn't limited.
    ///
    /// @param memory in MiB
    public record Size(@Nullable Double vcpus, @Nullable Integer memory) {}

    /// When what happened; null before.
    public record Times(
            @Nullable Instant pullStarted,
            @Nullable Instant pullStopped,
            @Nullable Instant executionStopped) {}

    public boolean isFargate() {
        return launchType.equals("FARGATE");
    }

    /// The container with this id, as metadata tells it.
    public Optional<ContainerMetadata> container(String id) {
        return containers.stream().filter(c -> c.id().equals(id)).findFirst();
    }
}
