package dev.hakoniwa.ecr.registry;

import java.util.regex.Pattern;

/// The part of a blob that a `Range` header asks for.
sealed interface ByteRange {
    record Whole() implements ByteRange {}

    record Part(long first, long last) implements ByteRange {
        long length() {
            return last - first + 1;
        }
    }

    record Unsatisfiable() implements ByteRange {}

    Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /// Reads the header; one that isn't understood, or asks for several parts, asks for the whole, as HTTP allows.
    static ByteRange of(String header, long size) {
        var range = FORM.matcher(header.strip());
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return new Whole();
        }
        if (range.group(1).isEmpty()) {
            var length = Math.min(size, Long.parseLong(range.group(2)));
            return length == 0 ? new Unsatisfiable() : new Part(size - length, size - 1);
        }
        var first = Long.parseLong(range.group(1));
        var last = range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
        if (!range.group(2).isEmpty() && Long.parseLong(range.group(2)) < first) {
            return new Whole();
        }
        return first >= size ? new Unsatisfiable() : new Part(first, last);
    }
}
