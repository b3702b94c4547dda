package dev.hakoniwa.elb.targetgroup;

import dev.hakoniwa.elb.Errors;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The HTTP codes of a good health check, such as `200,202` or `200-299`.
record Codes(List<Range> ranges) {
    private static final Pattern FORM = Pattern.compile("\\d{3}(-\\d{3})?(,\\d{3}(-\\d{3})?)*");
    private static final int FIRST = 200;
    private static final int LAST = 499;

    record Range(int first, int last) {}

    /// What a request says, with AWS's errors for what it doesn't understand.
    static Codes checked(String text) {
        if (!FORM.matcher(text).matches()) {
            throw Errors.validation(
                    "Health check matcher HTTP code '%s' must be a code, a list of codes or a range".formatted(text));
        }
        var codes = parse(text);
        for (var range : codes.ranges) {
            if (range.first < FIRST || range.last > LAST || range.first > range.last) {
                throw Errors.validation("Health check matcher HTTP code '%s' must be within '%d-%d' inclusive"
                        .formatted(text, FIRST, LAST));
            }
        }
        return codes;
    }

    static Codes parse(String text) {
        return new Codes(Arrays.stream(text.split(",", -1)).map(Codes::range).toList());
    }

    boolean has(int code) {
        return ranges.stream().anyMatch(range -> range.first <= code && code <= range.last);
    }

    private static Range range(String text) {
        var dash = text.indexOf('-');
        return dash < 0
                ? new Range(Integer.parseInt(text), Integer.parseInt(text))
                : new Range(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }
}
