package dev.hakoniwa.aws;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request as it came over HTTP, whatever HTTP stack it came by.
///
/// @param query what stands behind the `?`, still encoded; empty if there is none
/// @param headers by name, in any case; values of a repeated header are joined with commas
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
public record WireRequest(String method, String path, String query, Map<String, String> headers, byte[] body) {
    public WireRequest {
        var byName = new HashMap<String, String>();
        headers.forEach((name, value) ->
                byName.merge(name.toLowerCase(Locale.ROOT), value, (first, second) -> first + "," + second));
        headers = Collections.unmodifiableMap(byName);
    }

    /// The value of a header, whose name is given in lower case.
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    boolean hasContentType(String type) {
        return header("content-type").orElse("").toLowerCase(Locale.ROOT).startsWith(type);
    }
}
