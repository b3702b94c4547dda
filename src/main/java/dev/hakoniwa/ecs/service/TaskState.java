package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.task.LiveTask;
import dev.hakoniwa.ecs.task.Tasks;
import dev.hakoniwa.elb.Targets;
import dev.hakoniwa.elb.Targets.State;
import dev.hakoniwa.runtime.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Service;

/// How the service scheduler sees one of its tasks (ecs-services.md §3, §6).
///
/// @param ill why it is to be replaced; empty if it is not
record TaskState(LiveTask task, boolean healthy, Optional<Illness> ill) {
    /// ECS wants a task without any check to have run for 40 s before it counts as healthy; here that is shorter, as
    /// nobody waits 40 s at their desk for each rolling update.
    static final Duration SETTLING = Duration.ofSeconds(5);

    /// Why a task is unhealthy: the reason it is stopped with, and the event's words.
    record Illness(String stoppedReason, String event) {}

    String deployment() {
        return task.spec().origin().startedBy();
    }

    String id() {
        return task.key().id();
    }

    boolean running() {
        return task.isRunning();
    }

    static TaskState of(LiveTask task, Service service, Tasks tasks, Instant now) {
        var targets = tasks.targetHealth(task);
        return new TaskState(task, healthy(task, targets, now), ill(task, service, targets, now));
    }

    private static boolean healthy(LiveTask task, List<Targets.Health> targets, Instant now) {
        if (!task.isRunning()) {
            return false;
        }
        var checked = !task.hasHealthCheck() || task.health() == Health.HEALTHY;
        var balanced = targets.stream().allMatch(TaskState::takesTraffic);
        if (task.spec().targets().isEmpty()) {
            return task.hasHealthCheck() ? checked : settled(task, now);
        }
        return checked && task.isRegistered() && balanced;
    }

    /// A group whose health checks are off, or that no load balancer uses, has no opinion.
    private static boolean takesTraffic(Targets.Health health) {
        return switch (health.state()) {
            case HEALTHY, UNAVAILABLE, UNUSED -> true;
            case INITIAL, UNHEALTHY, DRAINING -> false;
        };
    }

    private static boolean settled(LiveTask task, Instant now) {
        return task.startedAt().filter(at -> !now.isBefore(at.plus(SETTLING))).isPresent();
    }

    private static Optional<Illness> ill(LiveTask task, Service service, List<Targets.Health> targets, Instant now) {
        if (!task.isRunning() || inGrace(task, service, now)) {
            return Optional.empty();
        }
        if (task.health() == Health.UNHEALTHY) {
            return Optional.of(new Illness(
                    "Task failed container health checks",
                    "(task %s) failed container health checks."
                            .formatted(task.key().id())));
        }
        for (var i = 0; i < targets.size(); i++) {
            if (targets.get(i).state() == State.UNHEALTHY) {
                return Optional.of(unhealthyTarget(task, i, targets.get(i)));
            }
        }
        return Optional.empty();
    }

    private static Illness unhealthyTarget(LiveTask task, int index, Targets.Health health) {
        var target = task.spec().targets().get(index);
        var arn = target.targetGroupArn();
        return new Illness(
                "Task failed ELB health checks in (target-group %s)".formatted(arn),
                "(task %s) (port %d) is unhealthy in (target-group %s) due to (reason %s)."
                        .formatted(task.key().id(), target.containerPort(), arn, health.detail()));
    }

    private static boolean inGrace(LiveTask task, Service service, Instant now) {
        var grace = Duration.ofSeconds(Objects.requireNonNullElse(service.healthCheckGracePeriodSeconds(), 0));
        return task.startedAt().filter(at -> now.isBefore(at.plus(grace))).isPresent();
    }
}
