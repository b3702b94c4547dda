package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.LiveTask.Draining;
import dev.hakoniwa.ecs.task.state.NetworkBindings;
import dev.hakoniwa.ecs.task.state.TargetHealth;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.ecs.task.state.TaskKey;
import dev.hakoniwa.ecs.task.state.TaskSpec.TaskTarget;
import dev.hakoniwa.elb.Targets;
import dev.hakoniwa.elb.Targets.State;
import dev.hakoniwa.elb.Targets.Target;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;

/// Puts running tasks into their target groups, and takes them out before they stop.
public final class TaskTargets {
    /// How often a draining target is looked at. The first look comes this much later too, so that the data plane has
    /// heard of the change and what it had begun counts.
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Foundation foundation;
    private final Targets targets;

    public TaskTargets(Foundation foundation, Targets targets) {
        this.foundation = foundation;
        this.targets = targets;
    }

    /// A target in a target group.
    record Membership(TaskTarget of, Target target) {
        String targetGroupArn() {
            return of.targetGroupArn();
        }
    }

    /// What the task registers where; nothing before its addresses are known.
    List<Membership> memberships(LiveTask task) {
        return task.spec().targets().stream()
                .flatMap(target -> target(task, target).stream().map(t -> new Membership(target, t)))
                .toList();
    }

    /// How the targets are that the task has registered.
    List<TargetHealth> health(LiveTask task) {
        if (!task.isRegistered()) {
            return List.of();
        }
        return memberships(task).stream()
                .map(m -> new TargetHealth(m.of(), targets.health(task.key().scope(), m.targetGroupArn(), m.target())))
                .toList();
    }

    LiveTask register(LiveTask task) {
        var memberships = memberships(task);
        memberships.forEach(m -> targets.register(task.key().scope(), m.targetGroupArn(), m.target()));
        return memberships.isEmpty() ? task : task.with(Draining.REGISTERED);
    }

    /// Registers a task whose ports have changed where it is now.
    void move(LiveTask before, LiveTask after) {
        if (!before.isRegistered()) {
            return;
        }
        var old = memberships(before);
        var now = memberships(after);
        var scope = before.key().scope();
        old.stream()
                .filter(m -> !now.contains(m))
                .forEach(m -> targets.deregister(scope, m.targetGroupArn(), m.target()));
        now.stream()
                .filter(m -> !old.contains(m))
                .forEach(m -> targets.register(scope, m.targetGroupArn(), m.target()));
    }

    /// Deregisters the task. One that can't answer any more isn't waited for.
    LiveTask deregister(LiveTask task) {
        memberships(task).forEach(m -> targets.deregister(task.key().scope(), m.targetGroupArn(), m.target()));
        var alive = task.containers().stream().anyMatch(c -> c.essential() && !c.stopped());
        return task.with(alive ? Draining.DRAINING : Draining.DRAINED);
    }

    /// Runs `then`, in a step, once nothing is under way on the task's targets any more. ECS waits for the whole
    /// deregistration delay; here a target on which nothing happens is done.
    void whenDrained(TaskKey key, TaskTable tasks, Runnable then) {
        foundation
                .timers()
                .after(
                        LOOK,
                        () -> foundation.tables().write(() -> {
                            var draining = tasks.find(key).filter(t -> t.draining() == Draining.DRAINING);
                            if (draining.isEmpty()) {
                                return;
                            }
                            if (memberships(draining.get()).stream().allMatch(m -> drained(key.scope(), m))) {
                                then.run();
                            } else {
                                whenDrained(key, tasks, then);
                            }
                        }));
    }

    private Optional<Target> target(LiveTask task, TaskTarget target) {
        var address = task.address();
        if (address.isPresent()) {
            return Optional.of(new Target(address.get(), target.containerPort()));
        }
        var placed = task.spec().compute().placed();
        if (placed == null) {
            return Optional.empty();
        }
        return task.container(target.containerName())
                .flatMap(c -> hostPort(task, c, target.containerPort()))
                .map(port -> new Target(placed.ec2InstanceId(), port));
    }

    private static Optional<Integer> hostPort(LiveTask task, TaskContainer container, int containerPort) {
        return NetworkBindings.of(task, container).stream()
                .filter(binding -> Objects.equals(binding.containerPort(), containerPort))
                .map(NetworkBinding::hostPort)
                .findFirst();
    }

    private boolean drained(Scope scope, Membership m) {
        var health = targets.health(scope, m.targetGroupArn(), m.target());
        return health.state() != State.DRAINING || health.idle();
    }
}
