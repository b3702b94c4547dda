package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.task.engine.TaskJobs;
import dev.hakoniwa.ecs.task.life.TaskPlan.Move;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.LiveTask.Draining;
import dev.hakoniwa.ecs.task.state.Milestone;
import dev.hakoniwa.ecs.task.state.Phase;
import dev.hakoniwa.ecs.task.state.StopCause;
import dev.hakoniwa.ecs.task.state.TargetHealth;
import dev.hakoniwa.ecs.task.state.TaskChanged;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.ecs.task.state.TaskKey;
import dev.hakoniwa.ecs.task.state.TaskStatus;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.vpc.Networking;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Moves tasks on: does what [TaskPlan] says, inside steps of the writer.
public final class TaskDriver {
    private static final Logger LOG = Logger.getLogger(TaskDriver.class);

    /// ECS answers for a stopped task for about an hour, then forgets it (ecs-tasks.md §2.3).
    private static final Duration STOPPED_LIFE = Duration.ofHours(1);

    private static final int MOST_STOPPED = 5_000;

    private final Foundation foundation;
    private final TaskTable tasks;
    private final Surroundings surroundings;
    private final InfrastructureWork infrastructure;
    private final ContainerWork containers;
    private final Retention<TaskKey> stopped;

    public TaskDriver(Foundation foundation, TaskTable tasks, TaskJobs jobs, TaskWork work, Surroundings surroundings) {
        this.foundation = foundation;
        this.tasks = tasks;
        this.surroundings = surroundings;
        infrastructure = new InfrastructureWork(foundation, this, jobs, work, surroundings.networking());
        containers = new ContainerWork(foundation, this, jobs, work);
        stopped = new Retention<>(
                foundation, STOPPED_LIFE, MOST_STOPPED, key -> tasks.find(key).ifPresent(tasks::remove));
    }

    /// What a task takes part in while it lives, and must let go of.
    public record Surroundings(Networking networking, TaskTargets targets) {}

    /// Brings a new task on its way.
    public void launch(LiveTask task) {
        change(task);
        drive(task.key());
    }

    /// Wants a task stopped; one that is stopping keeps its first cause.
    public void stop(TaskKey key, StopCause cause) {
        tasks.find(key).filter(LiveTask::wanted).ifPresent(task -> {
            beginStop(task, cause);
            drive(key);
        });
    }

    Optional<LiveTask> find(TaskKey key) {
        return tasks.find(key);
    }

    /// Remembers whose container this is.
    void own(TaskKey key, ContainerId container) {
        tasks.own(key, container);
    }

    public List<TargetHealth> targetHealth(LiveTask task) {
        return surroundings.targets().health(task);
    }

    /// Does whatever the task needs now, until it waits for something.
    void drive(TaskKey key) {
        for (var task = tasks.find(key); task.isPresent(); task = tasks.find(key)) {
            var move = TaskPlan.next(task.get());
            if (move.isEmpty()) {
                return;
            }
            perform(task.get(), move.get());
        }
    }

    /// Puts a changed task in its place, and tells of it if others can see the difference.
    public LiveTask change(LiveTask task) {
        var key = task.key();
        var before = tasks.find(key);
        if (before.isEmpty() || showsChange(before.get(), task)) {
            var group = task.spec().origin().group();
            foundation.tables().afterwards(() -> foundation.events().tell(new TaskChanged(key, group)));
        }
        return tasks.put(task);
    }

    /// The engine tells that a container has ended.
    void exited(LiveTask task, TaskContainer container, End end) {
        containers.heard(task, container, end);
    }

    /// The engine tells that a container is gone.
    void removed(LiveTask task, TaskContainer container) {
        containers.ended(task, container, End.KILLED);
    }

    /// Puts a changed task in its place whose ports may be others than before.
    void moved(LiveTask before, LiveTask after) {
        surroundings.targets().move(before, after);
        change(after);
    }

    /// Nothing is left of a task on the engine.
    void released(LiveTask task) {
        change(task);
        drive(task.key());
    }

    private static boolean showsChange(LiveTask before, LiveTask after) {
        return before.progress().version() != after.progress().version()
                || before.draining() != after.draining()
                || before.health() != after.health()
                || !Objects.equals(
                        before.progress().protectedUntil(), after.progress().protectedUntil())
                || !before.address().equals(after.address());
    }

    private void perform(LiveTask task, Move move) {
        switch (move) {
            case Move.Prepare _ -> infrastructure.prepare(task);
            case Move.Pull pull -> containers.pull(task, pull.container());
            case Move.Start start -> containers.start(task, start.container());
            case Move.Fail fail -> change(task.with(fail.container(), c -> c.failed(fail.reason())));
            case Move.BecomeRunning _ -> becomeRunning(task);
            case Move.BeginStop begin -> beginStop(task, begin.cause());
            case Move.Deregister _ -> deregister(task);
            case Move.Abandon abandon -> change(task.with(abandon.container(), c -> c.to(Phase.STOPPED)));
            case Move.Stop stop -> containers.stop(task, stop.container());
            case Move.Release _ -> release(task);
            case Move.Advance advance -> advance(task, advance.status());
        }
    }

    private void becomeRunning(LiveTask task) {
        var now = foundation.clock().instant();
        var running = task.with(task.progress().to(TaskStatus.RUNNING).reached(Milestone.STARTED, now));
        LOG.infof("task %s is running", task.key());
        change(surroundings.targets().register(running));
    }

    private void beginStop(LiveTask task, StopCause cause) {
        LOG.infof("task %s stops: %s", task.key(), cause.reason());
        change(task.with(task.progress().stop(cause, foundation.clock().instant())));
    }

    private void deregister(LiveTask task) {
        var draining = change(surroundings.targets().deregister(task));
        if (draining.draining() == Draining.DRAINING) {
            surroundings
                    .targets()
                    .whenDrained(
                            task.key(),
                            tasks,
                            () -> tasks.find(task.key()).ifPresent(t -> {
                                change(t.with(Draining.DRAINED));
                                drive(t.key());
                            }));
        }
    }

    private void release(LiveTask task) {
        var ended = task.progress()
                .reached(Milestone.EXECUTION_STOPPED, foundation.clock().instant());
        infrastructure.release(task.startedAt().isPresent() ? task.with(ended) : task);
    }

    private void advance(LiveTask task, TaskStatus status) {
        var next = task.progress().to(status);
        if (status != TaskStatus.STOPPED) {
            change(task.with(next));
            return;
        }
        change(task.with(next.reached(Milestone.STOPPED, foundation.clock().instant())));
        stopped.keep(task.key());
    }
}
