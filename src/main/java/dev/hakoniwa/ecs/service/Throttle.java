package dev.hakoniwa.ecs.service;

import java.time.Duration;
import java.time.Instant;

/// Slows down the launches of a service whose tasks fail to start: the wait doubles with each failure, up to 15 minutes
/// (ecs-services.md §2; how it grows isn't documented, so this is ours).
///
/// @param failures how many tasks in a row stopped before they ran
/// @param until nothing is launched before
record Throttle(int failures, Instant until) {
    static final Throttle NONE = new Throttle(0, Instant.EPOCH);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int FREE = 2;
    private static final int LONG_ENOUGH = 10;

    /// One more failure. The first few are let go: one bad pull is no pattern.
    Throttle failed(Instant now) {
        var count = failures + 1;
        if (count <= FREE) {
            return new Throttle(count, until);
        }
        var wait = FIRST.multipliedBy(1L << Math.min(count - FREE, LONG_ENOUGH));
        return new Throttle(count, now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait));
    }

    boolean holds(Instant now) {
        return now.isBefore(until);
    }

    /// Whether the service is unable to consistently start tasks.
    boolean isPattern() {
        return failures > FREE;
    }
}
