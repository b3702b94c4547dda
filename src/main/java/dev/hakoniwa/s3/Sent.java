package dev.hakoniwa.s3;

import dev.hakoniwa.aws.WireRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request to S3, with what its address says taken apart: the bucket stands in the host or at the beginning of the
/// path.
///
/// @param bucket empty if the request is for all buckets
/// @param key empty if the request is for a bucket
/// @param query decoded
/// @param headers by their names in lower case
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
record Sent(
        String method, String bucket, String key, Map<String, String> query, Map<String, String> headers, byte[] body) {

    static Sent of(WireRequest request) {
        var path = request.path().startsWith("/") ? request.path().substring(1) : request.path();
        var bucket = bucketOfHost(request.headers().getOrDefault("host", ""));
        var query = query(request.query());
        if (bucket.isPresent()) {
            return new Sent(request.method(), bucket.get(), decode(path), query, request.headers(), request.body());
        }
        var parts = path.split("/", 2);
        var key = parts.length == 2 ? decode(parts[1]) : "";
        return new Sent(request.method(), decode(parts[0]), key, query, request.headers(), request.body());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Nullable
    String parameter(String name) {
        return query.get(name);
    }

    boolean has(String parameter) {
        return query.containsKey(parameter);
    }

    /// The bucket in a host such as `BUCKET.s3.eu-west-1.localhost:4566` or `BUCKET.localhost:4566`.
    private static Optional<String> bucketOfHost(String host) {
        var name = host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        if (name.startsWith("s3.") || name.startsWith("s3-")) {
            return Optional.empty();
        }
        var service = name.indexOf(".s3.");
        if (service > 0) {
            return Optional.of(name.substring(0, service));
        }
        return name.endsWith(".localhost")
                ? Optional.of(name.substring(0, name.length() - ".localhost".length()))
                : Optional.empty();
    }

    private static Map<String, String> query(String text) {
        var query = new LinkedHashMap<String, String>();
        for (var pair : text.split("&", -1)) {
            var parts = pair.split("=", 2);
            if (!parts[0].isEmpty()) {
                query.put(decode(parts[0]), parts.length == 2 ? decode(parts[1].replace('+', ' ')) : "");
            }
        }
        return query;
    }

    /// What is no escape stands for itself.
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var decoded = ByteBuffer.allocate(bytes.length);
        for (var i = 0; i < bytes.length; i++) {
            var high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            var low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                decoded.put((byte) (high * 16 + low));
                i += 2;
            } else {
                decoded.put(bytes[i]);
            }
        }
        return new String(decoded.array(), 0, decoded.position(), StandardCharsets.UTF_8);
    }
}
