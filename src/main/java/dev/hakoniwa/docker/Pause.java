package dev.hakoniwa.docker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waiting that grows longer with every time in a row, and that an end cuts short.
final class Pause {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final CountDownLatch end = new CountDownLatch(1);
    private Duration next = FIRST;

    /// Waits.
    ///
    /// @return false when the end has come
    boolean await() {
        var wait = next;
        var longer = next.multipliedBy(2);
        next = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        try {
            return !end.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            end.countDown();
            return false;
        }
    }

    /// The next wait is short again.
    void reset() {
        next = FIRST;
    }

    boolean isEnded() {
        return end.getCount() == 0;
    }

    void end() {
        end.countDown();
    }
}
