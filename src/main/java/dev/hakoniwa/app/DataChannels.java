package dev.hakoniwa.app;

import dev.hakoniwa.ecs.exec.Connection;
import dev.hakoniwa.ecs.exec.Sessions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import org.jboss.logging.Logger;

/// Brings WebSockets to the sessions of ECS Exec.
final class DataChannels {
    private static final Logger LOG = Logger.getLogger(DataChannels.class);
    private static final String PATH = "/v1/data-channel/";

    private DataChannels() {}

    static boolean isOne(HttpServerRequest request, String path) {
        return path.startsWith(PATH) && request.headers().contains(HttpHeaders.UPGRADE);
    }

    /// Who asks for a session that isn't there gets 404, before anything is upgraded.
    static void open(HttpServerRequest request, String path, Sessions sessions) {
        var id = path.substring(PATH.length());
        if (!sessions.exists(id)) {
            request.response().setStatusCode(404).end();
            return;
        }
        request.toWebSocket()
                .onSuccess(socket -> connect(socket, id, sessions))
                .onFailure(e -> LOG.debugf("no WebSocket for session %s: %s", id, e.getMessage()));
    }

    private static void connect(ServerWebSocket socket, String id, Sessions sessions) {
        var channel = sessions.open(id, new Socket(socket));
        if (channel.isEmpty()) {
            socket.close();
            return;
        }
        socket.textMessageHandler(channel.get()::text);
        socket.binaryMessageHandler(message -> channel.get().binary(message.getBytes()));
        socket.closeHandler(_ -> channel.get().closed());
        socket.exceptionHandler(e -> LOG.debugf("the WebSocket of session %s: %s", id, e.getMessage()));
    }

    /// Writes may come from any thread: Vert.x keeps their order.
    private record Socket(ServerWebSocket socket) implements Connection {
        @Override
        public void send(byte[] frame) {
            if (!socket.isClosed()) {
                var _ = socket.writeBinaryMessage(Buffer.buffer(frame));
            }
        }

        @Override
        public void close(int code, String reason) {
            if (!socket.isClosed()) {
                var _ = socket.close((short) code, reason);
            }
        }
    }
}
