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
import software.amazon.awssdk.services.ecs.model.LogDriver;

/// A container of a task.
///
/// @param uuid the tail of its ARN
/// @param endpointId by which its metadata is found from inside; nobody else knows it
/// @param image what was pulled; null before
/// @param runtime the engine's container; null before it is created
/// @param exitCode of its end; null before, and if it never ran
/// @param reason ECS's text why it failed; empty if it didn't
public record TaskContainer(
        ContainerDefinition definition,
        String uuid,
        String endpointId,
        Phase phase,
        Images.@Nullable Image image,
        @Nullable ContainerId runtime,
        @Nullable Integer exitCode,
        String reason,
        Health health,
        ContainerLife life) {
    private static final int LONGEST_REASON = 1024;

    public static TaskContainer waiting(ContainerDefinition definition, String uuid, String endpointId) {
        return new TaskContainer(
                definition, uuid, endpointId, Phase.WAITING, null, null, null, "", Health.UNKNOWN, ContainerLife.NONE);
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

    /// Whether it routes the logs of others.
    public boolean isRouter() {
        return definition.firelensConfiguration() != null;
    }

    /// Whether it logs through the task's router.
    public boolean logsToRouter() {
        return definition.logConfiguration() != null
                && definition.logConfiguration().logDriver() == LogDriver.AWSFIRELENS;
    }

    public boolean stopped() {
        return phase == Phase.STOPPED;
    }

    /// When it began to run; null before.
    public @Nullable Instant startedAt() {
        return life.startedAt();
    }

    public List<PublishedPort> ports() {
        return life.ports();
    }

    public TaskContainer with(ContainerDefinition other) {
        return new TaskContainer(other, uuid, endpointId, phase, image, runtime, exitCode, reason, health, life);
    }

    public TaskContainer to(Phase next) {
        return new TaskContainer(definition, uuid, endpointId, next, image, runtime, exitCode, reason, health, life);
    }

    public TaskContainer pulled(Images.Image pulled) {
        return new TaskContainer(
                definition, uuid, endpointId, Phase.PULLED, pulled, runtime, exitCode, reason, health, life);
    }

    public TaskContainer created(ContainerId id, Instant now) {
        return new TaskContainer(
                definition, uuid, endpointId, phase, image, id, exitCode, reason, health, life.created(now));
    }

    public TaskContainer running(ContainerState state, Instant now) {
        var started = life.started(state, now);
        return new TaskContainer(
                definition, uuid, endpointId, Phase.RUNNING, image, runtime, exitCode, reason, health, started);
    }

    /// Ended, to run again; what its health was says nothing any more.
    public TaskContainer restarting() {
        return new TaskContainer(
                definition, uuid, endpointId, Phase.RESTARTING, image, runtime, exitCode, reason, Health.UNKNOWN, life);
    }

    public TaskContainer restarted(ContainerState state, Instant now) {
        var again = life.restarted(state, now);
        return new TaskContainer(
                definition, uuid, endpointId, Phase.RUNNING, image, runtime, exitCode, reason, health, again);
    }

    public TaskContainer healthy(Health now) {
        return new TaskContainer(definition, uuid, endpointId, phase, image, runtime, exitCode, reason, now, life);
    }

    /// Ended, having run.
    public TaskContainer exited(int code, boolean outOfMemory, Instant now) {
        var why = outOfMemory ? "OutOfMemoryError: Container killed due to memory usage" : reason;
        var ended = life.finished(now);
        return new TaskContainer(
                definition, uuid, endpointId, Phase.STOPPED, image, runtime, code, why, Health.UNKNOWN, ended);
    }

    /// Ended without having run.
    public TaskContainer failed(String why) {
        var told = why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) : why;
        return new TaskContainer(
                definition, uuid, endpointId, Phase.STOPPED, image, runtime, exitCode, told, Health.UNKNOWN, life);
    }
}
