package dev.hakoniwa.ecr.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// Writes the registry's few JSON answers.
final class Json {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator generator;

    private Json(JsonGenerator generator) {
        this.generator = generator;
    }

    /// The members of an object.
    interface Members {
        void write(Json json);
    }

    private interface Writing {
        void write(JsonGenerator generator) throws IOException;
    }

    static String object(Members members) {
        var text = new StringWriter();
        try (var generator = JSON.createGenerator(text)) {
            new Json(generator).write(members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static String error(RegistryError error) {
        return object(json -> json.putObjects(
                "errors",
                List.of(member -> member.put("code", error.code())
                        .put("message", error.message())
                        .put("detail", Map.of()))));
    }

    Json put(String name, String value) {
        return put(g -> g.writeStringField(name, value));
    }

    Json put(String name, long value) {
        return put(g -> g.writeNumberField(name, value));
    }

    Json put(String name, List<String> values) {
        return put(g -> {
            g.writeArrayFieldStart(name);
            for (var value : values) {
                g.writeString(value);
            }
            g.writeEndArray();
        });
    }

    Json put(String name, Map<String, String> values) {
        return put(g -> {
            g.writeObjectFieldStart(name);
            for (var value : values.entrySet()) {
                g.writeStringField(value.getKey(), value.getValue());
            }
            g.writeEndObject();
        });
    }

    Json putObjects(String name, List<Members> objects) {
        return put(g -> {
            g.writeArrayFieldStart(name);
            objects.forEach(this::write);
            g.writeEndArray();
        });
    }

    private void write(Members members) {
        put(JsonGenerator::writeStartObject);
        members.write(this);
        put(JsonGenerator::writeEndObject);
    }

    private Json put(Writing writing) {
        try {
            writing.write(generator);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
