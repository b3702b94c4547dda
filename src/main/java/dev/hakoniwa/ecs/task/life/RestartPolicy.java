package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// Decides whether a container that has ended runs again, in its place (ecs-tasks.md §6). Pure.
final class RestartPolicy {
    private static final int USUAL_PERIOD = 300;

    private RestartPolicy() {}

    /// A container that doesn't hold out for the policy's period has ended for good.
    static boolean restarts(LiveTask task, TaskContainer container, int exitCode, Instant now) {
        var policy = container.definition().restartPolicy();
        var startedAt = container.startedAt();
        if (policy == null || !Boolean.TRUE.equals(policy.enabled()) || !task.wanted() || startedAt == null) {
            return false;
        }
        var period = Duration.ofSeconds(Objects.requireNonNullElse(policy.restartAttemptPeriod(), USUAL_PERIOD));
        return !policy.ignoredExitCodes().contains(exitCode) && !now.isBefore(startedAt.plus(period));
    }
}
