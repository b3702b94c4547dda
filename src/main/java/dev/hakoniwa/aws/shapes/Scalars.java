package dev.hakoniwa.aws.shapes;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/// Scalar values out of tokens, and AWS's words for those that are of another type than they should be.
///
/// @param binary whether the format has bytes and tags of its own, as CBOR has and JSON has not
record Scalars(boolean binary) {
    private static final int LONGEST_FRACTION = 1_000;

    String string(JsonParser in, @Nullable JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw refused(token, "cannot be converted to String");
        }
        return in.getText();
    }

    boolean bool(@Nullable JsonToken token) {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw refused(token, "cannot be converted to Boolean");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    long integer(JsonParser in, @Nullable JsonToken token, long least, long most, String type) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT || in.getNumberType() == NumberType.BIG_INTEGER) {
            throw refused(token, "can not be converted to " + type);
        }
        var number = in.getLongValue();
        if (number < least || number > most) {
            throw refused(token, "can not be converted to " + type);
        }
        return number;
    }

    double real(JsonParser in, @Nullable JsonToken token, String type) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            var number = in.getDoubleValue();
            if (!binary && Double.isInfinite(number)) {
                throw refused(token, "can not be converted to " + type);
            }
            return number;
        }
        return switch (token == JsonToken.VALUE_STRING ? in.getText() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw refused(token, "can not be converted to " + type);
        };
    }

    BigDecimal decimal(JsonParser in, @Nullable JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw refused(token, "can not be converted to a BigDecimal");
        }
        return finite(in);
    }

    Instant timestamp(JsonParser in, @Nullable JsonToken token, TimestampFormat format) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return TimestampFormat.ofText(in.getText());
        }
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw refused(token, "can not be converted to milliseconds since epoch");
        }
        var number = finite(in);
        if (binary && number.scale() > 3 && number.scale() < LONGEST_FRACTION) {
            number = number.setScale(3, RoundingMode.HALF_EVEN);
        }
        return TimestampFormat.ofSeconds(format == TimestampFormat.MILLISECONDS ? number.movePointLeft(3) : number);
    }

    SdkBytes blob(JsonParser in, @Nullable JsonToken token) throws IOException {
        if (token != (binary ? JsonToken.VALUE_EMBEDDED_OBJECT : JsonToken.VALUE_STRING)) {
            throw refused(token, "cannot be converted to Blob");
        }
        return SdkBytes.fromByteArrayUnsafe(in.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS));
    }

    /// What AWS says of a token that should have been another.
    static Malformed refused(@Nullable JsonToken token, String complaint) {
        return switch (token) {
            case START_OBJECT -> new Malformed("Start of structure or map found where not expected.");
            case START_ARRAY -> new Malformed("Start of list found where not expected");
            case VALUE_STRING -> new Malformed("STRING_VALUE " + complaint);
            case VALUE_NUMBER_INT -> new Malformed("NUMBER_VALUE " + complaint);
            case VALUE_NUMBER_FLOAT -> new Malformed("DECIMAL_VALUE " + complaint);
            case VALUE_TRUE -> new Malformed("TRUE_VALUE " + complaint);
            case VALUE_FALSE -> new Malformed("FALSE_VALUE " + complaint);
            case null, default -> new Malformed("Unexpected token received from parser");
        };
    }

    private static BigDecimal finite(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && in.isNaN()) {
            throw refused(JsonToken.VALUE_NUMBER_FLOAT, "is not a finite number");
        }
        return in.getDecimalValue();
    }
}
