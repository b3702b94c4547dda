package dev.hakoniwa.elb.attribute;

import java.util.List;
import java.util.regex.Pattern;

/// The values that an attribute may have.
///
/// @param form how they are said in an error, after "value 'x' must be"
record Allowed(String form, java.util.function.Predicate<String> test) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    static Allowed oneOf(String... values) {
        var all = List.of(values);
        return new Allowed("one of [" + String.join(", ", all) + "]", all::contains);
    }

    static Allowed between(int min, int max) {
        return new Allowed("between '%d-%d' inclusive".formatted(min, max), value -> isBetween(value, min, max));
    }

    static Allowed anything() {
        return new Allowed("any text", _ -> true);
    }

    /// The same, and this one word.
    Allowed or(String word) {
        return new Allowed("'" + word + "' or " + form, value -> value.equals(word) || test.test(value));
    }

    private static boolean isBetween(String value, int min, int max) {
        return NUMBER.matcher(value).matches() && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max;
    }
}
