package dev.hakoniwa.ecr.registry;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jboss.logging.Logger;

/// Sends answers, on the event loop.
final class Reply {
    private static final Logger LOG = Logger.getLogger(Reply.class);

    private Reply() {}

    static Answer error(RegistryError error) {
        return Answer.json(error.status(), Json.error(error));
    }

    static void send(HttpServerRequest request, RequestBody body, Answer answer) {
        var response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        write(request, response, answer);
        body.discard();
    }

    private static void write(HttpServerRequest request, HttpServerResponse response, Answer answer) {
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        if (answer.status() != 204) {
            response.putHeader("Content-Length", Long.toString(answer.length()));
        }
        if (request.method().name().equals("HEAD") || answer.length() == 0) {
            var _ = response.end();
            return;
        }
        switch (answer.content()) {
            case Answer.Content.Nothing() -> {
                var _ = response.end();
            }
            case Answer.Content.Bytes(var bytes) -> {
                var _ = response.end(Buffer.buffer(bytes));
            }
            case Answer.Content.Part part -> sendFile(request, response, part);
        }
    }

    private static void sendFile(HttpServerRequest request, HttpServerResponse response, Answer.Content.Part part) {
        var _ = response.sendFile(part.file().toString(), part.first(), part.length())
                .onFailure(failure -> {
                    LOG.debugf("%s was not sent whole: %s", part.file(), failure.getMessage());
                    if (response.headWritten()) {
                        var _ = request.connection().close();
                    } else {
                        response.headers().clear();
                        write(request, response, error(RegistryError.blobUnknown()));
                    }
                });
    }
}
