package dev.hakoniwa.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Containers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads what containers use. The daemon takes two seconds for a reading with an earlier one to compare; one alone
/// comes at once, so the earlier ones are remembered here.
final class StatsReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");
    private static final Duration APART = Duration.ofSeconds(1);

    private final Daemon daemon;
    private final Map<ContainerId, Reading> earlier = new ConcurrentHashMap<>();

    StatsReader(Daemon daemon) {
        this.daemon = daemon;
    }

    private record Reading(String text, Instant at, JsonNode processor) {}

    /// The container's statistics; empty if it does not run.
    Optional<String> read(ContainerId id) {
        var stats = ask("/containers/" + id + "/stats", Map.of("stream", "false", "one-shot", "true"));
        var text = stats.path("read").asText();
        var at = Instant.parse(text);
        if (at.equals(NEVER)) {
            forget(id);
            return Optional.empty();
        }
        var before = earlier.get(id);
        if (before != null) {
            stats.put("preread", before.text);
            stats.set("precpu_stats", before.processor);
        }
        if (before == null || !at.isBefore(before.at.plus(APART))) {
            earlier.put(id, new Reading(text, at, stats.path("cpu_stats")));
        }
        return Optional.of(stats.toString());
    }

    /// docker-java knows the sizes of lists alone.
    Containers.Size size(ContainerId id) {
        var container = ask("/containers/" + id + "/json", Map.of("size", "true"));
        var written = container.path("SizeRw").asLong();
        return new Containers.Size(container.path("SizeRootFs").asLong() - written, written);
    }

    void forget(ContainerId id) {
        earlier.remove(id);
    }

    private ObjectNode ask(String path, Map<String, String> parameters) {
        try (var response = daemon.get(path, parameters)) {
            return (ObjectNode) JSON.readTree(response.getBody());
        } catch (JsonProcessingException | ClassCastException e) {
            throw new IllegalStateException("the answer to " + path + " is not understood", e);
        } catch (IOException e) {
            throw daemon.failure(e);
        }
    }
}
