package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.task.state.TaskKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Forgets stopped tasks: after an hour, as ECS does (ecs-tasks.md §2.3), and the oldest sooner when there are very
/// many, so that memory stays bounded.
final class Retention {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int MOST = 5_000;

    private final Foundation foundation;
    private final TaskTable tasks;
    private final Deque<TaskKey> stopped = new ArrayDeque<>();

    Retention(Foundation foundation, TaskTable tasks) {
        this.foundation = foundation;
        this.tasks = tasks;
    }

    /// Keeps a task that has just stopped for its time. Belongs inside a step.
    void keep(TaskKey key) {
        foundation.tables().afterwards(() -> {
            foundation.tables().write(() -> remember(key));
            foundation.timers().after(LIFE, () -> foundation.tables().write(() -> forget(key)));
        });
    }

    private void remember(TaskKey key) {
        stopped.addLast(key);
        while (stopped.size() > MOST) {
            tasks.find(stopped.removeFirst()).ifPresent(tasks::remove);
        }
    }

    private void forget(TaskKey key) {
        if (stopped.remove(key)) {
            tasks.find(key).ifPresent(tasks::remove);
        }
    }
}
