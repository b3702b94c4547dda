package dev.hakoniwa.aws.shapes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;

/// Writes shapes as a stream of tokens, which JSON and CBOR both are. What was never set is not written, and what was
/// set is, even if it is empty.
final class TokenWriter {
    private static final int EPOCH_TAG = 1;
    private static final int USUAL_SIZE = 1_024;

    private final JsonFactory format;

    TokenWriter(JsonFactory format) {
        this.format = format;
    }

    byte[] write(SdkPojo shape) {
        var bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (var out = format.createGenerator(bytes)) {
            structure(out, Shape.of(shape), shape);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Writes a map of strings, numbers, booleans, and lists and maps of them.
    byte[] write(Map<String, Object> plain) {
        var bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (var out = format.createGenerator(bytes)) {
            plain(out, plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void structure(JsonGenerator out, Shape shape, SdkPojo value) throws IOException {
        out.writeStartObject();
        for (var member : shape.members()) {
            var set = member.get(value);
            if (set != null) {
                out.writeFieldName(member.key());
                value(out, member.type(), set);
            }
        }
        out.writeEndObject();
    }

    private void value(JsonGenerator out, Type type, Object value) throws IOException {
        switch (type.kind()) {
            case STRUCTURE -> structure(out, type.shape(), (SdkPojo) value);
            case LIST -> list(out, type.element(), (Collection<?>) value);
            case MAP -> map(out, type.element(), (Map<?, ?>) value);
            case DOCUMENT -> Documents.write(out, (Document) value);
            case STRING -> out.writeString((String) value);
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case BYTE, SHORT, INTEGER -> out.writeNumber(((Number) value).intValue());
            case LONG -> out.writeNumber((Long) value);
            case FLOAT -> out.writeNumber((Float) value);
            case DOUBLE -> out.writeNumber((Double) value);
            case BIG_DECIMAL -> out.writeNumber((BigDecimal) value);
            case TIMESTAMP -> timestamp(out, type.timestampFormat(), (Instant) value);
            case BLOB -> out.writeBinary(((SdkBytes) value).asByteArrayUnsafe());
        }
    }

    private void list(JsonGenerator out, Type element, Collection<?> list) throws IOException {
        out.writeStartArray();
        for (@Nullable Object value : list) {
            if (value != null) {
                value(out, element, value);
            }
        }
        out.writeEndArray();
    }

    private void map(JsonGenerator out, Type element, Map<?, ?> map) throws IOException {
        out.writeStartObject();
        for (var entry : map.entrySet()) {
            @Nullable Object value = entry.getValue();
            if (value != null) {
                out.writeFieldName((String) entry.getKey());
                value(out, element, value);
            }
        }
        out.writeEndObject();
    }

    private static void plain(JsonGenerator out, Object value) throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (var entry : map.entrySet()) {
                    out.writeFieldName(String.valueOf(entry.getKey()));
                    plain(out, entry.getValue());
                }
                out.writeEndObject();
            }
            case Collection<?> list -> {
                out.writeStartArray();
                for (var element : list) {
                    plain(out, element);
                }
                out.writeEndArray();
            }
            case Boolean bool -> out.writeBoolean(bool);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            default -> out.writeString(value.toString());
        }
    }

    private static void timestamp(JsonGenerator out, TimestampFormat format, Instant moment) throws IOException {
        if (out instanceof CBORGenerator cbor) {
            cbor.writeTag(EPOCH_TAG);
            epoch(cbor, moment.toEpochMilli());
            return;
        }
        switch (format) {
            case OF_PROTOCOL, SECONDS -> out.writeNumber(TimestampFormat.seconds(moment));
            case MILLISECONDS -> out.writeNumber(moment.toEpochMilli());
            case ISO_8601 -> out.writeString(TimestampFormat.iso(moment, false));
            case HTTP_DATE -> out.writeString(TimestampFormat.httpDate(moment));
        }
    }

    private static void epoch(CBORGenerator out, long milliseconds) throws IOException {
        if (milliseconds % 1000 == 0) {
            out.writeNumber(milliseconds / 1000);
        } else {
            out.writeNumber(milliseconds / 1000.0);
        }
    }
}
