package dev.hakoniwa.proxy;

import io.vertx.core.net.NetSocket;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop to one target. The one that was used last is used next, so that those beyond the
/// need grow old and are closed.
final class Pool {
    /// How long an unused connection is kept.
    private static final long IDLE_LIFE = TimeUnit.SECONDS.toNanos(60);

    private static final int MOST_IDLE = 512;

    private final Backend backend;
    private final Loop loop;
    private final ArrayDeque<Upstream> idle = new ArrayDeque<>();
    private final Set<Exchange> busy = new HashSet<>();
    private boolean sweeping;

    /// Who waits for a connection.
    interface Caller {
        void connected(Upstream upstream);

        /// There is none to be had.
        ///
        /// @param timedOut whether the target was silent, instead of refusing
        void notConnected(boolean timedOut);
    }

    Pool(Backend backend, Loop loop) {
        this.backend = backend;
        this.loop = loop;
    }

    /// Counts the exchange among those that [#cut] ends.
    void enter(Exchange exchange) {
        busy.add(exchange);
        backend.begin();
    }

    void leave(Exchange exchange) {
        if (busy.remove(exchange)) {
            backend.end();
        }
    }

    /// A connection that is ready; absent if there is none.
    @Nullable
    Upstream takeIdle() {
        return idle.pollLast();
    }

    void connect(Duration limit, Caller caller) {
        var attempt = new Attempt(caller);
        attempt.timer = loop.timer(limit.toMillis(), attempt::timeOut);
        loop.connect(backend.address(), backend.tls()).onComplete(result -> {
            if (result.succeeded()) {
                attempt.connected(result.result());
            } else {
                attempt.failed(result.cause());
            }
        });
    }

    /// Takes back a connection that may carry another request.
    void giveBack(Upstream upstream) {
        if (!backend.isRoutable() || idle.size() >= MOST_IDLE) {
            upstream.close();
            return;
        }
        upstream.rest(loop.nanos());
        idle.addLast(upstream);
        sweepLater();
    }

    /// Forgets a connection that has ended while it was idle.
    void forget(Upstream upstream) {
        idle.remove(upstream);
    }

    void closeIdle() {
        for (var upstream = idle.pollLast(); upstream != null; upstream = idle.pollLast()) {
            upstream.close();
        }
    }

    void cut() {
        closeIdle();
        List.copyOf(busy).forEach(Exchange::cut);
    }

    private void sweepLater() {
        if (sweeping) {
            return;
        }
        sweeping = true;
        loop.timer(TimeUnit.NANOSECONDS.toMillis(IDLE_LIFE), this::sweep);
    }

    private void sweep() {
        sweeping = false;
        var now = loop.nanos();
        while (!idle.isEmpty() && idle.getFirst().restsSince(now) >= IDLE_LIFE) {
            idle.removeFirst().close();
        }
        if (!idle.isEmpty()) {
            sweepLater();
        }
    }

    private final class Attempt {
        private final Caller caller;
        private long timer;
        private boolean over;

        Attempt(Caller caller) {
            this.caller = caller;
        }

        void connected(NetSocket socket) {
            var upstream = new Upstream(socket, Pool.this);
            if (over) {
                upstream.close();
                return;
            }
            finish();
            caller.connected(upstream);
        }

        void failed(Throwable cause) {
            if (!over) {
                finish();
                caller.notConnected(cause instanceof NoRouteToHostException);
            }
        }

        void timeOut() {
            over = true;
            caller.notConnected(true);
        }

        private void finish() {
            over = true;
            loop.cancel(timer);
        }
    }
}
