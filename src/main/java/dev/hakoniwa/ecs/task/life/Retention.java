package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.core.Foundation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// Forgets things after a time, and the oldest sooner when there are very many, so that memory stays bounded however
/// many come.
public final class Retention<K> {
    private final Foundation foundation;
    private final Duration life;
    private final int most;
    private final Consumer<K> forget;
    private final Deque<Kept<K>> kept = new ArrayDeque<>();
    private boolean waiting;

    /// @param forget called inside a step
    public Retention(Foundation foundation, Duration life, int most, Consumer<K> forget) {
        this.foundation = foundation;
        this.life = life;
        this.most = most;
        this.forget = forget;
    }

    private record Kept<K>(K key, Instant until) {}

    /// Keeps `key` from now on for its time. Belongs inside a step.
    public void keep(K key) {
        foundation.tables().afterwards(() -> foundation.tables().write(() -> remember(key)));
    }

    private void remember(K key) {
        kept.addLast(new Kept<>(key, foundation.clock().instant().plus(life)));
        while (kept.size() > most) {
            forget.accept(kept.removeFirst().key());
        }
        watchOldest();
    }

    /// One timer at a time, for the oldest.
    private void watchOldest() {
        var oldest = kept.peekFirst();
        if (oldest == null || waiting) {
            return;
        }
        waiting = true;
        var delay = Duration.between(foundation.clock().instant(), oldest.until());
        foundation
                .tables()
                .afterwards(() -> foundation
                        .timers()
                        .after(delay, () -> foundation.tables().write(this::forgetOld)));
    }

    private void forgetOld() {
        waiting = false;
        var now = foundation.clock().instant();
        for (var oldest = kept.peekFirst(); oldest != null && !oldest.until().isAfter(now); oldest = kept.peekFirst()) {
            forget.accept(kept.removeFirst().key());
        }
        watchOldest();
    }
}
