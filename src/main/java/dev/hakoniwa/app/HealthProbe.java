package dev.hakoniwa.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Asks whoever answers at an address whether it is an emulator, and how it is.
final class HealthProbe {
    private static final int PATIENCE = Math.toIntExact(Duration.ofSeconds(5).toMillis());
    private static final int LONGEST_ANSWER = 64 * 1024;

    /// What became of it.
    sealed interface Finding {
        /// An emulator answers.
        record Emulator(String instance, String version, String engine) implements Finding {}

        /// Nobody listens there, or somebody who is no emulator.
        record NoEmulator(String reason) implements Finding {}

        /// Somebody may be there, and can't be understood, or doesn't answer in time.
        record Silence(String reason) implements Finding {}
    }

    private HealthProbe() {}

    /// @param endpoint such as `http://localhost:4566`
    static Finding ask(String endpoint) {
        try {
            var connection = (HttpURLConnection)
                    URI.create(endpoint + "/_hakoniwa/health").toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return new Finding.NoEmulator("something else answers");
            }
            try (var body = connection.getInputStream()) {
                return finding(new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
            }
        } catch (ConnectException e) {
            return new Finding.NoEmulator(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Finding.Silence(String.valueOf(e.getMessage()));
        }
    }

    private static Finding finding(String answer) {
        JsonNode health;
        try {
            health = new ObjectMapper().readTree(answer);
        } catch (IOException _) {
            return new Finding.NoEmulator("something else answers");
        }
        if (!health.path("instance").isTextual()) {
            return new Finding.Silence("an emulator of another version answers");
        }
        return new Finding.Emulator(
                health.path("instance").textValue(),
                health.path("version").asText(),
                health.path("engine").path("detail").asText());
    }
}
