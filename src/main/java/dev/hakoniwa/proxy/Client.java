package dev.hakoniwa.proxy;

import dev.hakoniwa.proxy.http.Body;
import dev.hakoniwa.proxy.http.HeadReader;
import dev.hakoniwa.proxy.http.Malformed;
import dev.hakoniwa.proxy.http.Request;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client's connection: takes its requests one after the other. Nothing is read from the socket that cannot be passed
/// on, beyond what one read brings.
final class Client {
    /// How long a client may go on sending after the answer that ends its connection. Were it closed at once, what the
    /// client still sends would have the connection reset, and the answer could be lost with it.
    private static final long LINGER = TimeUnit.SECONDS.toNanos(2);

    private enum Phase {
        /// A request's head is awaited, or part of it has come.
        HEAD,
        /// The body of the request under way is still coming.
        BODY,
        /// The request has come; its answer has not been sent yet.
        WAITING,
        /// The connection has changed its protocol.
        TUNNEL,
        /// The answer was sent before the body had come.
        DISCARD,
        LINGER,
        CLOSED
    }

    private final Loop loop;
    private final NetSocket socket;
    private final Gate gate;
    private final Address peer;
    private final long born;
    private final HeadReader heads = HeadReader.ofRequests();
    private Phase phase = Phase.HEAD;
    private @Nullable Buffer held;
    private int at;
    private boolean working;
    private boolean paused;
    private Body body = Body.none();
    private @Nullable Exchange exchange;
    private @Nullable Site site;
    private long active;
    private long watchedFor;
    private long timer;

    Client(Loop loop, NetSocket socket, Gate gate) {
        this.loop = loop;
        this.socket = socket;
        this.gate = gate;
        var remote = socket.remoteAddress();
        this.peer = new Address(withoutZone(remote.hostAddress()), remote.port());
        this.born = loop.nanos();
        this.active = born;
        this.site = gate.entrance().oldest();
        socket.handler(this::received);
        socket.exceptionHandler(_ -> {});
        socket.drainHandler(_ -> drained());
        socket.closeHandler(_ -> closed());
        watch(idleLimit());
    }

    Loop loop() {
        return loop;
    }

    Gate gate() {
        return gate;
    }

    void write(Buffer buffer) {
        if (buffer.length() == 0) {
            return;
        }
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

    /// Something has moved, on this connection or on the one that it waits for.
    void touch() {
        active = loop.nanos();
    }

    boolean hasSentAll() {
        return body.isComplete();
    }

    /// Whether the connection may outlive its answer to this request.
    boolean keepsAlive(Request request, Duration longest) {
        return request.keepsAlive() && loop.nanos() - born < longest.toNanos();
    }

    /// From now on bytes pass as they come.
    void tunnel() {
        phase = Phase.TUNNEL;
        resume();
        work();
    }

    /// The answer is written.
    void finished(boolean keepAlive) {
        exchange = null;
        if (phase == Phase.CLOSED) {
            return;
        }
        touch();
        if (!keepAlive && body.isComplete()) {
            close();
            return;
        }
        phase = !keepAlive ? Phase.LINGER : body.isComplete() ? Phase.HEAD : Phase.DISCARD;
        if (phase == Phase.LINGER) {
            Sockets.endOutput(socket);
            watch(LINGER);
        }
        resume();
        work();
    }

    /// Closes once everything that was written has been sent.
    void close() {
        if (phase != Phase.CLOSED) {
            phase = Phase.CLOSED;
            exchange = null;
            var _ = socket.close();
        }
    }

    /// Closes at once; what was written and not yet sent may be lost.
    void abort() {
        phase = Phase.CLOSED;
        exchange = null;
        Sockets.abort(socket);
    }

    private void received(Buffer buffer) {
        if (phase != Phase.LINGER) {
            touch();
        }
        if (held == null) {
            held = buffer;
            at = 0;
        } else {
            held = Buffer.buffer(held.length() - at + buffer.length())
                    .appendBuffer(held, at, held.length() - at)
                    .appendBuffer(buffer);
            at = 0;
        }
        work();
    }

    /// Goes on for as long as there are bytes and somebody takes them. An answer that comes at once calls this from
    /// within itself, so that only the outermost call works.
    private void work() {
        if (working) {
            return;
        }
        working = true;
        try {
            while (held != null && step(held)) {
                if (held != null && at == held.length()) {
                    held = null;
                }
            }
        } catch (Malformed e) {
            malformed(e.status());
        } finally {
            working = false;
        }
    }

    /// Does what comes next; false if it can't before something else has happened.
    private boolean step(Buffer bytes) {
        switch (phase) {
            case HEAD -> readHead(bytes);
            case BODY -> readBody(bytes);
            case TUNNEL -> exchange().clientSent(rest(bytes));
            case DISCARD -> {
                at = body.take(bytes, at);
                phase = body.isComplete() ? Phase.HEAD : Phase.DISCARD;
            }
            case LINGER, CLOSED -> at = bytes.length();
            case WAITING -> {
                pause();
                return false;
            }
        }
        return true;
    }

    private void readHead(Buffer bytes) {
        at = heads.take(bytes, at);
        var head = heads.next();
        if (head != null) {
            begin(Request.of(head), bytes);
        }
    }

    private void begin(Request request, Buffer bytes) {
        var entrance = gate.entrance();
        var host = request.host();
        var chosen = entrance.site(host == null ? null : Entrance.name(host));
        site = chosen;
        if (chosen == null) {
            refuse(503);
            return;
        }
        if (request.method().equals("TRACE") || request.method().equals("CONNECT")) {
            refuse(405);
            return;
        }
        body = request.body();
        var from = at;
        at = body.take(bytes, at);
        phase = body.isComplete() ? Phase.WAITING : Phase.BODY;
        var relayed = gate.relayed(request);
        exchange = new Exchange(this, chosen, request, relayed == null ? peer : relayed);
        if (idleLimit() < watchedFor) {
            watch(idleLimit());
        }
        var translated = socket.localAddress().port() != chosen.port();
        exchange.start(at > from ? bytes.slice(from, at) : null, translated);
    }

    private void readBody(Buffer bytes) {
        var from = at;
        at = body.take(bytes, at);
        if (body.isComplete()) {
            phase = Phase.WAITING;
        }
        exchange().clientSent(bytes.slice(from, at));
    }

    private Buffer rest(Buffer bytes) {
        var rest = at == 0 ? bytes : bytes.slice(at, bytes.length());
        at = bytes.length();
        return rest;
    }

    private Exchange exchange() {
        return Objects.requireNonNull(exchange);
    }

    private void malformed(int status) {
        held = null;
        if (exchange == null) {
            refuse(status);
        } else {
            exchange.clientBroke(status);
        }
    }

    /// Answers a request that nothing more can be said of, and ends the connection.
    private void refuse(int status) {
        if (site != null) {
            site.counters().request();
            site.counters().answered(status);
        }
        var output = loop.output();
        Answer.page(status).write(output, loop.date(), true, false);
        write(output.toBuffer());
        Sockets.endOutput(socket);
        phase = Phase.LINGER;
        watch(LINGER);
        resume();
    }

    private void drained() {
        if (exchange != null) {
            touch();
            exchange.clientDrained();
        }
    }

    private void closed() {
        phase = Phase.CLOSED;
        held = null;
        loop.cancel(timer);
        if (exchange != null) {
            exchange.clientGone();
            exchange = null;
        }
    }

    private long idleLimit() {
        var attributes = site == null ? LoadBalancer.Attributes.DEFAULT : site.attributes();
        return phase == Phase.LINGER ? LINGER : attributes.idleTimeout().toNanos();
    }

    private void watch(long nanos) {
        loop.cancel(timer);
        watchedFor = nanos;
        timer = loop.timer(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, this::look);
    }

    /// Sees whether the connection has been silent for too long. In the long run this is the only thing that an idle
    /// connection costs.
    private void look() {
        if (phase == Phase.CLOSED) {
            return;
        }
        var left = idleLimit() - (loop.nanos() - active);
        if (left <= 0) {
            silent();
            left = idleLimit();
        }
        if (phase != Phase.CLOSED) {
            watch(left);
        }
    }

    private void silent() {
        switch (phase) {
            case HEAD -> {
                if (heads.isUnderWay()) {
                    refuse(408);
                } else {
                    close();
                }
            }
            case BODY -> {
                if (paused) {
                    exchange().fail(504);
                } else {
                    exchange().clientBroke(408);
                }
            }
            case WAITING, TUNNEL -> exchange().fail(504);
            case DISCARD, LINGER -> abort();
            case CLOSED -> {}
        }
    }

    private static String withoutZone(String address) {
        var zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
