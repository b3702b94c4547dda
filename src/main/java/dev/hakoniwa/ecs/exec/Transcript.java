package dev.hakoniwa.ecs.exec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a session has shown, up to its first mebibyte.
final class Transcript {
    private static final int MOST = 1 << 20;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    void add(byte[] chunk) {
        shown.write(chunk, 0, Math.min(chunk.length, MOST - shown.size()));
    }

    List<String> lines() {
        return shown.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
