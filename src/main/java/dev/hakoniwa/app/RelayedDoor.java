package dev.hakoniwa.app;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.docker.OwnNetwork;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.CompletionException;

/// Where a [Relay] brings what tasks ask for: a port of this container's own network. Who comes otherwise is turned
/// away, be it a task in the same network: the relay knows a password, and calls from the machine's address there.
final class RelayedDoor implements AutoCloseable {
    private final OwnNetwork.Place place;
    private final InetAddress password;
    private final HttpServer server;

    private RelayedDoor(OwnNetwork.Place place, InetAddress password, HttpServer server) {
        this.place = place;
        this.password = password;
        this.server = server;
    }

    /// @param who answers a request, whose remote address is that of who called the relay, and whose local port is the
    ///     one that was called there
    static RelayedDoor open(Vertx vertx, OwnNetwork.Place place, InetAddress password, Handler<HttpServerRequest> who) {
        var server = vertx.createHttpServer(options())
                .connectionHandler(connection -> {
                    if (!isOfRelay(connection, place, password)) {
                        connection.close();
                    }
                })
                .requestHandler(request -> {
                    // What came in one piece with a false introduction is here before the connection is closed.
                    if (isOfRelay(request.connection(), place, password)) {
                        who.handle(request);
                    }
                });
        try {
            server.listen(0, place.address())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new RelayedDoor(place, password, server);
        } catch (CompletionException e) {
            throw new EngineException(Kind.REFUSED, "no port of %s can be bound".formatted(place.address()), e);
        }
    }

    /// Where HTTP/2 might come, nobody would look at a connection before its first request.
    private static HttpServerOptions options() {
        return new HttpServerOptions().setUseProxyProtocol(true).setHttp2ClearTextEnabled(false);
    }

    /// An address that nobody has, and nobody can guess.
    static InetAddress password(Ids ids) {
        return InetAddress.ofLiteral("fd00" + ids.hex(28).replaceAll("....", ":$0"));
    }

    private static boolean isOfRelay(HttpConnection connection, OwnNetwork.Place place, InetAddress password) {
        return place.gateway().equals(connection.remoteAddress(true).hostAddress())
                && password.getHostAddress().equals(connection.localAddress().hostAddress());
    }

    OwnNetwork.Place place() {
        return place;
    }

    /// What the relay is told by its environment.
    ///
    /// @param port the API's
    Map<String, String> toRelay(int port) {
        return Map.of(
                Relay.PORTS,
                TaskDoor.USUAL_PORT + " " + port,
                Relay.EMULATOR,
                place.address() + ":" + server.actualPort(),
                Relay.PASSWORD,
                password.getHostAddress());
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
