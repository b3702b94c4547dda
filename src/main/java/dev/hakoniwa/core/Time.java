package dev.hakoniwa.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The emulator's time: as fast as the world's, N times faster, or standing still to be moved by hand.
///
/// Timers run in the order they are due (then in the order they were set), one after the other, on the thread of the
/// clock or on the one that calls [#advance].
public final class Time implements InstantSource, Timers, AutoCloseable {
    private final InstantSource world;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock turn = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Due> queue = new TreeSet<>();
    private Instant worldThen;
    private Instant then;
    private double speed;
    private long set;
    private boolean closed;

    private Time(InstantSource world, Instant start, double speed) {
        this.world = world;
        this.worldThen = world.instant();
        this.then = start;
        this.speed = speed;
    }

    /// The world's time, with a thread of its own that runs the timers.
    public static Time running() {
        var world = InstantSource.system();
        var time = new Time(world, world.instant(), 1);
        Thread.ofPlatform().name("timers").daemon(true).start(time::runTimers);
        return time;
    }

    /// A time that stands still at `start` and moves by [#advance] alone.
    public static Time stopped(Instant start) {
        return new Time(InstantSource.fixed(start), start, 0);
    }

    @Override
    public Instant instant() {
        lock.lock();
        try {
            return now();
        } finally {
            lock.unlock();
        }
    }

    /// How many of the emulator's seconds pass in one of the world's; 0 is standing still.
    public double speed() {
        lock.lock();
        try {
            return speed;
        } finally {
            lock.unlock();
        }
    }

    public void setSpeed(double newSpeed) {
        if (!(newSpeed >= 0 && newSpeed <= 1_000_000)) {
            throw new IllegalArgumentException("speed must be between 0 and 1000000");
        }
        lock.lock();
        try {
            moveTo(now());
            speed = newSpeed;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Moves the time on by `duration`, running every timer that is due on the way at its own time.
    public void advance(Duration duration) {
        turn.lock();
        try {
            var target = instant().plus(duration);
            for (var due = next(target); due != null; due = next(target)) {
                due.action.run();
            }
            lock.lock();
            try {
                if (now().isBefore(target)) {
                    moveTo(target);
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        lock.lock();
        try {
            var due = new Due(now().plus(delay), set++, action);
            queue.add(due);
            changed.signalAll();
            return () -> cancel(due);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        return new Repeating(period, action);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Due due) {
        lock.lock();
        try {
            queue.remove(due);
        } finally {
            lock.unlock();
        }
    }

    private Instant now() {
        if (speed == 0) {
            return then;
        }
        var passed = Duration.between(worldThen, world.instant());
        return speed == 1 ? then.plus(passed) : then.plusNanos((long) (passed.toNanos() * speed));
    }

    private void moveTo(Instant instant) {
        then = instant;
        worldThen = world.instant();
    }

    /// The next timer due until `target`, with the time moved to it; none if there is no such timer.
    private @Nullable Due next(Instant target) {
        lock.lock();
        try {
            var due = queue.isEmpty() ? null : queue.first();
            if (closed || due == null || due.at.isAfter(target)) {
                return null;
            }
            if (due.at.isAfter(now())) {
                moveTo(due.at);
            }
            return queue.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    private void runTimers() {
        while (waitForNext()) {
            turn.lock();
            try {
                var due = next(instant());
                if (due != null) {
                    due.action.run();
                }
            } catch (RuntimeException e) {
                System.getLogger(Time.class.getName()).log(System.Logger.Level.ERROR, "a timer failed", e);
            } finally {
                turn.unlock();
            }
        }
    }

    private boolean waitForNext() {
        lock.lock();
        try {
            while (!closed) {
                var due = queue.isEmpty() ? null : queue.first();
                if (due == null || speed == 0) {
                    changed.await();
                    continue;
                }
                var wait = Duration.between(now(), due.at);
                if (!wait.isPositive()) {
                    return true;
                }
                var _ = changed.awaitNanos(Math.max(1, (long) (wait.toNanos() / speed)));
            }
            return false;
        } catch (InterruptedException _) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private record Due(Instant at, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            var byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final class Repeating implements Timer {
        private final Duration period;
        private final Runnable action;
        private volatile boolean cancelled;
        private volatile Timer next;

        Repeating(Duration period, Runnable action) {
            this.period = period;
            this.action = action;
            next = after(period, this::run);
        }

        private void run() {
            if (cancelled) {
                return;
            }
            next = after(period, this::run);
            action.run();
        }

        @Override
        public void cancel() {
            cancelled = true;
            next.cancel();
        }
    }
}
