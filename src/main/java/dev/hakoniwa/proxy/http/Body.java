package dev.hakoniwa.proxy.http;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// Where a message's body ends. It looks at the framing only; the bytes pass by.
public abstract sealed class Body permits Body.Counted, Body.UntilClose, Chunks {
    /// How far the body reaches into the buffer, beginning at `from`.
    ///
    /// @param content gets the bytes of the body without their framing; absent if nobody wants them
    public abstract int take(Buffer buffer, int from, @Nullable Buffer content);

    public int take(Buffer buffer, int from) {
        return take(buffer, from, null);
    }

    public abstract boolean isComplete();

    public static Body none() {
        return new Counted(0);
    }

    public static Body of(long length) {
        return new Counted(length);
    }

    /// A body that ends with its connection.
    public static Body untilClose() {
        return new UntilClose();
    }

    static final class Counted extends Body {
        private long left;

        private Counted(long length) {
            left = length;
        }

        @Override
        public int take(Buffer buffer, int from, @Nullable Buffer content) {
            var size = (int) Math.min(left, buffer.length() - from);
            left -= size;
            if (content != null) {
                content.appendBuffer(buffer, from, size);
            }
            return from + size;
        }

        @Override
        public boolean isComplete() {
            return left == 0;
        }
    }

    static final class UntilClose extends Body {
        @Override
        public int take(Buffer buffer, int from, @Nullable Buffer content) {
            if (content != null) {
                content.appendBuffer(buffer, from, buffer.length() - from);
            }
            return buffer.length();
        }

        @Override
        public boolean isComplete() {
            return false;
        }
    }
}
