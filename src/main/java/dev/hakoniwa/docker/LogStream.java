package dev.hakoniwa.docker;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.BiConsumer;

/// Cuts what the daemon streams of a container's log into entries.
final class LogStream {
    private static final int STDERR = 2;

    /// Up to where Docker lets an entry's text grow.
    private static final int LONGEST_TEXT = 16 * 1024;

    /// The length of an entry's time and the space behind it.
    private static final int TIME = 31;

    private LogStream() {}

    /// Output of a container without a terminal: every entry comes in a frame that says its stream and length.
    static void readFrames(InputStream stream, BiConsumer<String, byte[]> entries) throws IOException {
        var frames = new DataInputStream(new BufferedInputStream(stream));
        for (var source = frames.read(); source >= 0; source = frames.read()) {
            frames.skipNBytes(3);
            var entry = new byte[frames.readInt()];
            frames.readFully(entry);
            entries.accept(source == STDERR ? "stderr" : "stdout", entry);
        }
    }

    /// Output of a container with a terminal: entries follow one another, and one that is cut shows only in that the
    /// next begins with the same time at the length where Docker cuts.
    static void readTerminal(InputStream stream, BiConsumer<String, byte[]> entries) throws IOException {
        var bytes = new BufferedInputStream(stream);
        var entry = new ByteArrayOutputStream();
        for (var next = bytes.read(); next >= 0; next = bytes.read()) {
            entry.write(next);
            if (next == '\n' || (entry.size() == TIME + LONGEST_TEXT && beginsAgain(bytes, entry.toByteArray()))) {
                entries.accept("stdout", entry.toByteArray());
                entry.reset();
            }
        }
        if (entry.size() > 0) {
            entries.accept("stdout", entry.toByteArray());
        }
    }

    private static boolean beginsAgain(BufferedInputStream bytes, byte[] entry) throws IOException {
        bytes.mark(TIME);
        var next = bytes.readNBytes(TIME);
        bytes.reset();
        return Arrays.equals(next, 0, next.length, entry, 0, TIME);
    }
}
