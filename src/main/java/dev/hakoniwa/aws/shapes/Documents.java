package dev.hakoniwa.aws.shapes;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import software.amazon.awssdk.core.document.Document;

/// Members of the document type: any JSON value, kept as it is.
final class Documents {
    private Documents() {}

    /// Reads the value that the parser stands at.
    static Document read(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_STRING -> Document.fromString(in.getText());
            case VALUE_TRUE -> Document.fromBoolean(true);
            case VALUE_FALSE -> Document.fromBoolean(false);
            case VALUE_NULL -> Document.fromNull();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in);
            case START_ARRAY -> list(in);
            case START_OBJECT -> map(in);
            case null, default -> throw new Malformed("Unexpected token received from parser");
        };
    }

    static void write(JsonGenerator out, Document document) throws IOException {
        if (document.isMap()) {
            out.writeStartObject();
            for (var entry : document.asMap().entrySet()) {
                out.writeFieldName(entry.getKey());
                write(out, entry.getValue());
            }
            out.writeEndObject();
        } else if (document.isList()) {
            out.writeStartArray();
            for (var element : document.asList()) {
                write(out, element);
            }
            out.writeEndArray();
        } else {
            writeScalar(out, document);
        }
    }

    private static void writeScalar(JsonGenerator out, Document document) throws IOException {
        if (document.isString()) {
            out.writeString(document.asString());
        } else if (document.isBoolean()) {
            out.writeBoolean(document.asBoolean());
        } else if (document.isNumber()) {
            out.writeNumber(document.asNumber().bigDecimalValue());
        } else {
            out.writeNull();
        }
    }

    private static Document number(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && in.isNaN()) {
            throw new Malformed("Unexpected token received from parser");
        }
        return Document.fromNumber(in.getDecimalValue());
    }

    private static Document list(JsonParser in) throws IOException {
        var list = new ArrayList<Document>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(in));
        }
        return Document.fromList(list);
    }

    private static Document map(JsonParser in) throws IOException {
        var map = new LinkedHashMap<String, Document>();
        for (var key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
            in.nextToken();
            map.put(key, read(in));
        }
        return Document.fromMap(map);
    }
}
