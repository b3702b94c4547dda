package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.instance.InstanceChanged;
import dev.hakoniwa.ecs.service.LiveService.Status;
import dev.hakoniwa.ecs.task.Tasks;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskChanged;
import dev.hakoniwa.elb.TargetHealthChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Makes services so: compares what is wanted with what there is, and starts and stops tasks until they agree. It looks
/// at a service when something about it has changed, and now and then at one that isn't steady.
final class Reconciler {
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final Duration PLACEMENT_RETRY = Duration.ofSeconds(5);

    /// How long a change that nobody told of goes unseen while a service isn't steady.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Foundation foundation;
    private final ServiceTable services;
    private final Tasks tasks;
    private final Launcher launcher;
    private final Places places;
    private final Agenda agenda;

    Reconciler(Foundation foundation, ServiceTable services, Tasks tasks, Launcher launcher, Places places) {
        this.foundation = foundation;
        this.services = services;
        this.tasks = tasks;
        this.launcher = launcher;
        this.places = places;
        this.agenda = new Agenda(foundation, key -> services.find(key).ifPresent(this::look));
        foundation.events().on(TaskChanged.class, this::hear);
        foundation.events().on(TargetHealthChanged.class, this::hear);
        foundation.events().on(InstanceChanged.class, this::hear);
    }

    /// Looks at the service soon after the present step.
    void wake(ServiceKey key) {
        agenda.wake(key);
    }

    private void hear(TaskChanged changed) {
        ServiceKey.ofTask(changed.task(), changed.group())
                .ifPresent(key -> foundation.tables().write(() -> wake(key)));
    }

    private void hear(InstanceChanged changed) {
        foundation
                .tables()
                .write(() -> services.ofCluster(changed.scope(), changed.cluster(), "")
                        .forEach(service -> wake(service.key())));
    }

    private void hear(TargetHealthChanged changed) {
        foundation
                .tables()
                .write(() -> services.usersOf(changed.scope(), changed.targetGroupArn())
                        .forEach(this::wake));
    }

    private void look(LiveService service) {
        if (service.isInactive()) {
            return;
        }
        var key = service.key();
        var look = new Look(foundation, service);
        if (service.status() == Status.ACTIVE) {
            begin(look);
        }
        var live = tasks.liveOfGroup(key.scope(), key.cluster(), key.group());
        var wanted = wanted(look, live.stream().filter(LiveTask::wanted).toList());
        new Accounts(look, tasks).take(wanted);
        var placed = act(look, wanted);
        new Settlement(look).settle(wanted);
        finish(look, live);
        services.put(look.service());
        next(look, wanted, placed).forEach(at -> agenda.wakeAt(key, at));
    }

    private List<TaskState> wanted(Look look, List<LiveTask> tasksToRun) {
        var leaving = places.leaving(look.service(), tasksToRun);
        return tasksToRun.stream()
                .map(task -> TaskState.of(task, look.service(), tasks, look.now())
                        .leaving(leaving.contains(task.key().id())))
                .toList();
    }

    private void begin(Look look) {
        new Turnaround(look).heed();
        if (look.service().isDaemon()) {
            var count = places.eligible(look.service()).size();
            look.change(service -> service.with(document -> document.copy(d -> d.desiredCount(count))));
        }
    }

    /// Stops and starts what the plan says; false if not all could be placed.
    private boolean act(Look look, List<TaskState> wanted) {
        var plan = ServicePlan.of(
                look.service(), wanted, !look.service().throttle().holds(look.now()));
        var actions = new Actions(look, tasks, launcher);
        actions.stop(plan.stop());
        var placed = actions.start(plan.start(), wanted);
        if (plan.stuck()) {
            look.tellOnce("was unable to stop or start tasks during a deployment because of the service deployment "
                    + "configuration. Update the minimumHealthyPercent or maximumPercent value and try again.");
        }
        plan.kept()
                .forEach(deployment -> look.tellOnce(
                        "was unable to reach steady state because task set (%s) was unable to scale in. Reason: The number of "
                                        .formatted(deployment)
                                + "protected tasks are more than the desired count of tasks."));
        return placed;
    }

    /// When to look again even if nothing is heard of the service.
    private static Stream<Instant> next(Look look, List<TaskState> wanted, boolean placed) {
        var service = look.service();
        var now = look.now();
        if (service.isInactive()) {
            return Stream.empty();
        }
        var patience = service.steady() ? LiveService.TOLD_AGAIN : placed ? PATIENCE : PLACEMENT_RETRY;
        var changes = wanted.stream().flatMap(state -> state.next().stream());
        var throttled = Stream.of(service.throttle().until());
        return Stream.of(changes, throttled, Stream.of(now.plus(patience)))
                .flatMap(times -> times)
                .filter(time -> time.isAfter(now))
                .min(Instant::compareTo)
                .stream();
    }

    /// A service that is draining is over when its last task has stopped.
    private void finish(Look look, List<LiveTask> live) {
        if (look.service().status() != Status.DRAINING || !live.isEmpty()) {
            return;
        }
        look.change(service -> service.with(Status.INACTIVE));
        var gone = look.service();
        foundation
                .tables()
                .afterwards(() -> foundation
                        .timers()
                        .after(REMEMBERED, () -> foundation.tables().write(() -> forget(gone))));
    }

    /// Forgets the service unless another one has come in its place.
    private void forget(LiveService gone) {
        services.find(gone.key())
                .filter(LiveService::isInactive)
                .filter(service -> service.primary().id().equals(gone.primary().id()))
                .ifPresent(services::remove);
    }
}
