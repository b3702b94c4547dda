package dev.hakoniwa.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/// A connection to a target. It carries one exchange at a time.
final class Upstream {
    private final NetSocket socket;
    private final Pool pool;
    private @Nullable Exchange exchange;
    private boolean used;
    private boolean paused;
    private boolean closed;
    private boolean broken;
    private long restingSince;

    Upstream(NetSocket socket, Pool pool) {
        this.socket = socket;
        this.pool = pool;
        socket.handler(this::received);
        socket.exceptionHandler(_ -> broken = true);
        socket.drainHandler(_ -> drained());
        socket.endHandler(_ -> ended());
    }

    void carry(Exchange next) {
        exchange = next;
    }

    /// Whether it has carried another exchange before, so that the target may be about to close it.
    boolean isUsed() {
        return used;
    }

    void write(Buffer buffer) {
        var _ = socket.write(buffer);
    }

    boolean isFull() {
        return socket.writeQueueFull();
    }

    void pause() {
        if (!paused) {
            paused = true;
            socket.pause();
        }
    }

    void resume() {
        if (paused) {
            paused = false;
            socket.resume();
        }
    }

    /// Ready for the next exchange, when it comes.
    void rest(long nanos) {
        exchange = null;
        used = true;
        restingSince = nanos;
        resume();
    }

    long restsSince(long nanos) {
        return nanos - restingSince;
    }

    /// Lets go of its exchange and closes. What was written and not yet sent may be lost.
    void close() {
        exchange = null;
        if (!closed) {
            closed = true;
            Sockets.abort(socket);
        }
    }

    private void received(Buffer buffer) {
        if (exchange != null) {
            exchange.targetSent(buffer);
        } else if (!closed) {
            // A target that speaks unasked would have its words taken for the answer to the next request.
            pool.forget(this);
            close();
        }
    }

    private void drained() {
        if (exchange != null) {
            exchange.targetDrained();
        }
    }

    private void ended() {
        closed = true;
        var last = exchange;
        exchange = null;
        if (last != null) {
            last.targetEnded(broken);
        } else {
            pool.forget(this);
        }
    }
}
