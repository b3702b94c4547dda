package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.service.LiveService.Status;
import dev.hakoniwa.ecs.task.Tasks;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.StopCause;
import dev.hakoniwa.ecs.task.state.TargetHealth;
import dev.hakoniwa.ecs.task.state.TaskSpec.TaskTarget;
import dev.hakoniwa.elb.Targets;
import dev.hakoniwa.elb.Targets.State;
import dev.hakoniwa.runtime.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// How the service scheduler sees one of its tasks (ecs-services.md §3, §6).
///
/// @param ill why it is to be replaced; empty if it is not
/// @param kept whether it is protected from being scaled in or replaced, unless it is ill
/// @param next when it is to be seen in another way if nothing happens to it
/// @param leaving whether it can't stay on its container instance
record TaskState(
        LiveTask task, boolean healthy, Optional<Illness> ill, boolean kept, Optional<Instant> next, boolean leaving) {
    /// ECS wants a task without any check to have run for 40 s before it counts as healthy; here that is shorter, as
    /// nobody waits 40 s at their desk for each rolling update.
    static final Duration SETTLING = Duration.ofSeconds(5);

    private static final String FAILED_CHECK = "Task failed ";

    /// Why a task is unhealthy: the reason it is stopped with, and the event's words.
    record Illness(String stoppedReason, String event) {}

    TaskState leaving(boolean leaves) {
        return new TaskState(task, healthy, ill, kept, next, leaves);
    }

    String deployment() {
        return task.spec().origin().startedBy();
    }

    String id() {
        return task.key().id();
    }

    boolean running() {
        return task.isRunning();
    }

    /// Whether a new deployment works, as far as this task tells: it is healthy, or runs where nothing checks it.
    boolean proves() {
        return healthy || (isUnchecked(task) && running());
    }

    /// Whether a task was stopped for what a check found.
    static boolean isFailedCheck(StopCause cause) {
        return cause.code() == TaskStopCode.SERVICE_SCHEDULER_INITIATED
                && cause.reason().startsWith(FAILED_CHECK);
    }

    /// A service that is deleted takes its protected tasks along.
    static TaskState of(LiveTask task, LiveService service, Tasks tasks, Instant now) {
        var targets = tasks.targetHealth(task);
        var healthy = healthy(task, targets, now);
        var illness = illness(task, targets);
        var graceEnds = illness.flatMap(_ -> graceEnd(task, service.document())).filter(end -> end.isAfter(now));
        var ill = graceEnds.isPresent() ? Optional.<Illness>empty() : illness;
        var kept = service.status() == Status.ACTIVE ? task.protectedUntil(now) : Optional.<Instant>empty();
        var settles = healthy || graceEnds.isPresent() ? Optional.<Instant>empty() : settles(task);
        var next = Stream.of(graceEnds, kept, settles).flatMap(Optional::stream).min(Instant::compareTo);
        return new TaskState(task, healthy, ill, kept.isPresent() && ill.isEmpty(), next, false);
    }

    private static boolean healthy(LiveTask task, List<TargetHealth> targets, Instant now) {
        if (!task.isRunning()) {
            return false;
        }
        if (isUnchecked(task)) {
            return settles(task).filter(at -> !now.isBefore(at)).isPresent();
        }
        var checked = !task.hasHealthCheck() || task.health() == Health.HEALTHY;
        var balanced = task.isRegistered() || task.spec().targets().isEmpty();
        return checked && balanced && targets.stream().allMatch(t -> takesTraffic(t.health()));
    }

    private static boolean isUnchecked(LiveTask task) {
        return task.spec().targets().isEmpty() && !task.hasHealthCheck();
    }

    /// A group whose health checks are off, or that no load balancer uses, has no opinion.
    private static boolean takesTraffic(Targets.Health health) {
        return switch (health.state()) {
            case HEALTHY, UNAVAILABLE -> true;
            case UNUSED -> !isMissing(health);
            case INITIAL, UNHEALTHY, DRAINING -> false;
        };
    }

    private static boolean isMissing(Targets.Health health) {
        return health.detail().equals(Targets.NOT_REGISTERED);
    }

    /// When a task that nothing checks counts as healthy.
    private static Optional<Instant> settles(LiveTask task) {
        return isUnchecked(task) ? task.startedAt().map(at -> at.plus(SETTLING)) : Optional.empty();
    }

    private static Optional<Illness> illness(LiveTask task, List<TargetHealth> targets) {
        if (!task.isRunning()) {
            return Optional.empty();
        }
        if (task.health() == Health.UNHEALTHY) {
            return Optional.of(new Illness(
                    FAILED_CHECK + "container health checks",
                    "(task %s) failed container health checks."
                            .formatted(task.key().id())));
        }
        return targets.stream()
                .flatMap(t -> illness(task, t.target(), t.health()).stream())
                .findFirst();
    }

    private static Optional<Illness> illness(LiveTask task, TaskTarget target, Targets.Health health) {
        var arn = target.targetGroupArn();
        var id = task.key().id();
        var reason = FAILED_CHECK + "ELB health checks in (target-group %s)".formatted(arn);
        if (health.state() == State.UNHEALTHY) {
            return Optional.of(new Illness(
                    reason,
                    "(task %s) (port %d) is unhealthy in (target-group %s) due to (reason %s)."
                            .formatted(id, target.containerPort(), arn, health.detail())));
        }
        if (isMissing(health)) {
            var taskSet = task.spec().origin().startedBy();
            return Optional.of(new Illness(
                    reason,
                    "task set (%s) (task %s) is not healthy in target-group (%s) due to TARGET IS NOT FOUND."
                            .formatted(taskSet, id, arn)));
        }
        return Optional.empty();
    }

    private static Optional<Instant> graceEnd(LiveTask task, Service service) {
        var grace = Duration.ofSeconds(Objects.requireNonNullElse(service.healthCheckGracePeriodSeconds(), 0));
        return task.startedAt().map(at -> at.plus(grace));
    }
}
