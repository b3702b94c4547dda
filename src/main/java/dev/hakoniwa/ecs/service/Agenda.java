package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Timers.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Which services are to be looked at, and when. Many wishes for one service come to one look, which is a step of its
/// own on a background thread. A look that fails is tried again later, and harms no other.
final class Agenda {
    private static final Logger LOG = Logger.getLogger(Agenda.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final Foundation foundation;
    private final Consumer<ServiceKey> look;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<ServiceKey> soon = new HashSet<>();
    private final Map<ServiceKey, Later> later = new HashMap<>();

    /// @param look is run inside a step
    Agenda(Foundation foundation, Consumer<ServiceKey> look) {
        this.foundation = foundation;
        this.look = look;
    }

    private record Later(Instant at, Timer timer) {}

    /// Looks at the service soon after the present step.
    void wake(ServiceKey key) {
        foundation.tables().afterwards(() -> lookSoon(key));
    }

    /// Looks at the service at that time; the earliest such wish stands.
    void wakeAt(ServiceKey key, Instant at) {
        foundation.tables().afterwards(() -> lookAt(key, at));
    }

    private void lookSoon(ServiceKey key) {
        if (locked(() -> soon.add(key))) {
            foundation.background().run("look at service " + key, () -> {
                locked(() -> soon.remove(key));
                lookNow(key);
            });
        }
    }

    private void lookAt(ServiceKey key, Instant at) {
        locked(() -> {
            var before = later.get(key);
            if (before != null && !before.at().isAfter(at)) {
                return before;
            }
            if (before != null) {
                before.timer().cancel();
            }
            var wait = Duration.between(foundation.clock().instant(), at);
            var timer = foundation.timers().after(wait.isNegative() ? Duration.ZERO : wait, () -> lookLater(key, at));
            return later.put(key, new Later(at, timer));
        });
    }

    private void lookLater(ServiceKey key, Instant at) {
        locked(() -> later.computeIfPresent(key, (_, wish) -> wish.at().equals(at) ? null : wish));
        lookSoon(key);
    }

    private void lookNow(ServiceKey key) {
        try {
            foundation.tables().write(() -> look.accept(key));
        } catch (RuntimeException e) {
            LOG.errorf(e, "a look at service %s failed", key);
            lookAt(key, foundation.clock().instant().plus(AFTER_FAILURE));
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
