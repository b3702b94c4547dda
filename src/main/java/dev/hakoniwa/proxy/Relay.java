package dev.hakoniwa.proxy;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.proxy.http.Field;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Passes on what somebody else's HTTP server has received: sends it through a gate of the proxy's own, which only this
/// class has the key to, so that it is treated as any other request.
final class Relay implements AutoCloseable {
    private static final int CONNECTIONS = 10_000;

    private final Vertx vertx;
    private final Loops loops;
    private final HttpClient client;
    private final String key = Ids.random().hex(32);
    private final Gate gate;
    private @Nullable Future<Address> door;

    Relay(Vertx vertx, Loops loops, Duration connectTimeout) {
        this.vertx = vertx;
        this.loops = loops;
        this.gate = new Gate(connectTimeout, key);
        var options = new HttpClientOptions().setMaxHeaderSize(64 * 1024).setMaxInitialLineLength(32 * 1024);
        client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    /// Who sent a relayed request; absent if the text was not written by the holder of the key.
    static @Nullable Address client(String text, String key) {
        var parts = text.split(" ", -1);
        if (parts.length != 3 || !MessageDigest.isEqual(bytes(parts[0]), bytes(key))) {
            return null;
        }
        return new Address(parts[1], Integer.parseInt(parts[2]));
    }

    Gate gate() {
        return gate;
    }

    /// @param name a host in lower case and without port
    boolean leadsTo(String name) {
        return gate.entrance().byName().containsKey(name);
    }

    void pass(HttpServerRequest request) {
        request.pause();
        var here = vertx.getOrCreateContext();
        door().onComplete(address -> here.runOnContext(_ -> pass(request, address)));
    }

    private void pass(HttpServerRequest request, AsyncResult<Address> to) {
        if (to.failed()) {
            giveUp(request);
            return;
        }
        var options = new RequestOptions()
                .setHost(to.result().host())
                .setPort(to.result().port())
                .setMethod(request.method())
                .setURI(request.uri());
        client.request(options)
                .compose(onward -> send(request, onward))
                .onFailure(_ -> giveUp(request))
                .onComplete(_ -> request.connection().closeHandler(null));
    }

    @Override
    public void close() {
        var _ = client.close();
    }

    /// Where the gate is, which opens at the first request that is relayed.
    private synchronized Future<Address> door() {
        if (door == null) {
            door = loops.start()
                    .compose(_ -> Opening.assigned(loops.all(), Doors.LOOPBACK, gate))
                    .map(Opening::address);
        }
        return door;
    }

    private Future<Void> send(HttpServerRequest request, HttpClientRequest onward) {
        var from = request.remoteAddress();
        onward.headers().setAll(request.headers());
        if (!request.headers().contains("host")) {
            onward.putHeader("host", Objects.requireNonNull(request.authority()).toString());
        }
        var source = InetAddress.ofLiteral(from.hostAddress()).getHostAddress(); // IPv4 may come as IPv6
        onward.putHeader(Field.RELAY.toString(), key + " " + source + " " + from.port());
        onward.exceptionHandler(_ -> {});
        request.connection().closeHandler(_ -> onward.reset());
        if (request.headers().contains("upgrade")) {
            return onward.connect().compose(answer -> upgrade(request, answer));
        }
        var sent = hasBody(request) ? onward.send(request) : onward.send();
        return sent.compose(answer -> answer(request, answer));
    }

    private static boolean hasBody(HttpServerRequest request) {
        var headers = request.headers();
        return headers.contains("content-length")
                || headers.contains("transfer-encoding")
                || (request.version() == HttpVersion.HTTP_2 && !request.isEnded());
    }

    private Future<Void> answer(HttpServerRequest request, HttpClientResponse answer) {
        var response = request.response();
        response.setStatusCode(answer.statusCode()).setStatusMessage(answer.statusMessage());
        response.headers().setAll(answer.headers());
        return answer.pipeTo(response);
    }

    private Future<Void> upgrade(HttpServerRequest request, HttpClientResponse answer) {
        if (answer.statusCode() != 101) {
            request.resume();
            return answer(request, answer);
        }
        var target = answer.netSocket();
        target.pause();
        request.response().headers().setAll(answer.headers());
        request.response().setStatusCode(101).setStatusMessage(answer.statusMessage());
        return request.toNetSocket().onSuccess(socket -> join(socket, target)).mapEmpty();
    }

    private static void join(NetSocket one, NetSocket other) {
        one.pipeTo(other);
        other.pipeTo(one);
        one.exceptionHandler(_ -> {});
        other.exceptionHandler(_ -> {});
        one.closeHandler(_ -> other.close());
        other.closeHandler(_ -> one.close());
    }

    private static void giveUp(HttpServerRequest request) {
        if (!request.response().headWritten()) {
            request.response().setStatusCode(502).end();
        } else {
            request.connection().close();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
