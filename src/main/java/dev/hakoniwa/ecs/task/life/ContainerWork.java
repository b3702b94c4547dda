package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.task.engine.TaskJobs;
import dev.hakoniwa.ecs.task.life.TaskWork.Job;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.Milestone;
import dev.hakoniwa.ecs.task.state.Phase;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.ecs.task.state.TaskKey;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.Images;
import java.time.Duration;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/// Brings a task's containers from their images to their end.
final class ContainerWork {
    private static final Logger LOG = Logger.getLogger(ContainerWork.class);

    private final Foundation foundation;
    private final TaskDriver driver;
    private final TaskJobs jobs;
    private final TaskWork work;

    ContainerWork(Foundation foundation, TaskDriver driver, TaskJobs jobs, TaskWork work) {
        this.foundation = foundation;
        this.driver = driver;
        this.jobs = jobs;
        this.work = work;
    }

    void pull(LiveTask task, String name) {
        var now = foundation.clock().instant();
        var next = task.with(name, c -> c.to(Phase.PULLING));
        var pulling = driver.change(next.with(next.progress().reached(Milestone.PULL_STARTED, now)));
        work.begin(new Job<>(
                "pull",
                task.key(),
                in(name, Phase.PULLING),
                () -> jobs.pull(pulling, container(pulling, name).definition()),
                (t, image) -> pulled(t, name, image),
                (t, failure) -> failedToStart(t, name, failure)));
    }

    void start(LiveTask task, String name) {
        var starting = driver.change(task.with(name, c -> c.to(Phase.STARTING)));
        var now = foundation.clock().instant();
        work.begin(new Job<>(
                "create",
                task.key(),
                in(name, Phase.STARTING),
                () -> jobs.create(starting, container(starting, name)),
                (t, id) -> created(t, name, id),
                (t, failure) -> failedToStart(t, name, failure),
                id -> jobs.release(starting.with(name, c -> c.created(id, now)))));
    }

    void stop(LiveTask task, String name) {
        var stopping = driver.change(task.with(name, c -> c.to(Phase.STOPPING)));
        work.begin(new Job<>(
                "stop",
                task.key(),
                in(name, Phase.STOPPING),
                () -> jobs.stop(container(stopping, name)),
                (t, state) -> ended(t, container(t, name), End.of(state)),
                (t, failure) -> gone(t, name, failure)));
    }

    /// The engine tells that a container has ended. Of one that has been started again that may be an old story.
    void heard(LiveTask task, TaskContainer container, End end) {
        if (container.life().restarts() == 0) {
            exited(task, container, end);
        } else {
            recheck(task.key(), container.name());
        }
    }

    /// A container that ran has ended, and may have to run again.
    private void exited(LiveTask task, TaskContainer container, End end) {
        var now = foundation.clock().instant();
        if (container.phase() == Phase.RUNNING && RestartPolicy.restarts(task, container, end.code(), now)) {
            restart(task, container.name(), end);
        } else {
            ended(task, container, end);
        }
    }

    /// A container that ran has ended for good.
    void ended(LiveTask task, TaskContainer container, End end) {
        if (container.stopped()) {
            return;
        }
        LOG.infof("task %s: container %s exited with code %d", task.key(), container.name(), end.code());
        var now = foundation.clock().instant();
        var next = task.with(container.name(), c -> c.exited(end.code(), end.outOfMemory(), now));
        if (container.essential()) {
            next = next.with(next.progress().reached(Milestone.EXECUTION_STOPPED, now));
        }
        driver.change(next);
        driver.drive(task.key());
    }

    private void restart(LiveTask task, String name, End end) {
        LOG.infof("task %s: container %s exited with code %d and starts again", task.key(), name, end.code());
        var restarting = driver.change(task.with(name, TaskContainer::restarting));
        work.begin(new Job<>(
                "restart",
                task.key(),
                in(name, Phase.RESTARTING),
                () -> jobs.restart(container(restarting, name)),
                (t, state) -> restarted(t, name, state),
                (t, failure) -> notRestarted(t, name, end, failure)));
    }

    private void restarted(LiveTask task, String name, ContainerState state) {
        var now = foundation.clock().instant();
        driver.moved(task, task.with(name, c -> c.restarted(state, now)));
        driver.drive(task.key());
        recheck(task.key(), name);
    }

    private void notRestarted(LiveTask task, String name, End end, EngineException failure) {
        LOG.warnf("task %s: container %s failed to start again: %s", task.key(), name, failure.text());
        ended(task, container(task, name), end);
    }

    private void pulled(LiveTask task, String name, Images.Image image) {
        if (container(task, name).phase() == Phase.PULLING) {
            var now = foundation.clock().instant();
            driver.change(task.with(name, c -> c.pulled(image))
                    .with(task.progress().reachedAgain(Milestone.PULL_STOPPED, now)));
            driver.drive(task.key());
        }
    }

    /// A task that is to stop meanwhile needs no start: the container goes with all the rest.
    private void created(LiveTask task, String name, ContainerId id) {
        driver.own(task.key(), id);
        var now = foundation.clock().instant();
        var created = task.with(name, c -> c.created(id, now));
        if (!task.wanted()) {
            driver.change(created.with(name, c -> c.to(Phase.STOPPED)));
            driver.drive(task.key());
            return;
        }
        var starting = driver.change(created);
        work.begin(new Job<>(
                "start",
                task.key(),
                in(name, Phase.STARTING),
                () -> jobs.start(starting, container(starting, name), id),
                (t, state) -> started(t, name, state),
                (t, failure) -> failedToStart(t, name, failure)));
    }

    private void started(LiveTask task, String name, ContainerState state) {
        var now = foundation.clock().instant();
        var running = driver.change(task.with(name, c -> c.running(state, now)));
        watchStartTimeout(running, name);
        driver.drive(task.key());
        recheck(task.key(), name);
    }

    /// The engine's word that a container has ended may have come before its start was reported; one more look tells.
    private void recheck(TaskKey key, String name) {
        driver.find(key)
                .filter(in(name, Phase.RUNNING))
                .ifPresent(t -> work.begin(new Job<>(
                        "look at",
                        key,
                        in(name, Phase.RUNNING),
                        () -> jobs.look(container(t, name)),
                        (now, state) -> seen(now, name, state),
                        (now, failure) -> gone(now, name, failure))));
    }

    private void seen(LiveTask task, String name, ContainerState state) {
        var container = container(task, name);
        if (state.status() == ContainerState.Status.EXITED && container.phase() == Phase.RUNNING) {
            exited(task, container, End.of(state));
        }
    }

    private void gone(LiveTask task, String name, EngineException failure) {
        LOG.debugf("task %s: container %s is gone: %s", task.key(), name, failure.text());
        ended(task, container(task, name), End.KILLED);
    }

    private void watchStartTimeout(LiveTask task, String name) {
        var seconds = container(task, name).definition().startTimeout();
        if (seconds != null) {
            foundation
                    .timers()
                    .after(
                            Duration.ofSeconds(seconds),
                            () -> foundation
                                    .tables()
                                    .write(() -> driver.find(task.key())
                                            .filter(LiveTask::wanted)
                                            .ifPresent(t -> startTimedOut(t, name))));
        }
    }

    /// Containers that still wait for this one have waited too long (ecs-tasks.md §5).
    private void startTimedOut(LiveTask task, String name) {
        var text = "TaskDependencyError: dependency container %s did not get there within its startTimeout"
                .formatted(name);
        for (var waiting : TaskPlan.waitingFor(task, name)) {
            LOG.warnf("task %s: container %s failed to start: %s", task.key(), waiting, text);
            driver.find(task.key()).ifPresent(t -> driver.change(t.with(waiting, c -> c.failed(text))));
        }
        driver.drive(task.key());
    }

    private void failedToStart(LiveTask task, String name, EngineException failure) {
        if (!container(task, name).stopped()) {
            LOG.warnf("task %s: container %s failed to start: %s", task.key(), name, failure.text());
            driver.change(task.with(name, c -> c.failed(failure.text())));
            driver.drive(task.key());
        }
    }

    private static Predicate<LiveTask> in(String container, Phase phase) {
        return task -> container(task, container).phase() == phase;
    }

    private static TaskContainer container(LiveTask task, String name) {
        return task.container(name).orElseThrow();
    }
}
