package dev.hakoniwa.proxy.http;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// The chunked coding, followed byte by byte where its framing is and in one go where its data is. Stricter than it
/// need be (no bare line feed, bounded extensions and trailers), as two readers that disagree about where a body ends
/// can be played against each other.
final class Chunks extends Body {
    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_TRAILER = 16 * 1024;
    private static final int MOST_DIGITS = 15;

    private enum Place {
        SIZE,
        EXTENSION,
        SIZE_FEED,
        DATA,
        DATA_RETURN,
        DATA_FEED,
        LINE_START,
        TRAILER,
        TRAILER_FEED,
        LAST_FEED,
        END
    }

    private Place place = Place.SIZE;
    private long size;
    private int digits;
    private int line;
    private int trailer;

    @Override
    public int take(Buffer buffer, int from, @Nullable Buffer content) {
        var at = from;
        while (at < buffer.length() && place != Place.END) {
            if (place == Place.DATA) {
                at = data(buffer, at, content);
            } else {
                place = next(buffer.getByte(at++));
            }
        }
        return at;
    }

    @Override
    public boolean isComplete() {
        return place == Place.END;
    }

    private int data(Buffer buffer, int at, @Nullable Buffer content) {
        var part = (int) Math.min(size, buffer.length() - at);
        if (content != null) {
            content.appendBuffer(buffer, at, part);
        }
        size -= part;
        if (size == 0) {
            place = Place.DATA_RETURN;
        }
        return at + part;
    }

    private Place next(byte b) {
        return switch (place) {
            case SIZE -> size(b);
            case EXTENSION -> lineByte(b, LONGEST_LINE, Place.EXTENSION, Place.SIZE_FEED);
            case SIZE_FEED -> sizeEnd(b);
            case DATA, END -> throw new IllegalStateException(place.name());
            case DATA_RETURN -> expect(b, '\r', Place.DATA_FEED);
            case DATA_FEED -> chunkEnd(b);
            case LINE_START -> b == '\r' ? Place.LAST_FEED : trailerByte(b);
            case TRAILER -> trailerByte(b);
            case TRAILER_FEED -> expect(b, '\n', Place.LINE_START);
            case LAST_FEED -> expect(b, '\n', Place.END);
        };
    }

    private Place size(byte b) {
        var digit = Character.digit(b, 16);
        if (digit >= 0) {
            if (++digits > MOST_DIGITS) {
                throw Malformed.because("a chunk is too large");
            }
            size = size * 16 + digit;
            return Place.SIZE;
        }
        if (digits == 0) {
            throw Malformed.because("a chunk without a size");
        }
        return switch (b) {
            case '\r' -> Place.SIZE_FEED;
            case ';', ' ', '\t' -> Place.EXTENSION;
            default -> throw Malformed.because("a chunk's size is not a number");
        };
    }

    private Place sizeEnd(byte b) {
        line = 0;
        digits = 0;
        return expect(b, '\n', size == 0 ? Place.LINE_START : Place.DATA);
    }

    private Place chunkEnd(byte b) {
        size = 0;
        return expect(b, '\n', Place.SIZE);
    }

    private Place trailerByte(byte b) {
        if (++trailer > LONGEST_TRAILER) {
            throw Malformed.because("the trailers are too long");
        }
        return lineByte(b, LONGEST_TRAILER, Place.TRAILER, Place.TRAILER_FEED);
    }

    private Place lineByte(byte b, int longest, Place same, Place end) {
        if (b == '\r') {
            line = 0;
            return end;
        }
        if (++line > longest || (b >= 0 && b < ' ' && b != '\t')) {
            throw Malformed.because("a chunk's line is too long or has a control character");
        }
        return same;
    }

    private static Place expect(byte b, char wanted, Place next) {
        if (b != wanted) {
            throw Malformed.because("a chunk does not end where it should");
        }
        return next;
    }
}
