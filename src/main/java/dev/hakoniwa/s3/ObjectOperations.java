package dev.hakoniwa.s3;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.WireResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The operations on objects.
final class ObjectOperations {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final List<String> KEPT_HEADERS = List.of(
            "content-type", "content-encoding", "content-language", "content-disposition", "cache-control", "expires");
    private static final String OWN_METADATA = "x-amz-meta-";
    private static final int LONGEST_KEY = 1024;

    private final Buckets buckets;
    private final InstantSource clock;

    ObjectOperations(Buckets buckets, InstantSource clock) {
        this.buckets = buckets;
        this.clock = clock;
    }

    WireResponse put(Call call, Sent request) {
        buckets.get(call.account(), request.bucket());
        if (request.headers().containsKey("x-amz-copy-source")) {
            throw Errors.notImplemented("x-amz-copy-source");
        }
        if (request.key().getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
            throw Errors.keyTooLong();
        }
        if (request.header("if-none-match").filter("*"::equals).isPresent()
                && buckets.containsObject(call.account(), request.bucket(), request.key())) {
            throw Errors.preconditionFailed("If-None-Match");
        }
        var upload = Upload.of(request);
        var etag = '"' + HexFormat.of().formatHex(Checksum.digest("MD5", upload.content())) + '"';
        var object = new StoredObject(
                request.key(), upload.content(), etag, upload.checksums(), kept(request), clock.instant());
        buckets.put(call.account(), request.bucket(), object);
        var headers = checksums(object);
        headers.put("ETag", etag);
        headers.put("x-amz-server-side-encryption", "AES256");
        return Answers.empty(200, headers);
    }

    WireResponse get(Call call, Sent request) {
        var object = buckets.object(call.account(), request.bucket(), request.key());
        checkConditions(object, request);
        var length = object.content().length;
        var range = request.header("range").flatMap(header -> Range.of(header, length));
        var headers = headers(object, request);
        if (range.isEmpty()) {
            return new WireResponse(200, headers, object.content());
        }
        var part = range.get();
        headers.put("Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), length));
        return new WireResponse(206, headers, Arrays.copyOfRange(object.content(), part.first(), part.last() + 1));
    }

    /// As GET answers, but without the content.
    WireResponse head(Call call, Sent request) {
        var answer = get(call, request);
        var headers = new HashMap<>(answer.headers());
        headers.put("Content-Length", String.valueOf(answer.body().length));
        return Answers.empty(answer.status(), headers);
    }

    /// What isn't there can be deleted too.
    WireResponse delete(Call call, Sent request) {
        buckets.get(call.account(), request.bucket());
        buckets.removeObject(call.account(), request.bucket(), request.key());
        return Answers.empty(204);
    }

    WireResponse deleteAll(Call call, Sent request) {
        buckets.get(call.account(), request.bucket());
        var document = Upload.of(request).content();
        var quiet = Xml.texts(document, "Quiet").contains("true");
        var keys = Xml.texts(document, "Key");
        if (keys.isEmpty() || keys.size() > 1000) {
            throw Errors.malformedXml();
        }
        keys.forEach(key -> buckets.removeObject(call.account(), request.bucket(), key));
        return Answers.xml(Xml.document("DeleteResult", xml -> {
            if (!quiet) {
                keys.forEach(key -> xml.element("Deleted", d -> d.element("Key", key)));
            }
        }));
    }

    private static Map<String, String> kept(Sent request) {
        var kept = new HashMap<String, String>();
        request.headers().forEach((name, value) -> {
            if (KEPT_HEADERS.contains(name) || name.startsWith(OWN_METADATA)) {
                kept.put(name, value);
            }
        });
        kept.computeIfPresent("content-encoding", (_, value) -> {
            var encodings = Upload.encodings(value);
            return encodings.isEmpty() ? null : encodings;
        });
        kept.putIfAbsent("content-type", "binary/octet-stream");
        return kept;
    }

    private static Map<String, String> headers(StoredObject object, Sent request) {
        var headers = new HashMap<>(object.headers());
        headers.put("ETag", object.etag());
        headers.put("Last-Modified", HTTP_DATE.format(object.modifiedAt()));
        headers.put("Accept-Ranges", "bytes");
        headers.put("x-amz-server-side-encryption", "AES256");
        var whole = request.header("range").isEmpty();
        if (whole
                && request.header("x-amz-checksum-mode")
                        .filter("ENABLED"::equalsIgnoreCase)
                        .isPresent()) {
            headers.putAll(checksums(object));
        }
        return headers;
    }

    private static Map<String, String> checksums(StoredObject object) {
        var headers = new HashMap<String, String>();
        object.checksums().forEach((checksum, value) -> headers.put(checksum.header(), value));
        if (!headers.isEmpty()) {
            headers.put("x-amz-checksum-type", "FULL_OBJECT");
        }
        return headers;
    }

    private static void checkConditions(StoredObject object, Sent request) {
        var second = Instant.ofEpochSecond(object.modifiedAt().getEpochSecond());
        var match = request.header("if-match");
        if (match.isPresent() && !names(match.get(), object.etag())) {
            throw Errors.preconditionFailed("If-Match");
        }
        if (match.isEmpty() && date(request, "if-unmodified-since").isBefore(second)) {
            throw Errors.preconditionFailed("If-Unmodified-Since");
        }
        var other = request.header("if-none-match");
        var known = other.isPresent()
                ? names(other.get(), object.etag())
                : request.header("if-modified-since").isPresent()
                        && !second.isAfter(date(request, "if-modified-since"));
        if (known) {
            throw AwsError.of("NotModified", 304, "Not Modified");
        }
    }

    private static boolean names(String header, String etag) {
        return Stream.of(header.split(","))
                .map(String::trim)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || etag.equals('"' + tag + '"'));
    }

    /// The date in a header; one that isn't there, or isn't a date, is far away.
    private static Instant date(Sent request, String header) {
        try {
            return request.header(header)
                    .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)))
                    .orElse(Instant.MAX);
        } catch (java.time.DateTimeException _) {
            return Instant.MAX;
        }
    }
}
