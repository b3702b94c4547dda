package dev.hakoniwa.s3;

import java.util.Optional;
import java.util.regex.Pattern;

/// The part of an object that a request asks for; the last byte is part of it.
record Range(int first, int last) {
    private static final Pattern FORM = Pattern.compile("bytes=(\\d*)-(\\d*)");

    /// Empty if the whole object is asked for, also by a header that isn't in a form S3 knows.
    static Optional<Range> of(String header, int length) {
        var form = FORM.matcher(header);
        if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
            return Optional.empty();
        }
        var end = length - 1L;
        if (form.group(1).isEmpty()) {
            var wanted = number(form.group(2));
            return wanted == 0 ? unsatisfiable() : within(Math.max(0, length - wanted), end, length);
        }
        var first = number(form.group(1));
        if (form.group(2).isEmpty()) {
            return within(first, end, length);
        }
        var last = number(form.group(2));
        return last < first ? Optional.empty() : within(first, Math.min(last, end), length);
    }

    private static Optional<Range> within(long first, long last, int length) {
        return first >= length ? unsatisfiable() : Optional.of(new Range((int) first, (int) last));
    }

    private static Optional<Range> unsatisfiable() {
        throw Errors.invalidRange();
    }

    private static long number(String digits) {
        return digits.length() > 15 ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
