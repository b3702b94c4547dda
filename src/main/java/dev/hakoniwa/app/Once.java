package dev.hakoniwa.app;

import java.util.concurrent.locks.ReentrantLock;

/// Something that has to be done once before others go on. Who comes first does it, and the others wait; if it throws,
/// the next one tries again.
final class Once {
    private final Runnable action;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean done;

    Once(Runnable action) {
        this.action = action;
    }

    void ensure() {
        if (done) {
            return;
        }
        turn.lock();
        try {
            if (!done) {
                action.run();
                done = true;
            }
        } finally {
            turn.unlock();
        }
    }
}
