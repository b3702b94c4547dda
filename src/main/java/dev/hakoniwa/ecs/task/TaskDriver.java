package dev.hakoniwa.ecs.task;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.task.Infrastructure.State;
import dev.hakoniwa.ecs.task.LiveTask.Draining;
import dev.hakoniwa.ecs.task.TaskPlan.Move;
import dev.hakoniwa.ecs.task.TaskWork.Job;
import dev.hakoniwa.elb.Targets;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.vpc.Networking;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/// Moves tasks on: does what [TaskPlan] says, inside steps of the writer, and hands to [TaskJobs] what blocks.
final class TaskDriver {
    private static final Logger LOG = Logger.getLogger(TaskDriver.class);

    /// The exit code of a container that was killed, or of which nothing else is known.
    private static final int KILLED = 137;

    private final Foundation foundation;
    private final TaskTable tasks;
    private final TaskJobs jobs;
    private final Surroundings surroundings;
    private final TaskWork work;
    private final Retention retention;

    TaskDriver(Foundation foundation, TaskTable tasks, TaskJobs jobs, Surroundings surroundings) {
        this.foundation = foundation;
        this.tasks = tasks;
        this.jobs = jobs;
        this.surroundings = surroundings;
        this.work = new TaskWork(foundation, tasks);
        this.retention = new Retention(foundation, tasks);
    }

    /// What a task takes part in while it lives, and must let go of.
    record Surroundings(Networking networking, TaskTargets targets, HostPorts hostPorts) {}

    /// Brings a new task on its way.
    void launch(LiveTask task) {
        change(task);
        drive(task.key());
    }

    /// Wants a task stopped; one that is stopping keeps its first cause.
    void stop(TaskKey key, StopCause cause) {
        var task = tasks.find(key).orElseThrow();
        if (task.wanted()) {
            change(task.with(task.progress().stop(cause, foundation.clock().instant())));
            drive(key);
        }
    }

    List<Targets.Health> targetHealth(LiveTask task) {
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

    /// Puts a changed task in its place and tells of it.
    LiveTask change(LiveTask task) {
        var key = task.key();
        var group = task.spec().origin().group();
        foundation.tables().afterwards(() -> foundation.events().tell(new TaskChanged(key, group)));
        return tasks.put(task);
    }

    /// A container that ran has ended.
    void exited(LiveTask task, TaskContainer container, int exitCode, boolean outOfMemory) {
        if (container.stopped()) {
            return;
        }
        LOG.infof("task %s: container %s exited with code %d", task.key(), container.name(), exitCode);
        var now = foundation.clock().instant();
        var next = task.with(container.name(), c -> c.exited(exitCode, outOfMemory));
        if (container.essential()) {
            next = next.with(next.progress().reached(Milestone.EXECUTION_STOPPED, now));
        }
        change(next);
        drive(task.key());
    }

    private void perform(LiveTask task, Move move) {
        switch (move) {
            case Move.Prepare _ -> prepare(task);
            case Move.Pull pull -> pull(task, pull.container());
            case Move.Start start -> start(task, start.container());
            case Move.Fail fail -> change(task.with(fail.container(), c -> c.failed(fail.reason())));
            case Move.BecomeRunning _ -> becomeRunning(task);
            case Move.BeginStop begin -> beginStop(task, begin.cause());
            case Move.Deregister _ -> deregister(task);
            case Move.Abandon abandon -> change(task.with(abandon.container(), c -> c.to(Phase.STOPPED)));
            case Move.Stop stop -> stopContainer(task, stop.container());
            case Move.Release _ -> release(task);
            case Move.Advance advance -> advance(task, advance.status());
        }
    }

    private void prepare(LiveTask task) {
        change(task.with(task.infrastructure().to(State.PREPARING)));
        work.begin(new Job<>(
                "prepare",
                task.key(),
                t -> t.infrastructure().state() == State.PREPARING,
                () -> {
                    jobs.network(task);
                    return jobs.volumes(task);
                },
                this::prepared,
                this::prepareFailed));
    }

    private void prepared(LiveTask task, List<String> volumes) {
        var next = task.with(task.infrastructure().with(volumes));
        var network = task.spec().network();
        if (network == null || !task.wanted()) {
            ready(next);
            return;
        }
        var made = surroundings
                .networking()
                .createInterface(
                        task.key().scope(),
                        new Networking.InterfaceRequest(
                                network.subnetId(),
                                network.securityGroups(),
                                task.infrastructure().attachmentId(),
                                network.assignPublicIp()));
        var attached = change(next.with(next.infrastructure().with(made)));
        work.begin(new Job<>(
                "network",
                task.key(),
                t -> t.infrastructure().state() == State.PREPARING,
                () -> jobs.pause(attached),
                this::joined,
                this::prepareFailed));
    }

    private void joined(LiveTask task, ContainerId pause) {
        tasks.own(task.key(), pause);
        ready(task.with(task.infrastructure().with(pause)));
    }

    private void ready(LiveTask task) {
        var now = foundation.clock().instant();
        var next = task.with(task.infrastructure().to(State.READY));
        change(next.with(next.progress().reached(Milestone.CONNECTED, now)));
        drive(task.key());
    }

    private void prepareFailed(LiveTask task, EngineException failure) {
        var text = failure.text().contains("Error: ")
                ? failure.text()
                : "ResourceInitializationError: failed to configure the task's network or volumes: " + failure.text();
        LOG.warnf("task %s failed to start: %s", task.key(), text);
        var now = foundation.clock().instant();
        var next = task.with(task.infrastructure().to(State.READY));
        change(next.with(next.progress().stop(StopCause.failedToStart(text), now)));
        drive(task.key());
    }

    private void pull(LiveTask task, String name) {
        var now = foundation.clock().instant();
        var next = task.with(name, c -> c.to(Phase.PULLING));
        var pulling = change(next.with(next.progress().reached(Milestone.PULL_STARTED, now)));
        work.begin(new Job<>(
                "pull",
                task.key(),
                in(name, Phase.PULLING),
                () -> jobs.pull(pulling, container(pulling, name).definition()),
                (t, image) -> {
                    if (container(t, name).phase() == Phase.PULLING) {
                        var end = t.progress()
                                .reachedAgain(
                                        Milestone.PULL_STOPPED,
                                        foundation.clock().instant());
                        change(t.with(name, c -> c.pulled(image)).with(end));
                        drive(t.key());
                    }
                },
                (t, failure) -> failedToStart(t, name, failure)));
    }

    private void start(LiveTask task, String name) {
        var starting = change(task.with(name, c -> c.to(Phase.STARTING)));
        work.begin(new Job<>(
                "create",
                task.key(),
                in(name, Phase.STARTING),
                () -> jobs.create(starting, container(starting, name)),
                (t, id) -> created(t, name, id),
                (t, failure) -> failedToStart(t, name, failure)));
    }

    private void created(LiveTask task, String name, ContainerId id) {
        tasks.own(task.key(), id);
        var created = change(task.with(name, c -> c.created(id)));
        work.begin(new Job<>(
                "start",
                task.key(),
                in(name, Phase.STARTING),
                () -> jobs.start(created, container(created, name), id),
                (t, state) -> started(t, name, state),
                (t, failure) -> failedToStart(t, name, failure)));
    }

    private void started(LiveTask task, String name, ContainerState state) {
        var now = foundation.clock().instant();
        var running = change(task.with(name, c -> c.running(state, now)));
        watchStartTimeout(running, name);
        drive(task.key());
        recheck(task.key(), name);
    }

    /// The engine's word that a container has ended may have come before its start was reported; one more look tells.
    private void recheck(TaskKey key, String name) {
        tasks.find(key)
                .filter(t -> container(t, name).phase() == Phase.RUNNING)
                .ifPresent(t -> work.begin(new Job<>(
                        "look at",
                        key,
                        in(name, Phase.RUNNING),
                        () -> jobs.look(container(t, name)),
                        (now, state) -> seen(now, name, state),
                        (now, failure) -> gone(now, name, failure))));
    }

    /// What the engine says of a container that should be running.
    void seen(LiveTask task, String name, ContainerState state) {
        var container = container(task, name);
        if (state.status() == ContainerState.Status.EXITED && container.phase() == Phase.RUNNING) {
            exited(task, container, Objects.requireNonNullElse(state.exitCode(), KILLED), state.outOfMemory());
        }
    }

    private void gone(LiveTask task, String name, EngineException failure) {
        LOG.debugf("task %s: container %s is gone: %s", task.key(), name, failure.text());
        exited(task, container(task, name), KILLED, false);
    }

    private void watchStartTimeout(LiveTask task, String name) {
        var seconds = container(task, name).definition().startTimeout();
        if (seconds == null) {
            return;
        }
        foundation
                .timers()
                .after(
                        Duration.ofSeconds(seconds),
                        () -> foundation
                                .tables()
                                .write(() -> tasks.find(task.key()).ifPresent(t -> startTimedOut(t, name))));
    }

    /// Containers that still wait for this one have waited too long (ecs-tasks.md §5).
    private void startTimedOut(LiveTask task, String name) {
        var next = task;
        for (var waiting : TaskPlan.waitingFor(task, name)) {
            next = next.with(
                    waiting,
                    c -> c.failed(
                            "TaskDependencyError: dependency container %s did not get there within its startTimeout"
                                    .formatted(name)));
        }
        change(next);
        drive(task.key());
    }

    private void failedToStart(LiveTask task, String name, EngineException failure) {
        if (!container(task, name).stopped()) {
            LOG.warnf("task %s: container %s failed to start: %s", task.key(), name, failure.text());
            change(task.with(name, c -> c.failed(failure.text())));
            drive(task.key());
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

    private void stopContainer(LiveTask task, String name) {
        var stopping = change(task.with(name, c -> c.to(Phase.STOPPING)));
        work.begin(new Job<>(
                "stop",
                task.key(),
                in(name, Phase.STOPPING),
                () -> jobs.stop(container(stopping, name)),
                (t, state) -> exited(
                        t,
                        container(t, name),
                        Objects.requireNonNullElse(state.exitCode(), KILLED),
                        state.outOfMemory()),
                (t, failure) -> gone(t, name, failure)));
    }

    private void release(LiveTask task) {
        var now = foundation.clock().instant();
        var stopped = task.progress().reached(Milestone.EXECUTION_STOPPED, now);
        var ended = task.startedAt().isPresent() ? task.with(stopped) : task;
        var releasing = change(ended.with(ended.infrastructure().to(State.RELEASING)));
        work.begin(new Job<>(
                "release",
                task.key(),
                t -> t.infrastructure().state() == State.RELEASING,
                () -> {
                    jobs.release(releasing);
                    return true;
                },
                (t, _) -> released(t),
                (t, failure) -> {
                    LOG.warnf("task %s: not everything could be removed: %s", t.key(), failure.text());
                    released(t);
                }));
    }

    private void released(LiveTask task) {
        var made = task.infrastructure().networkInterface();
        if (made != null) {
            surroundings.networking().deleteInterface(task.key().scope(), made.interfaceId());
        }
        surroundings.hostPorts().free(task);
        change(task.with(task.infrastructure().to(State.RELEASED)));
        drive(task.key());
    }

    private void advance(LiveTask task, TaskStatus status) {
        var next = task.progress().to(status);
        if (status != TaskStatus.STOPPED) {
            change(task.with(next));
            return;
        }
        change(task.with(next.reached(Milestone.STOPPED, foundation.clock().instant())));
        retention.keep(task.key());
    }

    private static Predicate<LiveTask> in(String container, Phase phase) {
        return task -> container(task, container).phase() == phase;
    }

    private static TaskContainer container(LiveTask task, String name) {
        return task.container(name).orElseThrow();
    }
}
