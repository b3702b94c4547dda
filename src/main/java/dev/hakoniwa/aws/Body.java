package dev.hakoniwa.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A request's body as it was before it was compressed.
///
/// @param refusal why there is no such body, as the caller is told
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
record Body(byte[] bytes, @Nullable AwsError refusal) {
    /// What a body may grow to; AWS takes a few megabytes at most where it takes compressed bodies.
    private static final int MOST = 32 << 20;

    static Body of(WireRequest request) {
        return switch (request.header("content-encoding").orElse("").trim().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> new Body(request.body(), null);
            case "gzip" -> inflated(request.body());
            default -> refused(415, "UnsupportedMediaTypeException", "The content encoding is not supported.");
        };
    }

    private static Body inflated(byte[] body) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var plain = gzip.readNBytes(MOST + 1);
            return plain.length > MOST
                    ? refused(413, "RequestEntityTooLargeException", "The request is too large.")
                    : new Body(plain, null);
        } catch (IOException _) {
            return refused(400, "SerializationException", "The request's content encoding is broken.");
        }
    }

    private static Body refused(int status, String code, String message) {
        return new Body(new byte[0], AwsError.of(code, status, message));
    }
}
