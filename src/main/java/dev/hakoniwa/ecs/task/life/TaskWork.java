package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskKey;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Runs a task's jobs on background threads and brings their results back as steps. A job that finds the engine away
/// waits until the engine is back, or the task doesn't want the job any more.
public final class TaskWork {
    private static final Logger LOG = Logger.getLogger(TaskWork.class);

    /// An engine that came back in the same moment as a job gave up on it is tried again after this long.
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Foundation foundation;
    private final TaskTable tasks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Job<?>> waiting = new LinkedHashSet<>();

    public TaskWork(Foundation foundation, TaskTable tasks) {
        this.foundation = foundation;
        this.tasks = tasks;
    }

    /// A piece of work for one task.
    ///
    /// @param stillWanted asked, inside a step, before each attempt
    /// @param body blocks; its result goes to `done`
    /// @param failed hears the engine's refusal
    /// @param orphaned does away with a result whose task is forgotten; blocks
    record Job<T>(
            String name,
            TaskKey task,
            Predicate<LiveTask> stillWanted,
            Supplier<T> body,
            BiConsumer<LiveTask, T> done,
            BiConsumer<LiveTask, EngineException> failed,
            Consumer<T> orphaned) {
        /// A job whose result needs nothing done about it if nobody is there to take it.
        Job(
                String name,
                TaskKey task,
                Predicate<LiveTask> stillWanted,
                Supplier<T> body,
                BiConsumer<LiveTask, T> done,
                BiConsumer<LiveTask, EngineException> failed) {
            this(name, task, stillWanted, body, done, failed, _ -> {});
        }
    }

    /// Starts the job once the present step's changes stand.
    <T> void begin(Job<T> job) {
        foundation.tables().afterwards(() -> run(job));
    }

    /// The engine is back: what waits for it is tried again.
    void resume() {
        locked(() -> List.copyOf(waiting)).forEach(this::resume);
    }

    private <T> void resume(Job<T> job) {
        if (locked(() -> waiting.remove(job))) {
            run(job);
        }
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
                await(job, e);
                return;
            }
            var _ = report(job, task -> job.failed().accept(task, e));
            return;
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s of task %s failed by itself", job.name(), job.task());
            var _ = report(job, task -> job.failed().accept(task, new EngineException(Kind.REFUSED, e.toString(), e)));
            return;
        }
        if (!report(job, task -> job.done().accept(task, result))) {
            discard(job, result);
        }
    }

    private static <T> void discard(Job<T> job, T result) {
        try {
            job.orphaned().accept(result);
        } catch (EngineException e) {
            LOG.warnf("what %s of forgotten task %s made could not be removed: %s", job.name(), job.task(), e.text());
        }
    }

    private <T> void await(Job<T> job, EngineException e) {
        LOG.debugf("%s of task %s waits for the engine: %s", job.name(), job.task(), e.text());
        locked(() -> waiting.add(job));
        foundation.timers().after(RETRY, () -> resume(job));
    }

    private boolean isWanted(Job<?> job) {
        return foundation
                .tables()
                .write(() -> tasks.find(job.task()).filter(job.stillWanted()).isPresent());
    }

    /// Whether there was still a task to report to.
    private boolean report(Job<?> job, Consumer<LiveTask> report) {
        return foundation.tables().write(() -> {
            var task = tasks.find(job.task());
            task.ifPresent(report);
            return task.isPresent();
        });
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
