package dev.hakoniwa.app;

import dev.hakoniwa.aws.Router;
import dev.hakoniwa.aws.WireRequest;
import dev.hakoniwa.aws.WireResponse;
import io.vertx.core.Vertx;
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

    /// Reads the body and answers on the event loop, as an operation is one step of microseconds; the few that write
    /// files are answered on a thread of their own.
    static void answer(HttpServerRequest request, Router router, Vertx vertx) {
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
                answer(request, wireRequest(request, body), router, vertx);
            }
        });
    }

    private static void answer(HttpServerRequest request, WireRequest wire, Router router, Vertx vertx) {
        if (router.blocks(wire)) {
            vertx.executeBlocking(() -> router.answer(wire), false).onSuccess(answer -> send(request, answer));
        } else {
            send(request, router.answer(wire));
        }
    }

    private static WireRequest wireRequest(HttpServerRequest request, Buffer body) {
        var headers = new LinkedHashMap<String, String>();
        for (Map.Entry<String, String> header : request.headers()) {
            headers.merge(header.getKey(), header.getValue(), (a, b) -> a + "," + b);
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
