package dev.hakoniwa.docker;

import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// What is typed, as the stream that the transport copies into a connection that it has taken over.
@SuppressWarnings("InputStreamSlowMultibyteRead") // the transport reads into an array, never a single byte
final class TypedInput extends InputStream {
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> typed = new LinkedBlockingQueue<>();
    private byte[] current = END;
    private int used;
    private boolean over;

    void type(byte[] input) {
        if (input.length > 0) {
            typed.add(input);
        }
    }

    /// No more comes.
    void end() {
        typed.add(END);
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (used == current.length && !await()) {
            return -1;
        }
        var number = Math.min(length, current.length - used);
        System.arraycopy(current, used, into, offset, number);
        used += number;
        return number;
    }

    private boolean await() {
        try {
            if (!over) {
                current = typed.take();
                used = 0;
                over = current.length == 0;
            }
        } catch (InterruptedException _) {
            over = true;
        }
        return !over;
    }
}
