package dev.hakoniwa.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The first line of a message and its header lines, over the bytes they came in. Bytes and characters are the same
/// here (ISO 8859-1), so that what was received can be passed on as it was.
public final class Head {
    private static final boolean[] TOKEN = token();
    private static final int NAME = 0;
    private static final int NAME_END = 1;
    private static final int VALUE = 2;
    private static final int VALUE_END = 3;
    private static final int WIDTH = 4;

    private final byte[] bytes;
    private final int firstLineEnd;
    private int[] places = new int[16 * WIDTH];
    private Field[] fields = new Field[16];
    private int size;

    /// Reads a head that ends with its empty line at `length`.
    ///
    /// @param longestLine how long one header line may be
    Head(byte[] bytes, int length, int longestLine) {
        this.bytes = bytes;
        var at = lineEnd(0);
        firstLineEnd = withoutReturn(0, at);
        at++;
        while (at < length && bytes[at] != '\r' && bytes[at] != '\n') {
            var start = at;
            at = readLine(at);
            if (at - start > longestLine) {
                throw Malformed.because("a header line is too long");
            }
        }
        if (at < length && bytes[at] == '\r' && bytes[at + 1] != '\n') {
            throw Malformed.because("a carriage return without its line feed");
        }
    }

    public int size() {
        return size;
    }

    public Field field(int index) {
        return fields[index];
    }

    public String name(int index) {
        return text(places[index * WIDTH + NAME], places[index * WIDTH + NAME_END]);
    }

    public String value(int index) {
        return text(places[index * WIDTH + VALUE], places[index * WIDTH + VALUE_END]);
    }

    /// Whether the header line has this name, in whatever case.
    public boolean isNamed(int index, String name) {
        var from = places[index * WIDTH + NAME];
        if (places[index * WIDTH + NAME_END] - from != name.length()) {
            return false;
        }
        for (var i = 0; i < name.length(); i++) {
            if (Character.toLowerCase(bytes[from + i] & 0xFF) != Character.toLowerCase(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    public List<String> values(String name) {
        var values = new ArrayList<String>();
        for (var i = 0; i < size; i++) {
            if (isNamed(i, name)) {
                values.add(value(i));
            }
        }
        return values;
    }

    /// Writes the header line as it came.
    public void copy(int index, Output output) {
        output.bytes(bytes, places[index * WIDTH + NAME], places[index * WIDTH + NAME_END])
                .text(": ")
                .bytes(bytes, places[index * WIDTH + VALUE], places[index * WIDTH + VALUE_END])
                .newLine();
    }

    String firstLine() {
        return text(0, firstLineEnd);
    }

    byte byteAt(int index) {
        return bytes[index];
    }

    int firstLineEnd() {
        return firstLineEnd;
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, ISO_8859_1);
    }

    static boolean isToken(byte b) {
        return b >= 0 && TOKEN[b];
    }

    /// Reads the header line at `start`; returns where the next one begins.
    private int readLine(int start) {
        var colon = start;
        while (isToken(bytes[colon])) {
            colon++;
        }
        if (colon == start || bytes[colon] != ':') {
            throw Malformed.because("a header line without a name");
        }
        var value = colon + 1;
        while (isBlank(bytes[value])) {
            value++;
        }
        var feed = lineEnd(value);
        var end = withoutReturn(value, feed);
        while (end > value && isBlank(bytes[end - 1])) {
            end--;
        }
        add(start, colon, value, end);
        return feed + 1;
    }

    private void add(int name, int nameEnd, int value, int valueEnd) {
        if (size == fields.length) {
            fields = Arrays.copyOf(fields, size * 2);
            places = Arrays.copyOf(places, size * 2 * WIDTH);
        }
        var at = size * WIDTH;
        places[at + NAME] = name;
        places[at + NAME_END] = nameEnd;
        places[at + VALUE] = value;
        places[at + VALUE_END] = valueEnd;
        fields[size++] = Field.named(bytes, name, nameEnd);
    }

    /// Where the line that begins at `from` has its line feed. Control characters are not let through: they are how
    /// one header is smuggled into another.
    private int lineEnd(int from) {
        var at = from;
        for (var b = bytes[at]; b != '\n'; b = bytes[++at]) {
            if ((b >= 0 && b < ' ' && b != '\t' && !(b == '\r' && bytes[at + 1] == '\n')) || b == 0x7F) {
                throw Malformed.because("a control character in a header");
            }
        }
        return at;
    }

    private int withoutReturn(int from, int feed) {
        return feed > from && bytes[feed - 1] == '\r' ? feed - 1 : feed;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean[] token() {
        var token = new boolean[128];
        for (var c : "!#$%&'*+-.^_`|~0123456789".toCharArray()) {
            token[c] = true;
        }
        for (var c = 'a'; c <= 'z'; c++) {
            token[c] = true;
            token[Character.toUpperCase(c)] = true;
        }
        return token;
    }
}
