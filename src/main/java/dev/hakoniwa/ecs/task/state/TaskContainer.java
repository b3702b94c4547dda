package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.Health;
import dev.hakoniwa.runtime.Images;
import dev.hakoniwa.runtime.PublishedPort;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/// A container of a task.
///
/// @param uuid the tail of its ARN
/// @param image what was pulled; null before
/// @param runtime the engine's container; null before it is created
/// @param exitCode of its end; null before, and if it never ran
/// @param reason ECS's text why it failed; empty if it didn't
/// @param startedAt when it began to run; null before
public record TaskContainer(
        ContainerDefinition definition,
        String uuid,
        Phase phase,
        Images.@Nullable Image image,
        @Nullable ContainerId runtime,
        @Nullable Integer exitCode,
        String reason,
        List<PublishedPort> ports,
        Health health,
        @Nullable Instant startedAt) {
    private static final int LONGEST_REASON = 1024;

    public TaskContainer {
        ports = List.copyOf(ports);
    }

    public static TaskContainer waiting(ContainerDefinition definition, String uuid) {
        return new TaskContainer(
                definition, uuid, Phase.WAITING, null, null, null, "", List.of(), Health.UNKNOWN, null);
    }

    public String name() {
        return definition.name();
    }

    public boolean essential() {
        return !Boolean.FALSE.equals(definition.essential());
    }

    /// Whether it has a health check; `NONE` is none.
    public boolean isChecked() {
        var check = definition.healthCheck();
        return check != null
                && !check.command().isEmpty()
                && !check.command().getFirst().equals("NONE");
    }

    public boolean stopped() {
        return phase == Phase.STOPPED;
    }

    public TaskContainer to(Phase next) {
        return new TaskContainer(definition, uuid, next, image, runtime, exitCode, reason, ports, health, startedAt);
    }

    public TaskContainer pulled(Images.Image pulled) {
        return new TaskContainer(
                definition, uuid, Phase.PULLED, pulled, runtime, exitCode, reason, ports, health, startedAt);
    }

    public TaskContainer created(ContainerId id) {
        return new TaskContainer(definition, uuid, phase, image, id, exitCode, reason, ports, health, startedAt);
    }

    public TaskContainer running(ContainerState state, Instant now) {
        return new TaskContainer(
                definition, uuid, Phase.RUNNING, image, runtime, exitCode, reason, state.ports(), health, now);
    }

    public TaskContainer healthy(Health now) {
        return new TaskContainer(definition, uuid, phase, image, runtime, exitCode, reason, ports, now, startedAt);
    }

    /// Ended, having run.
    public TaskContainer exited(int code, boolean outOfMemory) {
        var why = outOfMemory ? "OutOfMemoryError: Container killed due to memory usage" : reason;
        return new TaskContainer(
                definition, uuid, Phase.STOPPED, image, runtime, code, why, ports, Health.UNKNOWN, startedAt);
    }

    /// Ended without having run.
    public TaskContainer failed(String why) {
        var told = why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) : why;
        return new TaskContainer(
                definition, uuid, Phase.STOPPED, image, runtime, exitCode, told, ports, Health.UNKNOWN, startedAt);
    }
}
