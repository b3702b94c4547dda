package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.service.LiveService.Status;
import java.time.Instant;
import java.util.List;

/// Says of a deployment that has got there that it is completed, drops one that has no tasks left, and says of a
/// service that wants nothing more that it is steady.
final class Settlement {
    private final Look look;

    Settlement(Look look) {
        this.look = look;
    }

    /// @param wanted the service's tasks that were to run when the look began
    void settle(List<TaskState> wanted) {
        if (look.service().status() != Status.ACTIVE) {
            return;
        }
        dropEmpty(wanted);
        var primary = look.service().primary();
        var there = isThere(wanted);
        if (there && !primary.isCompleted() && !primary.isBroken()) {
            look.change(service -> service.replace(primary.completed(look.now()))
                    .deployments(all -> all.rollout(rollout -> rollout.reached(look.now()))));
            look.tell("(deployment %s) deployment completed.".formatted(primary.id()));
        }
        if (there && (!look.service().steady() || isLongAgo())) {
            look.tell(ServiceTexts.STEADY);
        }
        look.change(service -> service.steady(there));
    }

    private void dropEmpty(List<TaskState> wanted) {
        var primary = look.service().primary().id();
        var left = look.service().deployments().live().stream()
                .filter(d -> d.id().equals(primary)
                        || wanted.stream().anyMatch(t -> t.deployment().equals(d.id())))
                .toList();
        look.change(service -> service.deployments(all -> all.keepAlive(left)));
    }

    private boolean isThere(List<TaskState> wanted) {
        return look.service().deployments().live().size() == 1
                && wanted.size() == look.service().desiredCount()
                && wanted.stream().allMatch(task -> task.healthy() && !task.leaving());
    }

    private boolean isLongAgo() {
        return look.service().steadyTold().filter(this::isRecent).isEmpty();
    }

    private boolean isRecent(Instant told) {
        return told.isAfter(look.now().minus(LiveService.TOLD_AGAIN));
    }
}
