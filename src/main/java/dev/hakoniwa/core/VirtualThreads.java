package dev.hakoniwa.core;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Runs every action on a virtual thread of its own. An action that throws is logged, once, and harms no other.
public final class VirtualThreads implements Background, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(VirtualThreads.class.getName());
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

    private final Duration patience;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param patience how long [#close] waits for what still runs before it interrupts it
    public VirtualThreads(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void run(String name, Runnable action) {
        if (closed) {
            LOG.log(Level.DEBUG, "{0} came after the end and does not run", name);
            return;
        }
        var thread = Thread.ofVirtual().name(name).unstarted(() -> runAlone(name, action));
        running.add(thread);
        thread.start();
    }

    /// Starts nothing more, and waits for what runs.
    @Override
    public void close() {
        closed = true;
        if (!awaitAll(patience)) {
            running.forEach(Thread::interrupt);
            if (!awaitAll(AFTER_INTERRUPT)) {
                LOG.log(
                        Level.WARNING,
                        "still at work: {0}",
                        running.stream().map(Thread::getName).toList());
            }
        }
    }

    private void runAlone(String name, Runnable action) {
        try {
            action.run();
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, name + " failed", failure);
        } finally {
            running.remove(Thread.currentThread());
        }
    }

    private boolean awaitAll(Duration atMost) {
        var deadline = System.nanoTime() + atMost.toNanos();
        try {
            for (var next = anyRunning(); next.isPresent(); next = anyRunning()) {
                var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                if (!next.get().join(left)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<Thread> anyRunning() {
        return running.stream().findAny();
    }
}
