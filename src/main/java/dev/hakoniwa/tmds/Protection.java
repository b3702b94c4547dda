package dev.hakoniwa.tmds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hakoniwa.ecs.Agent;
import dev.hakoniwa.ecs.TaskProtection;
import dev.hakoniwa.ecs.TaskProtection.Failed;
import dev.hakoniwa.ecs.TaskProtection.Refused;
import dev.hakoniwa.ecs.TaskProtection.Told;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A task's protection from its service, as the task itself asks for it (task-endpoints.md §5).
final class Protection {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String INVALID = "InvalidParameterException";

    private final Agent agent;

    Protection(Agent agent) {
        this.agent = agent;
    }

    /// What a PUT asks for.
    ///
    /// @param enabled null if it isn't told
    private record Wish(@Nullable Boolean enabled, @Nullable Integer minutes) {}

    /// @param id of a container of the task that asks; null if there is no such task
    Answer answer(String method, @Nullable String id, String body) {
        return switch (method) {
            case "GET" -> id == null ? noTask() : answer(agent.protection(id));
            case "PUT" -> put(id, body);
            default -> Answer.bare(405);
        };
    }

    private Answer put(@Nullable String id, String body) {
        var wish = read(body);
        if (wish.isEmpty()) {
            return error(400, INVALID, "UpdateTaskProtection: failed to decode request");
        }
        if (id == null) {
            return noTask();
        }
        var enabled = wish.get().enabled();
        if (enabled == null) {
            return error(400, INVALID, "Invalid request: does not contain 'ProtectionEnabled' field");
        }
        return answer(agent.protect(id, enabled, wish.get().minutes()));
    }

    private static Answer noTask() {
        return error(404, "ResourceNotFoundException", "Failed to find a task for the request");
    }

    private static Answer answer(TaskProtection protection) {
        return switch (protection) {
            case Told told ->
                answer(
                        "protection",
                        node -> node.put("ExpirationDate", text(told.until()))
                                .put("ProtectionEnabled", told.isProtected())
                                .put("TaskArn", told.taskArn()));
            case Failed failed ->
                answer(
                        "failure",
                        node -> node.put("Arn", failed.taskArn())
                                .putNull("Detail")
                                .put("Reason", failed.reason()));
            case Refused refused -> error(refused.status(), refused.code(), refused.message());
        };
    }

    private static Answer answer(String member, Consumer<ObjectNode> content) {
        var json = JsonNodeFactory.instance.objectNode();
        content.accept(json.putObject(member));
        return Answer.of(json);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static Answer error(int status, String code, String message) {
        var json = JsonNodeFactory.instance.objectNode();
        json.putObject("error").put("Code", code).put("Message", message);
        return Answer.of(status, json);
    }

    /// Reads the body as Go does: whatever the case of the names, and nothing unknown; empty if it can't be read.
    private static Optional<Wish> read(String body) {
        try {
            var node = JSON.readTree(body);
            return node.isObject() ? wish(node) : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private static Optional<Wish> wish(JsonNode node) {
        var wish = new Wish(null, null);
        for (var member : node.properties()) {
            var value = member.getValue();
            if (member.getKey().equalsIgnoreCase("ProtectionEnabled") && (value.isBoolean() || value.isNull())) {
                wish = new Wish(value.isNull() ? null : value.asBoolean(), wish.minutes());
            } else if (member.getKey().equalsIgnoreCase("ExpiresInMinutes")
                    && (value.isNull() || (value.isIntegralNumber() && value.canConvertToInt()))) {
                wish = new Wish(wish.enabled(), value.isNull() ? null : value.intValue());
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(wish);
    }
}
