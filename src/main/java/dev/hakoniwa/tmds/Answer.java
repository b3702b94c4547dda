package dev.hakoniwa.tmds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/// What a task gets back.
record Answer(int status, Map<String, String> headers, String body) {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    static Answer of(JsonNode body) {
        return of(200, body);
    }

    static Answer of(int status, JsonNode body) {
        return new Answer(status, JSON, body.toString());
    }

    /// An error of the metadata endpoints is a JSON string.
    static Answer error(int status, String text) {
        return of(status, TextNode.valueOf(text));
    }

    /// An error of the credentials endpoint.
    static Answer error(int status, String code, String message) {
        return of(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("code", code)
                        .put("message", message)
                        .put("HTTPErrorCode", status));
    }

    static Answer bare(int status) {
        return new Answer(status, Map.of(), "");
    }

    static Answer moved(String location) {
        return new Answer(301, Map.of("Location", location), "");
    }

    static Answer noSuchPage() {
        return new Answer(404, Map.of("Content-Type", "text/plain; charset=utf-8"), "404 page not found\n");
    }
}
