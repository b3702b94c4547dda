package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.service.LiveService.Status;
import dev.hakoniwa.ecs.service.LiveService.Watch;
import dev.hakoniwa.ecs.task.LiveTask;
import dev.hakoniwa.ecs.task.TaskKey;
import dev.hakoniwa.ecs.task.Tasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// One look at a service: what has become of its tasks since the last one, and what that makes of its deployments.
final class Round {
    private final Foundation foundation;
    private final Tasks tasks;
    private final Instant now;
    private LiveService service;

    Round(Foundation foundation, Tasks tasks, LiveService service, Instant now) {
        this.foundation = foundation;
        this.tasks = tasks;
        this.service = service;
        this.now = now;
    }

    /// Takes note of tasks that came to run, joined their target groups or ended.
    LiveService account() {
        var watched = new HashMap<>(service.watched());
        var registered = new ArrayList<LiveTask>();
        var left = new ArrayList<LiveTask>();
        for (var entry : service.watched().entrySet()) {
            var watch = entry.getValue();
            var task =
                    tasks.find(new TaskKey(service.key().scope(), service.key().cluster(), entry.getKey()));
            if (task.isEmpty()) {
                watched.remove(entry.getKey());
                continue;
            }
            var ran = task.get().startedAt().isPresent();
            if (ran && !watch.ran()) {
                came(watch.deployment());
            }
            if (task.get().isRegistered() && !watch.registered()) {
                registered.add(task.get());
            }
            watched.put(
                    entry.getKey(),
                    new Watch(watch.deployment(), ran, task.get().isRegistered()));
            if (!task.get().wanted()) {
                watched.remove(entry.getKey());
                if (watch.registered()) {
                    left.add(task.get());
                }
                ended(watch, task.get());
            }
        }
        perTargetGroup(registered).forEach((arn, count) -> tell(ServiceTexts.registered(count, arn)));
        perTargetGroup(left).forEach((arn, count) -> tell(ServiceTexts.deregistered(count, arn)));
        service = service.watching(watched);
        return service;
    }

    /// A deployment that has got there is completed, one without tasks is dropped, and a service that wants nothing
    /// more is steady.
    LiveService settle(LiveService acted, List<TaskState> wanted) {
        service = acted;
        if (service.status() != Status.ACTIVE) {
            return service;
        }
        var primary = service.primary();
        service = service.deployments(service.deployments().stream()
                .filter(d -> d.id().equals(primary.id())
                        || wanted.stream().anyMatch(t -> t.deployment().equals(d.id())))
                .toList());
        var there = service.deployments().size() == 1
                && wanted.size() == service.desiredCount()
                && wanted.stream().allMatch(TaskState::healthy);
        if (there && !primary.isCompleted() && !primary.isBroken()) {
            service = service.replace(primary.completed(now));
            tell("(deployment %s) deployment completed.".formatted(primary.id()));
        }
        if (there && !service.steady()) {
            tell("has reached a steady state.");
        }
        service = service.steady(there);
        return service;
    }

    /// A task that runs ends what the circuit breaker and the throttle have counted.
    private void came(String deploymentId) {
        service = service.with(Throttle.NONE);
        service.deployment(deploymentId)
                .filter(d -> d.failed() > 0)
                .ifPresent(d -> service = service.replace(d.failed(0, now)));
    }

    private void ended(Watch watch, LiveTask task) {
        var cause = task.stopCause();
        if (cause.isEmpty()) {
            return;
        }
        var code = cause.get().code();
        var ran = task.startedAt().isPresent();
        if (!ran && (code == TaskStopCode.TASK_FAILED_TO_START || code == TaskStopCode.ESSENTIAL_CONTAINER_EXITED)) {
            service = service.with(service.throttle().failed(now));
            if (service.throttle().isPattern()) {
                tell("is unable to consistently start tasks successfully.");
            }
            failed(watch.deployment());
        } else if (ran && cause.get().reason().startsWith("Task failed ")) {
            failed(watch.deployment());
        }
    }

    /// Counts for the circuit breaker (ecs-services.md §4).
    private void failed(String deploymentId) {
        var deployment = service.deployment(deploymentId);
        if (deployment.isEmpty()) {
            return;
        }
        var counted = deployment.get().failed(deployment.get().failed() + 1, now);
        service = service.replace(counted);
        var breaker = service.document().deploymentConfiguration().deploymentCircuitBreaker();
        var primary = service.primary().id().equals(deploymentId);
        if (primary && breaker.enable() && !counted.isCompleted() && counted.failed() >= threshold()) {
            trip(counted, breaker.rollback());
        }
    }

    private int threshold() {
        return Math.clamp(Math.ceilDiv(service.desiredCount(), 2), 3, 200);
    }

    private void trip(LiveDeployment deployment, boolean rollback) {
        service = service.replace(deployment.broken(now));
        tell("(deployment %s) deployment failed: tasks failed to start.".formatted(deployment.id()));
        var back = Optional.of(rollback && !deployment.rollback())
                .filter(wish -> wish)
                .flatMap(_ -> service.lastCompleted());
        if (back.isPresent()) {
            var again = LiveDeployment.rolledBack(back.get().id(), back.get().revision(), now);
            tell("rolling back to deployment %s.".formatted(again.id()));
            var others = service.deployments().stream()
                    .filter(d -> !d.id().equals(again.id()))
                    .toList();
            service = service.deployments(others).begin(again).with(document -> Documents.of(document, again));
        }
    }

    private void tell(String text) {
        service = service.tell(foundation.ids().uuid(), now, "(service %s) %s".formatted(service.key(), text));
    }

    private static Map<String, Long> perTargetGroup(List<LiveTask> tasks) {
        var counts = new TreeMap<String, Long>();
        tasks.stream()
                .flatMap(task -> task.spec().targets().stream())
                .forEach(target -> counts.merge(target.targetGroupArn(), 1L, Long::sum));
        return counts;
    }
}
