package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.Ecs;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.Phase;
import dev.hakoniwa.ecs.task.state.StopCause;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.Engine;
import dev.hakoniwa.runtime.EngineEvent;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.Health;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Listens to the engine: containers that end or change their health, and the engine's own going and coming. When it
/// comes back, what it has is compared with what should run.
public final class EngineWatch {
    private static final Logger LOG = Logger.getLogger(EngineWatch.class);
    private static final Duration COMPARE_AGAIN = Duration.ofSeconds(5);

    private final Foundation foundation;
    private final TaskTable tasks;
    private final TaskDriver driver;
    private final TaskWork work;
    private final Engine engine;
    private final Map<String, String> ownLabels;

    public EngineWatch(
            Foundation foundation, TaskTable tasks, TaskDriver driver, TaskWork work, Ecs.Neighbours neighbours) {
        this.foundation = foundation;
        this.tasks = tasks;
        this.driver = driver;
        this.work = work;
        this.engine = neighbours.engine();
        this.ownLabels = Map.copyOf(neighbours.ownLabels());
    }

    public void start() {
        engine.listen(this::hear);
    }

    private void hear(EngineEvent event) {
        switch (event) {
            case EngineEvent.Exited exited ->
                step(() -> ended(exited.container(), new End(exited.exitCode(), exited.outOfMemory())));
            case EngineEvent.Removed removed -> step(() -> removed(removed.container()));
            case EngineEvent.HealthChanged changed -> step(() -> health(changed.container(), changed.health()));
            case EngineEvent.Connected _ -> back();
            case EngineEvent.Disconnected gone -> LOG.warnf("the container engine is away: %s", gone.reason());
        }
    }

    private void back() {
        work.resume();
        compareSoon();
    }

    private void compareSoon() {
        foundation.background().run("look at the engine", this::compare);
    }

    private void step(Runnable step) {
        foundation.tables().write(step);
    }

    private void ended(ContainerId id, End end) {
        alive(id, (task, container) -> driver.exited(task, container, end));
    }

    private void removed(ContainerId id) {
        alive(id, driver::removed);
    }

    /// While a container is being started its end is found by the look that follows the start.
    private void alive(ContainerId id, BiConsumer<LiveTask, TaskContainer> report) {
        tasks.owner(id).ifPresent(task -> {
            if (id.equals(task.infrastructure().pause())) {
                namespaceLost(task);
                return;
            }
            task.container(id)
                    .filter(container -> container.phase() == Phase.RUNNING || container.phase() == Phase.STOPPING)
                    .ifPresent(container -> report.accept(task, container));
        });
    }

    /// The container that holds the namespace counts as essential, as it does for the ECS agent.
    private void namespaceLost(LiveTask task) {
        driver.stop(
                task.key(),
                task.startedAt().isPresent()
                        ? StopCause.essentialContainerExited()
                        : StopCause.failedToStart("ContainerNetworkingError: the task's network namespace is gone"));
    }

    private void health(ContainerId id, Health health) {
        tasks.owner(id)
                .ifPresent(task -> task.container(id)
                        .filter(container -> !container.stopped() && container.phase() != Phase.RESTARTING)
                        .filter(container -> container.health() != health)
                        .ifPresent(container -> {
                            driver.change(task.with(container.name(), c -> c.healthy(health)));
                            driver.drive(task.key());
                        }));
    }

    /// Blocks: asks the engine for all containers of ours and reports those that ended unseen. What starts meanwhile
    /// is left alone.
    private void compare() {
        var running = foundation.tables().write(this::running);
        if (running.isEmpty()) {
            return;
        }
        var states = new HashMap<ContainerId, ContainerState>();
        try {
            engine.containers().list(ownLabels).forEach(state -> states.put(state.id(), state));
        } catch (EngineException e) {
            LOG.infof("containers could not be compared with the engine's: %s", e.text());
            foundation.timers().after(COMPARE_AGAIN, this::compareSoon);
            return;
        }
        running.forEach(id -> step(() -> compare(id, states)));
    }

    private List<ContainerId> running() {
        var containers = tasks.live().stream()
                .flatMap(task -> task.containers().stream())
                .filter(container -> container.phase() == Phase.RUNNING)
                .flatMap(container -> Stream.ofNullable(container.runtime()));
        var namespaces = tasks.live().stream()
                .filter(LiveTask::wanted)
                .flatMap(task -> Stream.ofNullable(task.infrastructure().pause()));
        return Stream.concat(containers, namespaces).toList();
    }

    private void compare(ContainerId id, Map<ContainerId, ContainerState> states) {
        var state = states.get(id);
        if (state == null) {
            removed(id);
        } else if (state.status() == ContainerState.Status.EXITED) {
            ended(id, End.of(state));
        }
        currentHealth(states, id).ifPresent(health -> health(id, health));
    }

    private static Optional<Health> currentHealth(Map<ContainerId, ContainerState> states, ContainerId id) {
        return Optional.ofNullable(states.get(id)).map(ContainerState::health).filter(h -> h != Health.UNKNOWN);
    }
}
