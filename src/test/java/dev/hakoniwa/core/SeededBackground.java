package dev.hakoniwa.core;

import java.time.Duration;
import java.util.Random;

/// Runs every action a random while later, on the thread that advances the time: the same seed, the same history.
/// An action that throws fails the test that advances.
public final class SeededBackground implements Background {
    private final Timers timers;
    private final Random random;
    private final int longestMillis;

    public SeededBackground(Timers timers, long seed) {
        this(timers, seed, Duration.ofMillis(500));
    }

    /// @param longest the longest an action waits; the shortest is a millisecond
    public SeededBackground(Timers timers, long seed, Duration longest) {
        this.timers = timers;
        this.random = new Random(seed);
        this.longestMillis = Math.toIntExact(longest.toMillis());
    }

    @Override
    public void run(String name, Runnable action) {
        var _ = timers.after(Duration.ofMillis(1 + random.nextInt(longestMillis)), action);
    }
}
