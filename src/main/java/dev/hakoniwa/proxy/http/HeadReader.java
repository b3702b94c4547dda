package dev.hakoniwa.proxy.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Gathers the bytes of a head until its empty line has come.
public final class HeadReader {
    private static final int PIECE = 4096;
    private static final byte[] NOTHING = {};

    private final int longestLine;
    private final int longestHead;
    private byte[] bytes = NOTHING;
    private int length;
    private @Nullable Head head;

    private HeadReader(int longestLine, int longestHead) {
        this.longestLine = longestLine;
        this.longestHead = longestHead;
    }

    /// With the limits that an Application Load Balancer has for requests.
    public static HeadReader ofRequests() {
        return new HeadReader(16 * 1024, 64 * 1024);
    }

    /// With the limit that it has for what targets answer.
    public static HeadReader ofResponses() {
        return new HeadReader(32 * 1024, 32 * 1024);
    }

    /// Takes bytes out of the buffer, beginning at `from`; returns where it stopped. It goes no further than the head.
    public int take(Buffer buffer, int from) {
        var at = length == 0 ? skipEmptyLines(buffer, from) : from;
        while (at < buffer.length()) {
            var piece = Math.min(PIECE, buffer.length() - at);
            reserve(piece);
            buffer.getBytes(at, at + piece, bytes, length);
            var end = findEnd(Math.max(0, length - 3), length + piece);
            if (end >= 0) {
                var stop = at + end - length;
                complete(end);
                return stop;
            }
            length += piece;
            at += piece;
            checkLength();
        }
        return at;
    }

    /// The head, once it is complete; the reader is then ready for the next one.
    public @Nullable Head next() {
        var complete = head;
        head = null;
        return complete;
    }

    /// Whether part of a head has come.
    public boolean isUnderWay() {
        return length > 0;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = length == 0 ? new byte[more] : Arrays.copyOf(bytes, Math.max(2 * length, length + more));
        }
    }

    private void complete(int end) {
        length = end;
        checkLength();
        head = new Head(bytes, end, longestLine);
        bytes = NOTHING;
        length = 0;
    }

    private void checkLength() {
        if (length > longestLine && !hasFirstLine()) {
            throw Malformed.uriTooLong();
        }
        if (length > longestHead) {
            throw Malformed.because("the headers are too long");
        }
    }

    private boolean hasFirstLine() {
        for (var at = 0; at <= longestLine; at++) {
            if (bytes[at] == '\n') {
                return true;
            }
        }
        return false;
    }

    /// Where the head ends, its empty line included; -1 if that has not come yet.
    private int findEnd(int from, int to) {
        for (var i = from; i < to - 1; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            if (bytes[i + 1] == '\n') {
                return i + 2;
            }
            if (bytes[i + 1] == '\r' && i + 2 < to && bytes[i + 2] == '\n') {
                return i + 3;
            }
        }
        return -1;
    }

    private static int skipEmptyLines(Buffer buffer, int from) {
        var at = from;
        while (at < buffer.length() && (buffer.getByte(at) == '\r' || buffer.getByte(at) == '\n')) {
            at++;
        }
        return at;
    }
}
