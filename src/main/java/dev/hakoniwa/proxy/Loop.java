package dev.hakoniwa.proxy;

import dev.hakoniwa.proxy.http.Output;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One event loop and what its connections share. All but [#run] is called on the loop's own thread.
///
/// Sockets live in the world's time: how long one has been silent is measured by the machine's clock, however fast the
/// emulator's runs. Dates, cookies and trace ids carry the emulator's.
final class Loop extends AbstractVerticle {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final long CLOCK_LIFE = TimeUnit.MILLISECONDS.toNanos(50);

    private final int index;
    private final InstantSource clock;
    private final Output output = new Output();
    private final SplittableRandom random = new SplittableRandom();
    private volatile @Nullable Context running;
    private @Nullable NetClient plain;
    private @Nullable NetClient tls;
    private Instant now;
    private long readAt;
    private String date = "";

    Loop(int index, InstantSource clock) {
        this.index = index;
        this.clock = clock;
        this.now = clock.instant();
        this.readAt = nanos();
    }

    @Override
    public void start() {
        running = context;
        plain = vertx.createNetClient(clientOptions());
        tls = vertx.createNetClient(
                clientOptions().setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm(""));
    }

    int index() {
        return index;
    }

    /// Runs it on the loop's thread, soon. A loop that has not started yet has nothing to run it on.
    void run(Runnable action) {
        var where = running;
        if (where != null) {
            where.runOnContext(_ -> action.run());
        }
    }

    /// Runs it on the loop's thread and tells what came of it.
    <T> Future<T> call(Supplier<Future<T>> action) {
        var result = Promise.<T>promise();
        run(() -> action.get().onComplete(result));
        return result.future();
    }

    /// Has this loop accept connections. Loops that listen at the same address share it.
    Future<NetServer> listen(String host, int port, Gate gate) {
        return call(() -> vertx.createNetServer()
                .connectHandler(socket -> new Client(this, socket, gate))
                .listen(port, host));
    }

    long timer(long millis, Runnable action) {
        return vertx.setTimer(Math.max(1, millis), _ -> action.run());
    }

    void cancel(long timer) {
        vertx.cancelTimer(timer);
    }

    /// Opens a connection. There is none to be had any longer once the loop has been stopped.
    Future<NetSocket> connect(Address address, boolean overTls) {
        try {
            return Objects.requireNonNull(overTls ? tls : plain).connect(address.port(), address.host());
        } catch (IllegalStateException e) {
            return Future.failedFuture(e);
        }
    }

    SplittableRandom random() {
        return random;
    }

    /// An empty output; what was written to it before is gone.
    Output output() {
        return output.clear();
    }

    /// The world's time, for what sockets wait for.
    long nanos() {
        return System.nanoTime();
    }

    /// The emulator's time, read again when it is older than 50 ms.
    Instant now() {
        var nanos = nanos();
        if (nanos - readAt > CLOCK_LIFE) {
            readAt = nanos;
            var instant = clock.instant();
            if (instant.getEpochSecond() != now.getEpochSecond()) {
                date = "";
            }
            now = instant;
        }
        return now;
    }

    /// The emulator's time as the `Date` header tells it.
    String date() {
        var instant = now();
        if (date.isEmpty()) {
            date = date(instant);
        }
        return date;
    }

    static String date(Instant instant) {
        return DATE.format(instant);
    }

    /// The time limit for connecting is kept by [Pool], which can tell it from other failures.
    private static NetClientOptions clientOptions() {
        return new NetClientOptions().setConnectTimeout((int) TimeUnit.MINUTES.toMillis(2));
    }
}
