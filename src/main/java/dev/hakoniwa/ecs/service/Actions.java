package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.task.Tasks;
import dev.hakoniwa.ecs.task.state.StopCause;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Starts and stops a service's tasks as its plan says, and tells of it.
final class Actions {
    private static final Logger LOG = Logger.getLogger(Actions.class);

    private final Look look;
    private final Tasks tasks;
    private final Launcher launcher;

    Actions(Look look, Tasks tasks, Launcher launcher) {
        this.look = look;
        this.tasks = tasks;
        this.launcher = launcher;
    }

    void stop(List<TaskState> states) {
        if (states.isEmpty()) {
            return;
        }
        states.forEach(state -> state.ill().ifPresent(ill -> look.tellOnce(ill.event())));
        tellStopped(states);
        for (var state : states) {
            var reason = state.ill()
                    .map(TaskState.Illness::stoppedReason)
                    .orElse("Scaling activity initiated by (deployment %s)".formatted(state.deployment()));
            tasks.stop(state.task().key(), StopCause.byScheduler(reason));
        }
    }

    /// In the order of ECS: what has stopped, where it has been deregistered, what drains.
    private void tellStopped(List<TaskState> states) {
        var running =
                states.stream().filter(TaskState::running).map(TaskState::task).toList();
        var pending =
                states.stream().filter(s -> !s.running()).map(TaskState::task).toList();
        if (!running.isEmpty()) {
            look.tell(ServiceTexts.stopped(running, true));
        }
        if (!pending.isEmpty()) {
            look.tell(ServiceTexts.stopped(pending, false));
        }
        var registered = states.stream().filter(s -> s.task().isRegistered()).toList();
        ServiceTexts.deregistered(registered.stream().map(TaskState::task).toList())
                .forEach(look::tell);
        var ids = registered.stream().map(TaskState::id).toList();
        look.change(service -> service.with(service.watches().left(ids)));
        registered.stream()
                .collect(Collectors.groupingBy(TaskState::deployment, TreeMap::new, Collectors.counting()))
                .forEach((deployment, count) ->
                        look.tellOfTaskSet(deployment, "has begun draining connections on %d tasks.".formatted(count)));
    }

    /// Starts tasks of the PRIMARY deployment; false if not all could be placed.
    boolean start(int count, List<TaskState> wanted) {
        if (count == 0) {
            return true;
        }
        var there = wanted.stream().map(TaskState::task).toList();
        var launched = launcher.launch(look.service(), there, count);
        look.change(_ -> launched.service());
        if (!launched.tasks().isEmpty()) {
            LOG.infof("service %s starts %d tasks", look.key(), launched.tasks().size());
            look.tell(ServiceTexts.started(launched.tasks()));
        }
        launched.problem().ifPresent(look::tellOnce);
        return launched.problem().isEmpty();
    }
}
