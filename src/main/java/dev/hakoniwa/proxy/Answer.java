package dev.hakoniwa.proxy;

import dev.hakoniwa.proxy.http.Output;
import dev.hakoniwa.proxy.http.Phrases;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An answer of the load balancer's own.
///
/// @param location where a redirect leads; absent for any other answer
record Answer(
        int status,
        String contentType,
        String body,
        @Nullable String location) {

    /// An error, or the page of a redirect.
    static Answer page(int status) {
        return new Answer(status, "text/html", html(status), null);
    }

    static Answer redirect(int status, String location) {
        return new Answer(status, "text/html", html(status), location);
    }

    static Answer fixed(Action.FixedResponse response) {
        var type = response.contentType();
        var full = type.isEmpty() || type.contains("charset") ? type : type + "; charset=utf-8";
        return new Answer(response.status(), full, response.body(), null);
    }

    /// @param withBody whether the request's method lets an answer have a body
    void write(Output output, String date, boolean withBody, boolean keepAlive) {
        output.text("HTTP/1.1 ")
                .number(status)
                .text(" ")
                .text(Phrases.of(status))
                .newLine();
        output.line("Server", "awselb/2.0").line("Date", date);
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var mayHaveBody = status != 204 && status != 304;
        if (mayHaveBody) {
            if (!contentType.isEmpty()) {
                output.line("Content-Type", contentType);
            }
            output.text("Content-Length: ").number(bytes.length).newLine();
        }
        if (location != null) {
            output.line("Location", location);
        }
        output.line("Connection", keepAlive ? "keep-alive" : "close").newLine();
        if (mayHaveBody && withBody) {
            output.bytes(bytes, 0, bytes.length);
        }
    }

    /// The codes of AWS's own invention have no phrase, and no page either.
    private static String html(int status) {
        if (Phrases.of(status).isEmpty()) {
            return "";
        }
        return """
                <html>\r
                <head><title>%1$d %2$s</title></head>\r
                <body>\r
                <center><h1>%1$d %2$s</h1></center>\r
                </body>\r
                </html>\r
                """.formatted(status, Phrases.of(status));
    }
}
