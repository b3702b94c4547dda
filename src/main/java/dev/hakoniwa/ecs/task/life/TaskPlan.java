package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.ecs.task.state.Infrastructure.State;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.LiveTask.Draining;
import dev.hakoniwa.ecs.task.state.Phase;
import dev.hakoniwa.ecs.task.state.StopCause;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.ecs.task.state.TaskStatus;
import dev.hakoniwa.runtime.Health;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;

/// Decides what a task needs next. Pure: all it knows is the task.
final class TaskPlan {
    private TaskPlan() {}

    /// One thing to be done with a task now.
    sealed interface Move {
        /// Make the network interface, the namespace and the volumes.
        record Prepare() implements Move {}

        record Pull(String container) implements Move {}

        record Start(String container) implements Move {}

        /// A container will never start: the reason is the container's.
        record Fail(String container, String reason) implements Move {}

        /// Every container runs or has run.
        record BecomeRunning() implements Move {}

        /// Something ended that the task can't do without.
        record BeginStop(StopCause cause) implements Move {}

        /// Take the task out of its target groups.
        record Deregister() implements Move {}

        /// Forget a container that never started.
        record Abandon(String container) implements Move {}

        record Stop(String container) implements Move {}

        /// Remove the containers, the namespace, the interface and the volumes.
        record Release() implements Move {}

        /// Only the status changes.
        record Advance(TaskStatus status) implements Move {}
    }

    /// The next thing to do; empty if the task waits for something.
    static Optional<Move> next(LiveTask task) {
        return (task.wanted() ? forward(task) : backward(task))
                .<Move>map(move -> move)
                .findFirst();
    }

    private static Stream<? extends Move> forward(LiveTask task) {
        var infrastructure = task.infrastructure().state();
        if (infrastructure == State.ABSENT) {
            return Stream.of(new Move.Prepare());
        }
        if (infrastructure == State.PREPARING) {
            return Stream.empty();
        }
        if (task.status() == TaskStatus.PROVISIONING) {
            return Stream.of(new Move.Advance(TaskStatus.PENDING));
        }
        var broken = broken(task);
        if (broken.isPresent()) {
            return broken.map(Move.BeginStop::new).stream();
        }
        var container = task.containers().stream().flatMap(c -> forward(task, c));
        return Stream.concat(container, running(task));
    }

    private static Stream<Move> forward(LiveTask task, TaskContainer container) {
        return switch (container.phase()) {
            case WAITING ->
                switch (gate(task, container)) {
                    case Gate.Open _ -> Stream.of(new Move.Pull(container.name()));
                    case Gate.Shut _ -> Stream.empty();
                    case Gate.Never never -> Stream.of(new Move.Fail(container.name(), never.reason()));
                };
            case PULLED -> Stream.of(new Move.Start(container.name()));
            case PULLING, STARTING, RUNNING, RESTARTING, STOPPING, STOPPED -> Stream.empty();
        };
    }

    private static Stream<Move> running(LiveTask task) {
        var all = task.containers().stream().allMatch(c -> c.phase().hasStarted());
        return all && task.status().compareTo(TaskStatus.RUNNING) < 0
                ? Stream.of(new Move.BecomeRunning())
                : Stream.empty();
    }

    /// Why the task can't go on: an essential container has ended, or failed to start. As with the ECS agent, a
    /// container that isn't essential may fail without the task.
    private static Optional<StopCause> broken(LiveTask task) {
        var failed = task.containers().stream()
                .filter(c -> c.essential() && c.stopped() && c.startedAt() == null)
                .findFirst();
        if (failed.isPresent()) {
            return Optional.of(StopCause.failedToStart(task, failed.get().reason()));
        }
        return task.containers().stream().anyMatch(c -> c.stopped() && c.essential())
                ? Optional.of(StopCause.essentialContainerExited())
                : Optional.empty();
    }

    private static Stream<? extends Move> backward(LiveTask task) {
        if (task.draining() == Draining.REGISTERED) {
            return Stream.of(new Move.Deregister());
        }
        if (task.draining() == Draining.DRAINING && !isInterrupted(task)) {
            return advance(task, TaskStatus.DEACTIVATING);
        }
        if (task.infrastructure().state() == State.PREPARING) {
            return Stream.empty();
        }
        if (!task.containers().stream().allMatch(TaskContainer::stopped)) {
            var container = task.containers().stream().flatMap(c -> backward(task, c));
            return Stream.concat(advance(task, TaskStatus.STOPPING), container);
        }
        return switch (task.infrastructure().state()) {
            case ABSENT, READY -> Stream.of(new Move.Release());
            case PREPARING, RELEASING -> advance(task, TaskStatus.DEPROVISIONING);
            case RELEASED -> advance(task, TaskStatus.STOPPED);
        };
    }

    /// What loses its capacity has no time to wait for its targets: they drain while its containers stop.
    private static boolean isInterrupted(LiveTask task) {
        return task.stopCause().filter(StopCause::isSpotInterruption).isPresent();
    }

    private static Stream<Move> backward(LiveTask task, TaskContainer container) {
        return switch (container.phase()) {
            case WAITING, PULLING, PULLED -> Stream.of(new Move.Abandon(container.name()));
            case RUNNING -> mayStop(task, container) ? Stream.of(new Move.Stop(container.name())) : Stream.empty();
            case STARTING, RESTARTING, STOPPING, STOPPED -> Stream.empty();
        };
    }

    private static Stream<Move> advance(LiveTask task, TaskStatus status) {
        return task.status().compareTo(status) < 0 ? Stream.of(new Move.Advance(status)) : Stream.empty();
    }

    /// A container is stopped once all that depend on it have stopped (ecs-tasks.md §4).
    private static boolean mayStop(LiveTask task, TaskContainer container) {
        return task.containers().stream()
                .filter(other -> Dependencies.of(task, other)
                        .anyMatch(d -> d.containerName().equals(container.name())))
                .allMatch(TaskContainer::stopped);
    }

    /// Whether a container's dependencies let it be created.
    private sealed interface Gate {
        record Open() implements Gate {}

        record Shut() implements Gate {}

        record Never(String reason) implements Gate {}
    }

    private static Gate gate(LiveTask task, TaskContainer container) {
        var gates = Dependencies.of(task, container)
                .map(dependency -> gate(task, dependency))
                .toList();
        return gates.stream()
                .filter(Gate.Never.class::isInstance)
                .findFirst()
                .or(() -> gates.stream().filter(Gate.Shut.class::isInstance).findFirst())
                .orElse(new Gate.Open());
    }

    private static Gate gate(LiveTask task, ContainerDependency dependency) {
        var other = task.container(dependency.containerName());
        if (other.isEmpty()) {
            return new Gate.Never("TaskDependencyError: no container " + dependency.containerName());
        }
        var container = other.get();
        var exitCode = container.exitCode();
        return switch (dependency.condition()) {
            case START -> gate(container.phase().hasStarted());
            case COMPLETE ->
                container.stopped() && exitCode == null ? never(dependency, "failed to start") : gate(exitCode != null);
            case SUCCESS ->
                container.stopped() && (exitCode == null || exitCode != 0)
                        ? never(dependency, "did not exit successfully")
                        : gate(exitCode != null);
            case HEALTHY ->
                container.stopped()
                        ? never(dependency, "stopped before it became healthy")
                        : gate(container.health() == Health.HEALTHY);
            case UNKNOWN_TO_SDK_VERSION -> never(dependency, "has an unknown condition");
        };
    }

    /// The containers whose gate another one still holds shut, by a condition that its start alone doesn't meet.
    static List<String> waitingFor(LiveTask task, String name) {
        return task.containers().stream()
                .filter(c -> c.phase() == Phase.WAITING)
                .filter(c -> Dependencies.of(task, c)
                        .filter(d -> d.containerName().equals(name) && d.condition() != ContainerCondition.START)
                        .anyMatch(d -> gate(task, d) instanceof Gate.Shut))
                .map(TaskContainer::name)
                .toList();
    }

    private static Gate gate(boolean open) {
        return open ? new Gate.Open() : new Gate.Shut();
    }

    private static Gate never(ContainerDependency dependency, String why) {
        return new Gate.Never(
                "TaskDependencyError: dependency container %s %s".formatted(dependency.containerName(), why));
    }
}
