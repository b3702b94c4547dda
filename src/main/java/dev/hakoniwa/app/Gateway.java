package dev.hakoniwa.app;

import dev.hakoniwa.aws.Router;
import dev.hakoniwa.aws.WireRequest;
import dev.hakoniwa.aws.WireResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/// Brings HTTP to the AWS wire: one request in, one answer out.
final class Gateway {
    /// The largest request of any operation here is PutLogEvents with 1 MiB and an image layer's part with 20 MiB in
    /// base64; what is larger is refused before it is read.
    private static final int LARGEST_BODY = 32 * 1024 * 1024;

    private Gateway() {}

    /// Reads the body and answers on the event loop: an operation is one step of microseconds.
    static void answer(HttpServerRequest request, Router router) {
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= LARGEST_BODY) {
                body.appendBuffer(chunk);
            } else {
                request.handler(null);
                request.response()
                        .setStatusCode(413)
                        .putHeader("Connection", "close")
                        .end();
            }
        });
        request.endHandler(_ -> {
            if (!request.response().ended()) {
                send(request, router.answer(wireRequest(request, body)));
            }
        });
    }

    private static WireRequest wireRequest(HttpServerRequest request, Buffer body) {
        var headers = new LinkedHashMap<String, String>();
        for (Map.Entry<String, String> header : request.headers()) {
            headers.merge(header.getKey().toLowerCase(java.util.Locale.ROOT), header.getValue(), (a, b) -> a + "," + b);
        }
        var query = request.query() == null ? "" : request.query();
        var path = request.path() == null ? "/" : request.path();
        return new WireRequest(request.method().name(), path, query, headers, body.getBytes());
    }

    private static void send(HttpServerRequest request, WireResponse answer) {
        var response = request.response().setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(answer.body()));
    }
}
