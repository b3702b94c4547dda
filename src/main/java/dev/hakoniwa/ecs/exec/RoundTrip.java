package dev.hakoniwa.ecs.exec;

import java.time.Duration;

/// How long an acknowledgement takes, and how long one waits for it before a message is sent again: RFC 6298 with the
/// bounds that the SSM agent has.
final class RoundTrip {
    private static final Duration FIRST_TIMEOUT = Duration.ofMillis(200);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(1);
    private static final long GRANULARITY = Duration.ofMillis(10).toNanos();

    private long smoothed = Duration.ofMillis(100).toNanos();
    private long variation;
    private Duration timeout = FIRST_TIMEOUT;

    /// An acknowledgement of a message that was sent once has come after `taken`.
    void measured(Duration taken) {
        var nanos = taken.toNanos();
        variation = variation * 3 / 4 + Math.abs(smoothed - nanos) / 4;
        smoothed = smoothed * 7 / 8 + nanos / 8;
        var next = Duration.ofNanos(smoothed + Math.max(GRANULARITY, 4 * variation));
        timeout = next.compareTo(LONGEST_TIMEOUT) < 0 ? next : LONGEST_TIMEOUT;
    }

    Duration timeout() {
        return timeout;
    }
}
