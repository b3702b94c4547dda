package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.core.Timers;
import dev.hakoniwa.core.Timers.Timer;
import dev.hakoniwa.runtime.Behaviour;
import dev.hakoniwa.runtime.EngineEvent;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The machine a simulated engine runs on: its one lock, its time, and the line in which its callbacks wait. A callback
/// runs outside the lock, on the thread whose call or timer led to it; none starts before the one before has ended.
public final class Host {
    private static final System.Logger LOG = System.getLogger(Host.class.getName());

    private final Timers timers;
    private final InstantSource clock;
    private final Behaviour behaviour;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Consumer<EngineEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> callbacks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wanted = new AtomicInteger();
    private boolean away;
    private int late;
    private Instant latest = Instant.MIN;

    public Host(Timers timers, InstantSource clock, Behaviour behaviour) {
        this.timers = timers;
        this.clock = clock;
        this.behaviour = behaviour;
    }

    /// A call of the engine's API.
    public <T> T call(Supplier<T> action) {
        return alone(() -> {
            if (away) {
                throw Refusals.away();
            }
            return action.get();
        });
    }

    public void call(Runnable action) {
        call(() -> {
            action.run();
            return true;
        });
    }

    /// Something that happens whether or not the engine answers.
    public void happen(Runnable action) {
        alone(() -> {
            action.run();
            return true;
        });
    }

    public <T> T happening(Supplier<T> action) {
        return alone(action);
    }

    public boolean isAway() {
        return alone(() -> away);
    }

    public void setAway(boolean gone, EngineEvent told) {
        happen(() -> {
            if (away != gone) {
                away = gone;
                tellLater(told);
            }
        });
    }

    /// Adds a listener, which hears the greeting first.
    public void listen(Consumer<EngineEvent> listener, Supplier<EngineEvent> greeting) {
        happen(() -> {
            var first = greeting.get();
            callbacks.add(() -> {
                listener.accept(first);
                listeners.add(listener);
            });
        });
    }

    Behaviour behaviour() {
        return behaviour;
    }

    Instant now() {
        return clock.instant();
    }

    Timer later(Duration delay, Runnable action) {
        return timers.after(delay, () -> happen(action));
    }

    /// Tells an event, which is lost while the engine is away.
    void tell(EngineEvent event) {
        if (!away) {
            tellLater(event);
        }
    }

    /// Runs it outside the lock, after the callbacks that wait already.
    void callBack(Runnable callback) {
        callbacks.add(callback);
    }

    private void tellLater(EngineEvent event) {
        Runnable callback = () -> listeners.forEach(listener -> listener.accept(event));
        var now = now();
        var at = now.plus(behaviour.eventDelay());
        latest = at.isAfter(latest) ? at : latest;
        if (late == 0 && !latest.isAfter(now)) {
            callBack(callback);
            return;
        }
        late++;
        var delay = Duration.between(now, latest);
        var _ = later(delay.isNegative() ? Duration.ZERO : delay, () -> {
            late--;
            callBack(callback);
        });
    }

    private <T> T alone(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
            if (!lock.isHeldByCurrentThread()) {
                runCallbacks();
            }
        }
    }

    private void runCallbacks() {
        if (wanted.getAndIncrement() != 0) {
            return;
        }
        var seen = 1;
        do {
            for (var next = callbacks.poll(); next != null; next = callbacks.poll()) {
                run(next);
            }
            seen = wanted.addAndGet(-seen);
        } while (seen != 0);
    }

    private static void run(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "a listener of the simulated engine failed", failure);
        }
    }
}
