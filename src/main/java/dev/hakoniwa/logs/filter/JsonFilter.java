package dev.hakoniwa.logs.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.hakoniwa.logs.Errors;
import java.util.function.Predicate;

/// `{ $.status = 404 && $.path = "/api/*" }`: members of messages that are JSON objects.
record JsonFilter(Predicate<JsonNode> condition) implements Filter {
    private static final ObjectReader READER = new ObjectMapper().reader();

    static JsonFilter parse(String pattern) {
        var cursor = new Cursor(pattern);
        cursor.expect("{");
        var condition = Conditions.parse(cursor, JsonFilter::condition);
        cursor.expect("}");
        if (!cursor.skipSpaces().atEnd()) {
            throw Errors.invalidFilterPattern();
        }
        return new JsonFilter(condition);
    }

    @Override
    public boolean matches(String message) {
        if (!message.stripLeading().startsWith("{")) {
            return false;
        }
        try {
            return condition.test(READER.readTree(message));
        } catch (JsonProcessingException _) {
            return false;
        }
    }

    private static Predicate<JsonNode> condition(Cursor cursor) {
        var selector = Selector.parse(cursor);
        if (cursor.takeWord("NOT")) {
            cursor.skipSpaces();
            if (!cursor.takeWord("EXISTS")) {
                throw Errors.invalidFilterPattern();
            }
            return document -> selector.select(document).isEmpty();
        }
        if (cursor.takeWord("IS")) {
            var wanted = kind(cursor);
            return document -> selector.select(document).stream().anyMatch(wanted);
        }
        var comparison = Comparison.parse(cursor);
        return document -> selector.select(document).stream()
                .filter(node -> node.isTextual() || node.isNumber())
                .anyMatch(node -> comparison.test(node.asText(), node.isNumber()));
    }

    private static Predicate<JsonNode> kind(Cursor cursor) {
        if (cursor.takeWord("NULL")) {
            return JsonNode::isNull;
        }
        if (cursor.takeWord("TRUE")) {
            return node -> node.isBoolean() && node.booleanValue();
        }
        if (cursor.takeWord("FALSE")) {
            return node -> node.isBoolean() && !node.booleanValue();
        }
        throw Errors.invalidFilterPattern();
    }
}
