package dev.hakoniwa.ecr.registry;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// What a request is answered with.
record Answer(int status, SequencedMap<String, String> headers, Content content) {

    /// What an answer's body is made of.
    sealed interface Content {
        record Nothing() implements Content {}

        @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
        record Bytes(byte[] bytes) implements Content {}

        /// A part of a file, which is sent as it is read.
        record Part(Path file, long first, long length) implements Content {}
    }

    static Answer of(int status) {
        return new Answer(status, new LinkedHashMap<>(), new Content.Nothing());
    }

    static Answer text(int status, String type, String text) {
        return bytes(status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer json(int status, String json) {
        return text(status, "application/json", json);
    }

    static Answer bytes(int status, String type, byte[] bytes) {
        return new Answer(status, new LinkedHashMap<>(Map.of("Content-Type", type)), new Content.Bytes(bytes));
    }

    static Answer file(int status, Path file, long first, long length) {
        return new Answer(status, new LinkedHashMap<>(), new Content.Part(file, first, length))
                .with("Content-Type", "application/octet-stream");
    }

    Answer with(String header, Object value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value.toString());
        return new Answer(status, more, content);
    }

    long length() {
        return switch (content) {
            case Content.Nothing() -> 0;
            case Content.Bytes(var bytes) -> bytes.length;
            case Content.Part part -> part.length();
        };
    }
}
