package dev.hakoniwa.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.IOException;
import java.util.function.Consumer;

/// The JSON values that an answer of the daemon's streams, one after the other.
final class JsonLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLines() {}

    /// Tells each value when it comes, until the stream ends.
    static void read(Response response, Consumer<JsonNode> listener) throws IOException {
        try (var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(response.getBody())) {
            while (values.hasNextValue()) {
                listener.accept(values.nextValue());
            }
        }
    }
}
