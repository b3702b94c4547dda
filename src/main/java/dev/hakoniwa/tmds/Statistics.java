package dev.hakoniwa.tmds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hakoniwa.ecs.Agent;
import dev.hakoniwa.ecs.ContainerMetadata;
import dev.hakoniwa.ecs.TaskMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;

/// Tells what containers use: the engine's statistics, with those of the network, which belong to the task's namespace,
/// and how fast it goes over the network.
final class Statistics {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANOS = 1e9;
    private static final int REMEMBERED = 4_096;

    private final Agent agent;
    private final Map<String, Traffic> earlier = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Traffic> eldest) {
            return size() > REMEMBERED;
        }
    };

    Statistics(Agent agent) {
        this.agent = agent;
    }

    private record Traffic(Instant at, long received, long sent) {
        static Traffic of(JsonNode stats) {
            var networks = stats.path("networks");
            return new Traffic(
                    Instant.parse(stats.path("read").asText()), sum(networks, "rx_bytes"), sum(networks, "tx_bytes"));
        }

        private static long sum(JsonNode networks, String counter) {
            return StreamSupport.stream(networks.spliterator(), false)
                    .mapToLong(network -> network.path(counter).asLong())
                    .sum();
        }
    }

    /// By the ids of the task's containers; null stands for one that doesn't run.
    ObjectNode of(TaskMetadata task, Version version) {
        var all = JsonNodeFactory.instance.objectNode();
        task.containers().stream()
                .filter(container -> !container.engineId().isEmpty())
                .forEach(container -> all.set(container.id(), of(task, container, version)));
        return all;
    }

    JsonNode of(TaskMetadata task, ContainerMetadata container, Version version) {
        var found = agent.stats(container.engineId());
        if (found.isEmpty()) {
            return NullNode.instance;
        }
        var stats = parse(found.get());
        if (!task.namespace().isEmpty()) {
            agent.stats(task.namespace())
                    .map(Statistics::parse)
                    .ifPresent(namespace -> stats.set("networks", namespace.path("networks")));
        }
        if (version == Version.V4 && stats.has("networks")) {
            putRates(stats, container.engineId());
        }
        return stats;
    }

    private synchronized void putRates(ObjectNode stats, String engineId) {
        var now = Traffic.of(stats);
        var before = earlier.put(engineId, now);
        if (before == null || !now.at.isAfter(before.at)) {
            return;
        }
        var seconds = Duration.between(before.at, now.at).toNanos() / NANOS;
        stats.set(
                "network_rate_stats",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("rx_bytes_per_sec", (now.received - before.received) / seconds)
                        .put("tx_bytes_per_sec", (now.sent - before.sent) / seconds));
    }

    private static ObjectNode parse(String stats) {
        try {
            return (ObjectNode) JSON.readTree(stats);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the engine's statistics are not JSON", e);
        }
    }
}
