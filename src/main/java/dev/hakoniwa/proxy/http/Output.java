package dev.hakoniwa.proxy.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/// Writes heads. One is used again and again by its event loop, so that a head costs no garbage but its own bytes.
public final class Output {
    private byte[] bytes = new byte[2048];
    private int length;

    public Output clear() {
        length = 0;
        return this;
    }

    /// Characters up to U+00FF, one byte each.
    public Output text(String text) {
        var size = text.length();
        reserve(size);
        for (var i = 0; i < size; i++) {
            bytes[length + i] = (byte) text.charAt(i);
        }
        length += size;
        return this;
    }

    public Output number(long number) {
        if (number > 9) {
            number(number / 10);
        }
        reserve(1);
        bytes[length++] = (byte) ('0' + number % 10);
        return this;
    }

    public Output bytes(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    public Output newLine() {
        reserve(2);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
        return this;
    }

    public Output line(String name, String value) {
        return text(name).text(": ").text(value).newLine();
    }

    public Buffer toBuffer() {
        return Buffer.buffer(length).appendBytes(bytes, 0, length);
    }

    /// What was written, and behind it a part of another buffer.
    public Buffer toBuffer(Buffer tail, int from, int to) {
        return Buffer.buffer(length + to - from).appendBytes(bytes, 0, length).appendBuffer(tail, from, to - from);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
