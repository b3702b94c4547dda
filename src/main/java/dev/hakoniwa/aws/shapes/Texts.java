package dev.hakoniwa.aws.shapes;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;

/// Scalar values as the text that the query protocols send and answer.
final class Texts {
    private static final int LONGEST_NUMBER = 400;

    private Texts() {}

    /// Throws [IllegalArgumentException] or [Malformed] for text that spells no such value.
    static Object read(String text, Type type) {
        if (text.length() > LONGEST_NUMBER && type.kind() != Type.Kind.STRING && type.kind() != Type.Kind.BLOB) {
            throw new IllegalArgumentException("too long");
        }
        return switch (type.kind()) {
            case STRING -> text;
            case BOOLEAN -> bool(text);
            case BYTE -> Byte.valueOf(text);
            case SHORT -> Short.valueOf(text);
            case INTEGER -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case FLOAT -> (float) real(text);
            case DOUBLE -> real(text);
            case BIG_DECIMAL -> new BigDecimal(text);
            case TIMESTAMP -> TimestampFormat.ofText(text);
            case BLOB -> SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text));
            case DOCUMENT -> Document.fromString(text);
            case STRUCTURE, LIST, MAP -> throw new IllegalArgumentException("not a scalar");
        };
    }

    static String write(Object value, Type type, boolean ec2) {
        return switch (type.kind()) {
            case TIMESTAMP -> timestamp((Instant) value, type.timestampFormat(), ec2);
            case BLOB -> Base64.getEncoder().encodeToString(((SdkBytes) value).asByteArrayUnsafe());
            case STRING,
                    BOOLEAN,
                    BYTE,
                    SHORT,
                    INTEGER,
                    LONG,
                    FLOAT,
                    DOUBLE,
                    BIG_DECIMAL,
                    DOCUMENT,
                    STRUCTURE,
                    LIST,
                    MAP -> value.toString();
        };
    }

    /// What is said of text that is of another type than it should be.
    static String refusal(Type.Kind kind) {
        return switch (kind) {
            case BOOLEAN -> "STRING_VALUE cannot be converted to Boolean";
            case BYTE -> "STRING_VALUE can not be converted to a Byte";
            case SHORT -> "STRING_VALUE can not be converted to a Short";
            case INTEGER -> "STRING_VALUE can not be converted to an Integer";
            case LONG -> "STRING_VALUE can not be converted to a Long";
            case FLOAT -> "STRING_VALUE can not be converted to a Float";
            case DOUBLE -> "STRING_VALUE can not be converted to a Double";
            case BIG_DECIMAL -> "STRING_VALUE can not be converted to a BigDecimal";
            case TIMESTAMP -> "STRING_VALUE can not be converted to milliseconds since epoch";
            case BLOB -> "STRING_VALUE cannot be converted to Blob";
            case STRING, DOCUMENT, STRUCTURE, LIST, MAP -> "Unexpected value";
        };
    }

    private static boolean bool(String text) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException("not a boolean");
    }

    private static double real(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> finite(new BigDecimal(text).doubleValue());
        };
    }

    private static double finite(double number) {
        if (Double.isInfinite(number)) {
            throw new IllegalArgumentException("out of range");
        }
        return number;
    }

    private static String timestamp(Instant moment, TimestampFormat format, boolean ec2) {
        return switch (format) {
            case OF_PROTOCOL, ISO_8601 -> TimestampFormat.iso(moment, ec2);
            case HTTP_DATE -> TimestampFormat.httpDate(moment);
            case SECONDS -> TimestampFormat.seconds(moment);
            case MILLISECONDS -> Long.toString(moment.toEpochMilli());
        };
    }
}
