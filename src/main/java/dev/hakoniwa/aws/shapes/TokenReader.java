package dev.hakoniwa.aws.shapes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/// Reads shapes from a stream of tokens, which JSON and CBOR both are.
final class TokenReader {
    private final JsonFactory format;
    private final UnknownMembers unknown;
    private final Scalars scalars;

    TokenReader(JsonFactory format, UnknownMembers unknown) {
        this.format = format;
        this.unknown = unknown;
        this.scalars = new Scalars(format.canHandleBinaryNatively());
    }

    /// Fills the builder from the body; an empty body is an empty request.
    void read(byte[] body, SdkPojo builder, String operation) {
        if (body.length == 0) {
            return;
        }
        try (var in = format.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw unexpected(in.currentToken(), "Unexpected token at the start of the request");
            }
            members(in, Shape.of(builder), builder, operation);
            if (in.nextToken() != null) {
                throw new Malformed("Unexpected token after the end of the request");
            }
        } catch (IOException _) {
            throw new Malformed("Unexpected token received from parser");
        }
    }

    private void members(JsonParser in, Shape shape, SdkPojo builder, String operation) throws IOException {
        for (var name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            var member = shape.find(name);
            if (member == null) {
                tellUnknown(in, name, operation);
            }
            var token = in.nextToken();
            if (member == null) {
                in.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                member.set(builder, value(in, token, member.type(), operation));
            }
        }
        if (in.currentToken() != JsonToken.END_OBJECT) {
            throw new Malformed("Unexpected end of the request");
        }
    }

    private Object value(JsonParser in, @Nullable JsonToken token, Type type, String operation) throws IOException {
        return switch (type.kind()) {
            case STRUCTURE -> structure(in, token, type, operation);
            case LIST -> list(in, token, type.element(), operation);
            case MAP -> map(in, token, type.element(), operation);
            case DOCUMENT -> Documents.read(in);
            case STRING -> scalars.string(in, token);
            case BOOLEAN -> scalars.bool(token);
            case BYTE -> (byte) scalars.integer(in, token, Byte.MIN_VALUE, Byte.MAX_VALUE, "a Byte");
            case SHORT -> (short) scalars.integer(in, token, Short.MIN_VALUE, Short.MAX_VALUE, "a Short");
            case INTEGER -> (int) scalars.integer(in, token, Integer.MIN_VALUE, Integer.MAX_VALUE, "an Integer");
            case LONG -> scalars.integer(in, token, Long.MIN_VALUE, Long.MAX_VALUE, "a Long");
            case FLOAT -> (float) scalars.real(in, token, "a Float");
            case DOUBLE -> scalars.real(in, token, "a Double");
            case BIG_DECIMAL -> scalars.decimal(in, token);
            case TIMESTAMP -> scalars.timestamp(in, token, type.timestampFormat());
            case BLOB -> scalars.blob(in, token);
        };
    }

    private Object structure(JsonParser in, @Nullable JsonToken token, Type type, String operation) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            throw unexpected(token, "Expected null");
        }
        var builder = type.builder();
        members(in, type.shape(), builder, operation);
        return ((Buildable) builder).build();
    }

    private List<Object> list(JsonParser in, @Nullable JsonToken token, Type element, String operation)
            throws IOException {
        if (token != JsonToken.START_ARRAY) {
            throw unexpected(token, "Expected list or null");
        }
        var list = new ArrayList<>();
        for (var next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
            if (next != JsonToken.VALUE_NULL) {
                list.add(value(in, next, element, operation));
            }
        }
        return list;
    }

    private Map<String, Object> map(JsonParser in, @Nullable JsonToken token, Type element, String operation)
            throws IOException {
        if (token != JsonToken.START_OBJECT) {
            throw unexpected(token, "Expected map or null");
        }
        var map = new LinkedHashMap<String, Object>();
        for (var key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
            var next = in.nextToken();
            if (next != JsonToken.VALUE_NULL) {
                map.put(key, value(in, next, element, operation));
            }
        }
        if (in.currentToken() != JsonToken.END_OBJECT) {
            throw new Malformed("Unexpected end of the request");
        }
        return map;
    }

    private void tellUnknown(JsonParser in, String name, String operation) {
        if (name.equals("__type")) {
            return;
        }
        var path = new ArrayDeque<String>();
        for (JsonStreamContext at = in.getParsingContext(); at.getParent() != null; at = at.getParent()) {
            if (at.inObject()) {
                path.addFirst(at.getCurrentName());
            }
        }
        unknown.found(operation, String.join(".", path));
    }

    private static Malformed unexpected(@Nullable JsonToken token, String otherwise) {
        var structure = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        return structure ? Scalars.refused(token, "") : new Malformed(otherwise);
    }
}
