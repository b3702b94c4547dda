package dev.hakoniwa.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// Makes a few lines of the thousands that a daemon tells of a pull.
final class PullProgress {
    private static final String DIGEST = "Digest: ";

    private final Consumer<String> listener;
    private final Set<String> layers = new HashSet<>();
    private final Set<String> ready = new HashSet<>();
    private String digest = "";

    PullProgress(Consumer<String> listener) {
        this.listener = listener;
    }

    void hear(JsonNode message) {
        var status = message.path("status").asText();
        switch (status) {
            case "Pulling fs layer" -> layers.add(layer(message));
            case "Pull complete", "Already exists" -> {
                layers.add(layer(message));
                if (ready.add(layer(message))) {
                    listener.accept(ready.size() + " of " + layers.size() + " layers ready");
                }
            }
            default -> hearLine(status);
        }
    }

    /// What the daemon said the image's digest is; empty if it has not.
    String digest() {
        return digest;
    }

    private void hearLine(String status) {
        if (status.startsWith(DIGEST)) {
            digest = status.substring(DIGEST.length());
        }
        if (status.startsWith(DIGEST) || status.startsWith("Status: ") || status.startsWith("Pulling from ")) {
            listener.accept(status);
        }
    }

    private static String layer(JsonNode message) {
        return message.path("id").asText();
    }
}
