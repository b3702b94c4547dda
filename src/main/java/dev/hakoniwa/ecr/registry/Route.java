package dev.hakoniwa.ecr.registry;

import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a path under /v2/ leads to. A name may have slashes, so paths are read from their end.
sealed interface Route {
    /// The registry itself.
    record Root() implements Route {}

    record Catalog() implements Route {}

    record Tags(String name) implements Route {}

    record Manifest(String name, String reference) implements Route {}

    record Blob(String name, String digest) implements Route {}

    record Uploads(String name) implements Route {}

    record Session(String name, String id) implements Route {}

    record Referrers(String name, String digest) implements Route {}

    static String path(HttpServerRequest request) {
        return Optional.ofNullable(request.path()).orElse("");
    }

    /// Where the path leads; empty if it leads nowhere.
    static Optional<Route> of(String path) {
        if (path.equals("/v2") || path.equals("/v2/")) {
            return Optional.of(new Root());
        }
        if (path.equals("/v2/_catalog")) {
            return Optional.of(new Catalog());
        }
        return path.startsWith("/v2/") ? of(parts(path)) : Optional.empty();
    }

    private static Optional<Route> of(List<String> parts) {
        if (endsWith(parts, "blobs", "uploads", "")) {
            return Optional.of(new Uploads(name(parts, 3)));
        }
        if (endsWith(parts, "blobs", "uploads")) {
            return Optional.of(new Uploads(name(parts, 2)));
        }
        if (parts.size() > 3 && endsWith(parts.subList(0, parts.size() - 1), "blobs", "uploads")) {
            return Optional.of(new Session(name(parts, 3), parts.getLast()));
        }
        if (endsWith(parts, "tags", "list")) {
            return Optional.of(new Tags(name(parts, 2)));
        }
        return parts.size() > 2 ? named(parts) : Optional.empty();
    }

    private static Optional<Route> named(List<String> parts) {
        var name = name(parts, 2);
        var last = parts.getLast();
        return switch (parts.get(parts.size() - 2)) {
            case "manifests" -> Optional.of(new Manifest(name, last));
            case "blobs" -> Optional.of(new Blob(name, last));
            case "referrers" -> Optional.of(new Referrers(name, last));
            default -> Optional.empty();
        };
    }

    /// The decoded parts of the path behind `/v2`.
    private static List<String> parts(String path) {
        var parts = new ArrayList<String>();
        for (var part : path.substring("/v2/".length()).split("/", -1)) {
            parts.add(decode(part));
        }
        return parts;
    }

    /// What can't be decoded is left as it is, and no valid name.
    private static String decode(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return part;
        }
    }

    private static boolean endsWith(List<String> parts, String... end) {
        return parts.size() > end.length
                && parts.subList(parts.size() - end.length, parts.size()).equals(List.of(end));
    }

    private static String name(List<String> parts, int rest) {
        return String.join("/", parts.subList(0, parts.size() - rest));
    }
}
