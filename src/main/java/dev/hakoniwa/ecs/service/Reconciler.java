package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.service.LiveService.Status;
import dev.hakoniwa.ecs.task.LiveTask;
import dev.hakoniwa.ecs.task.StopCause;
import dev.hakoniwa.ecs.task.TaskChanged;
import dev.hakoniwa.ecs.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Makes services so: compares what is wanted with what there is, and starts and stops tasks until they agree. It looks
/// at a service when something about it has changed, and at those behind load balancers now and then as well.
final class Reconciler {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final Duration PLACEMENT_RETRY = Duration.ofSeconds(5);

    private final Foundation foundation;
    private final ServiceTable services;
    private final Tasks tasks;
    private final Launcher launcher;
    private final Set<ServiceKey> awake = new HashSet<>();

    Reconciler(Foundation foundation, ServiceTable services, Tasks tasks, Launcher launcher) {
        this.foundation = foundation;
        this.services = services;
        this.tasks = tasks;
        this.launcher = launcher;
        foundation.events().on(TaskChanged.class, this::hear);
    }

    /// Looks at the service soon after the present step; many wishes are one look.
    void wake(ServiceKey key) {
        if (awake.add(key)) {
            foundation
                    .tables()
                    .afterwards(() -> foundation.tables().write(() -> {
                        awake.remove(key);
                        services.find(key).ifPresent(this::look);
                    }));
        }
    }

    void wakeAt(ServiceKey key, Duration delay) {
        foundation
                .tables()
                .afterwards(() -> foundation
                        .timers()
                        .after(delay, () -> foundation.tables().write(() -> wake(key))));
    }

    private void hear(TaskChanged changed) {
        if (changed.group().startsWith("service:")) {
            var name = changed.group().substring("service:".length());
            var key = new ServiceKey(changed.task().scope(), changed.task().cluster(), name);
            foundation.tables().write(() -> wake(key));
        }
    }

    private void look(LiveService service) {
        if (service.isInactive()) {
            return;
        }
        var now = foundation.clock().instant();
        var live = tasks.liveOfGroup(
                service.key().scope(), service.key().cluster(), service.key().group());
        var round = new Round(foundation, tasks, service, now);
        var looked = round.account();
        var wanted = live.stream()
                .filter(LiveTask::wanted)
                .map(task -> TaskState.of(task, looked.document(), tasks, now))
                .toList();
        var acted = act(looked, wanted, now);
        var settled = round.settle(acted, wanted);
        services.put(finish(settled, live));
        wanted.stream()
                .filter(state -> state.running() && !state.healthy())
                .findAny()
                .ifPresent(_ -> wakeAt(service.key(), TaskState.SETTLING));
    }

    /// Stops and starts what the plan says.
    private LiveService act(LiveService service, List<TaskState> wanted, Instant now) {
        var held = service.throttle().holds(now);
        var plan = ServicePlan.of(service, wanted, !held);
        if (held) {
            wakeAt(service.key(), Duration.between(now, service.throttle().until()));
        }
        var next = stop(service, plan.stop(), now);
        next = start(next, plan.start(), now);
        if (plan.stuck()) {
            next = tell(
                    next,
                    now,
                    "was unable to stop or start tasks during a deployment because of the service deployment "
                            + "configuration. Update the minimumHealthyPercent or maximumPercent value and try again.");
        }
        return next;
    }

    private LiveService stop(LiveService service, List<TaskState> states, Instant now) {
        if (states.isEmpty()) {
            return service;
        }
        var next = service;
        for (var state : states) {
            if (state.ill().isPresent()) {
                next = tell(next, now, state.ill().get().event());
            }
        }
        next = tellStopped(next, states, now);
        for (var state : states) {
            var reason = state.ill()
                    .map(TaskState.Illness::stoppedReason)
                    .orElse("Scaling activity initiated by (deployment %s)".formatted(state.deployment()));
            tasks.stop(state.task().key(), StopCause.byScheduler(reason));
        }
        return next;
    }

    private LiveService tellStopped(LiveService service, List<TaskState> states, Instant now) {
        var next = service;
        var running =
                states.stream().filter(TaskState::running).map(TaskState::task).toList();
        var pending =
                states.stream().filter(s -> !s.running()).map(TaskState::task).toList();
        if (!running.isEmpty()) {
            next = tell(next, now, ServiceTexts.stopped(running, true));
        }
        if (!pending.isEmpty()) {
            next = tell(next, now, ServiceTexts.stopped(pending, false));
        }
        var draining = states.stream()
                .filter(s -> s.task().isRegistered())
                .collect(Collectors.groupingBy(TaskState::deployment, TreeMap::new, Collectors.counting()));
        for (var entry : draining.entrySet()) {
            var text = "(service %s, taskSet %s) has begun draining connections on %d tasks."
                    .formatted(service.key(), entry.getKey(), entry.getValue());
            next = next.tell(foundation.ids().uuid(), now, text);
        }
        return next;
    }

    private LiveService start(LiveService service, int count, Instant now) {
        if (count == 0) {
            return service;
        }
        var launched = launcher.launch(service, count);
        var next = launched.service();
        if (!launched.tasks().isEmpty()) {
            LOG.infof(
                    "service %s starts %d tasks",
                    service.key(), launched.tasks().size());
            next = tell(next, now, ServiceTexts.started(launched.tasks()));
        }
        if (launched.failure().isPresent()) {
            wakeAt(service.key(), PLACEMENT_RETRY);
            next = tell(next, now, ServiceTexts.unplaced(launched.failure().get()));
        }
        return next;
    }

    /// A service that is draining is over when its last task has stopped.
    private LiveService finish(LiveService service, List<LiveTask> live) {
        if (service.status() != Status.DRAINING || !live.isEmpty()) {
            return service;
        }
        var key = service.key();
        foundation
                .tables()
                .afterwards(() -> foundation
                        .timers()
                        .after(REMEMBERED, () -> foundation.tables().write(() -> forget(key))));
        return service.with(Status.INACTIVE);
    }

    private void forget(ServiceKey key) {
        services.find(key).filter(LiveService::isInactive).ifPresent(services::remove);
    }

    private LiveService tell(LiveService service, Instant now, String text) {
        return service.tell(foundation.ids().uuid(), now, "(service %s) %s".formatted(service.key(), text));
    }
}
