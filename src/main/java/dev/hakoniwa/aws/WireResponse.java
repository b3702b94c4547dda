package dev.hakoniwa.aws;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer as it goes out over HTTP; `Content-Length` is left to the HTTP stack.
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
public record WireResponse(int status, Map<String, String> headers, byte[] body) {

    static WireResponse of(int status, String contentType, byte[] body) {
        return new WireResponse(status, Map.of("Content-Type", contentType), body);
    }

    static WireResponse of(int status, String contentType, String text) {
        return of(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    WireResponse with(String header, String value) {
        return with(Map.of(header, value));
    }

    WireResponse with(Map<String, String> others) {
        var more = new LinkedHashMap<>(headers);
        more.putAll(others);
        return new WireResponse(status, more, body);
    }
}
