package dev.hakoniwa.core;

import java.time.Duration;

/// Runs things later. The time that passes is the emulator's, which may run faster than the world's or stand still.
public interface Timers {
    Timer after(Duration delay, Runnable action);

    Timer every(Duration period, Runnable action);

    /// Something that is still to happen.
    interface Timer {
        void cancel();
    }
}
