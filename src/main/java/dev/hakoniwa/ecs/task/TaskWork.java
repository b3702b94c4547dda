package dev.hakoniwa.ecs.task;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Runs a task's jobs on background threads and brings their results back as steps. A job that finds the engine away
/// is tried again until the engine is back, or the task doesn't want the job any more.
final class TaskWork {
    private static final Logger LOG = Logger.getLogger(TaskWork.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Foundation foundation;
    private final TaskTable tasks;

    TaskWork(Foundation foundation, TaskTable tasks) {
        this.foundation = foundation;
        this.tasks = tasks;
    }

    /// A piece of work for one task.
    ///
    /// @param stillWanted asked, inside a step, before each attempt and each report
    /// @param body blocks; its result goes to `done`
    /// @param failed hears the engine's refusal
    record Job<T>(
            String name,
            TaskKey task,
            Predicate<LiveTask> stillWanted,
            Supplier<T> body,
            BiConsumer<LiveTask, T> done,
            BiConsumer<LiveTask, EngineException> failed) {}

    /// Starts the job once the present step's changes stand.
    <T> void begin(Job<T> job) {
        foundation.tables().afterwards(() -> run(job));
    }

    private <T> void run(Job<T> job) {
        foundation.background().run(job.name() + " " + job.task(), () -> attempt(job));
    }

    private <T> void attempt(Job<T> job) {
        if (!isWanted(job)) {
            return;
        }
        T result;
        try {
            result = job.body().get();
        } catch (EngineException e) {
            if (e.kind() == Kind.UNAVAILABLE) {
                LOG.debugf("%s of task %s waits for the engine: %s", job.name(), job.task(), e.text());
                foundation.timers().after(RETRY, () -> run(job));
                return;
            }
            report(job, task -> job.failed().accept(task, e));
            return;
        }
        report(job, task -> job.done().accept(task, result));
    }

    private boolean isWanted(Job<?> job) {
        return foundation
                .tables()
                .write(() -> tasks.find(job.task()).filter(job.stillWanted()).isPresent());
    }

    private void report(Job<?> job, java.util.function.Consumer<LiveTask> report) {
        foundation.tables().write(() -> tasks.find(job.task()).ifPresent(report));
    }
}
