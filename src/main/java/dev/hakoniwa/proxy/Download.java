package dev.hakoniwa.proxy;

import dev.hakoniwa.proxy.http.Body;
import dev.hakoniwa.proxy.http.Request;
import dev.hakoniwa.proxy.http.Response;
import dev.hakoniwa.proxy.http.Version;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// The body of an answer on its way to the client, in a framing that the client understands.
final class Download {
    private enum Coding {
        AS_IT_IS,
        /// A body that ends with the target's connection gets chunks, for the client's connection to outlive it.
        INTO_CHUNKS,
        /// A client of HTTP/1.0 knows no chunks: its body ends with its connection.
        OUT_OF_CHUNKS,
        /// Whatever the protocol is that the connection has changed to.
        TUNNEL
    }

    private final Body body;
    private final Coding coding;
    private final boolean endsWithConnection;
    private int taken;

    private Download(Body body, Coding coding, boolean endsWithConnection) {
        this.body = body;
        this.coding = coding;
        this.endsWithConnection = endsWithConnection;
    }

    static Download of(Response response, Request request) {
        if (response.status() == 101) {
            return new Download(Body.untilClose(), Coding.TUNNEL, false);
        }
        var body = response.body(request);
        if (!response.hasBody(request)) {
            return new Download(body, Coding.AS_IT_IS, false);
        }
        var modern = request.version() == Version.HTTP_1_1;
        if (response.endsWithConnection()) {
            return new Download(body, modern ? Coding.INTO_CHUNKS : Coding.AS_IT_IS, true);
        }
        return new Download(body, response.isChunked() && !modern ? Coding.OUT_OF_CHUNKS : Coding.AS_IT_IS, false);
    }

    boolean isTunnel() {
        return coding == Coding.TUNNEL;
    }

    /// Whether the client can tell the end of the body without the end of its connection.
    boolean mayKeepAlive() {
        return switch (coding) {
            case AS_IT_IS -> !endsWithConnection;
            case INTO_CHUNKS -> true;
            case OUT_OF_CHUNKS, TUNNEL -> false;
        };
    }

    /// What the client gets of the bytes that the target sent, beginning at `from`.
    Buffer take(Buffer buffer, int from) {
        if (coding == Coding.OUT_OF_CHUNKS) {
            var content = Buffer.buffer();
            taken = body.take(buffer, from, content);
            return content;
        }
        taken = body.take(buffer, from);
        var piece = from == 0 && taken == buffer.length() ? buffer : buffer.slice(from, taken);
        return coding == Coding.INTO_CHUNKS ? chunk(piece) : piece;
    }

    /// Where the last call of [#take] has stopped.
    int taken() {
        return taken;
    }

    boolean isComplete() {
        return body.isComplete();
    }

    /// What is still to be sent when the target closes; absent if its answer is cut short by that.
    @Nullable
    Buffer end() {
        if (!endsWithConnection) {
            return null;
        }
        return coding == Coding.INTO_CHUNKS ? Buffer.buffer("0\r\n\r\n") : Buffer.buffer();
    }

    private static Buffer chunk(Buffer piece) {
        if (piece.length() == 0) {
            return piece;
        }
        return Buffer.buffer(piece.length() + 12)
                .appendString(Integer.toHexString(piece.length()))
                .appendString("\r\n")
                .appendBuffer(piece)
                .appendString("\r\n");
    }
}
