package dev.hakoniwa.ecs.exec;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Does one thing after the other, whichever thread it comes from. Nobody waits: who finds another at work leaves the
/// thing to that one.
final class Mailbox {
    private final Queue<Runnable> things = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    void post(Runnable thing) {
        things.add(thing);
        if (waiting.getAndIncrement() > 0) {
            return;
        }
        do {
            run();
        } while (waiting.decrementAndGet() > 0);
    }

    private void run() {
        var next = things.poll();
        try {
            if (next != null) {
                next.run();
            }
        } catch (RuntimeException e) {
            System.getLogger(Mailbox.class.getName()).log(System.Logger.Level.ERROR, "a session failed", e);
        }
    }
}
