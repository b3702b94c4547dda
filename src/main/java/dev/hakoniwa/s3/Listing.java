package dev.hakoniwa.s3;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.WireResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists the objects of a bucket: those right below a prefix, and what is deeper as common prefixes.
final class Listing {
    private static final int LARGEST_PAGE = 1000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Buckets buckets;

    Listing(Buckets buckets) {
        this.buckets = buckets;
    }

    /// A page of a listing.
    ///
    /// @param last the last key or common prefix, which the next page begins behind; null if this is the last page
    private record Found(
            List<StoredObject> objects,
            Set<String> prefixes,
            @Nullable String last) {
        int count() {
            return objects.size() + prefixes.size();
        }
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    WireResponse first(Call call, Sent request) {
        var marker = Objects.requireNonNullElse(request.parameter("marker"), "");
        var found = find(call, request, marker);
        return Answers.xml(Xml.document("ListBucketResult", xml -> {
            head(xml, request, found);
            xml.element("Marker", encoded(request, marker));
            if (found.last() != null) {
                xml.element("NextMarker", encoded(request, found.last()));
            }
            contents(xml, request, found, call.account().value());
        }));
    }

    WireResponse second(Call call, Sent request) {
        var token = request.parameter("continuation-token");
        var after = Objects.requireNonNullElse(request.parameter("start-after"), "");
        var found = find(call, request, token == null ? after : decode(token));
        var owner =
                "true".equals(request.parameter("fetch-owner")) ? call.account().value() : null;
        return Answers.xml(Xml.document("ListBucketResult", xml -> {
            head(xml, request, found);
            xml.element("KeyCount", found.count()).element("ContinuationToken", token);
            if (found.last() != null) {
                xml.element("NextContinuationToken", encode(found.last()));
            }
            if (!after.isEmpty()) {
                xml.element("StartAfter", encoded(request, after));
            }
            contents(xml, request, found, owner);
        }));
    }

    private Found find(Call call, Sent request, String after) {
        buckets.get(call.account(), request.bucket());
        var prefix = Objects.requireNonNullElse(request.parameter("prefix"), "");
        var delimiter = Objects.requireNonNullElse(request.parameter("delimiter"), "");
        var most = most(request);
        var objects = new ArrayList<StoredObject>();
        var prefixes = new LinkedHashSet<String>();
        var last = "";
        for (var object : buckets.objects(call.account(), request.bucket(), prefix)) {
            var group = group(object.key(), prefix, delimiter);
            if (object.key().compareTo(after) <= 0 || isBehind(group, after) || prefixes.contains(group)) {
                continue;
            }
            if (objects.size() + prefixes.size() == most) {
                return new Found(objects, prefixes, most == 0 ? null : last);
            }
            if (group.isEmpty()) {
                objects.add(object);
            } else {
                prefixes.add(group);
            }
            last = group.isEmpty() ? object.key() : group;
        }
        return new Found(objects, prefixes, null);
    }

    /// The common prefix that the key is counted under; empty if it stands for itself.
    private static String group(String key, String prefix, String delimiter) {
        var end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        return end < 0 ? "" : key.substring(0, end + delimiter.length());
    }

    /// Whether an earlier page has told the common prefix.
    private static boolean isBehind(String group, String after) {
        return !group.isEmpty() && group.compareTo(after) <= 0;
    }

    private static int most(Sent request) {
        var sent = request.parameter("max-keys");
        if (sent == null || sent.isEmpty()) {
            return LARGEST_PAGE;
        }
        if (!sent.matches("\\d{1,9}")) {
            throw Errors.invalidArgument(
                    "Argument maxKeys must be an integer between 0 and 2147483647", "maxKeys", sent);
        }
        return Math.min(LARGEST_PAGE, Integer.parseInt(sent));
    }

    private static void head(Xml xml, Sent request, Found found) {
        xml.element("Name", request.bucket())
                .element("Prefix", encoded(request, Objects.requireNonNullElse(request.parameter("prefix"), "")))
                .element("MaxKeys", most(request))
                .element("IsTruncated", found.last() != null)
                .element("EncodingType", request.parameter("encoding-type"));
        var delimiter = request.parameter("delimiter");
        if (delimiter != null && !delimiter.isEmpty()) {
            xml.element("Delimiter", encoded(request, delimiter));
        }
    }

    private static void contents(Xml xml, Sent request, Found found, @Nullable String owner) {
        for (var object : found.objects()) {
            xml.element("Contents", c -> {
                c.element("Key", encoded(request, object.key()))
                        .element("LastModified", time(object.modifiedAt()))
                        .element("ETag", object.etag())
                        .element("Size", object.content().length)
                        .element("StorageClass", "STANDARD");
                if (owner != null) {
                    c.element("Owner", o -> o.element("ID", owner));
                }
            });
        }
        for (var prefix : found.prefixes()) {
            xml.element("CommonPrefixes", c -> c.element("Prefix", encoded(request, prefix)));
        }
    }

    /// Clients ask for keys to be encoded, as XML can't hold all that a key can.
    private static String encoded(Sent request, String text) {
        return "url".equals(request.parameter("encoding-type"))
                ? URLEncoder.encode(text, StandardCharsets.UTF_8)
                        .replace("%2F", "/")
                        .replace("*", "%2A")
                : text;
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Errors.invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
        }
    }
}
