package dev.hakoniwa.ecs.instance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.hakoniwa.ecs.Errors;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an EC2 instance says of itself, as the agent hands it in.
record IdentityDocument(Map<String, String> members) {
    private static final JsonFactory JSON = new JsonFactory();

    IdentityDocument {
        members = Map.copyOf(members);
    }

    static IdentityDocument parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Errors.client("Instance identity document can not be blank.");
        }
        var members = read(text);
        if (members.getOrDefault("instanceId", "").isEmpty()) {
            throw invalid();
        }
        return new IdentityDocument(members);
    }

    private static Map<String, String> read(String text) {
        var members = new HashMap<String, String>();
        try (var parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING) {
                    members.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException _) {
            throw invalid();
        }
        return members;
    }

    String member(String name, String otherwise) {
        return members.getOrDefault(name, otherwise);
    }

    private static RuntimeException invalid() {
        return Errors.client("The instance identity document is invalid.");
    }
}
