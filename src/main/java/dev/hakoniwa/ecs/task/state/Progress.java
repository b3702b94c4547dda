package dev.hakoniwa.ecs.task.state;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far a task has come, and when it came there.
///
/// @param stop why it is to stop; null while it is to run
/// @param protectedUntil until when its service leaves it alone; null if it isn't protected
/// @param version grows with every change that ECS would tell of
public record Progress(
        TaskStatus status,
        @Nullable StopCause stop,
        Instant createdAt,
        Map<Milestone, Instant> reached,
        @Nullable Instant protectedUntil,
        long version) {
    public Progress {
        reached = Map.copyOf(reached);
    }

    public static Progress created(TaskStatus status, Instant now) {
        return new Progress(status, null, now, Map.of(), null, 1);
    }

    public Optional<Instant> at(Milestone milestone) {
        return Optional.ofNullable(reached.get(milestone));
    }

    boolean stopping() {
        return stop != null;
    }

    public Progress to(TaskStatus next) {
        return next == status ? this : new Progress(next, stop, createdAt, reached, protectedUntil, version + 1);
    }

    /// The milestone with its time; the first time it is reached counts.
    public Progress reached(Milestone milestone, Instant now) {
        return reached.containsKey(milestone) ? this : reachedAgain(milestone, now);
    }

    /// The milestone with its time; the last time it is reached counts.
    public Progress reachedAgain(Milestone milestone, Instant now) {
        var more = new EnumMap<Milestone, Instant>(Milestone.class);
        more.putAll(reached);
        more.put(milestone, now);
        return new Progress(status, stop, createdAt, more, protectedUntil, version);
    }

    /// The wish to stop; the first cause stays.
    public Progress stop(StopCause cause, Instant now) {
        return stop != null
                ? this
                : new Progress(status, cause, createdAt, reached, protectedUntil, version + 1)
                        .reached(Milestone.STOPPING, now);
    }

    /// Protected until then.
    ///
    /// @param until null for not at all
    public Progress protect(@Nullable Instant until) {
        return new Progress(status, stop, createdAt, reached, until, version);
    }
}
