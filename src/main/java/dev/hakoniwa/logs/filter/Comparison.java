package dev.hakoniwa.logs.filter;

import dev.hakoniwa.logs.Errors;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What a pattern says of one field: `= "GET"`, `!= 404`, `> 1000`, `= /api/*`, `= %4\d\d%`.
@FunctionalInterface
interface Comparison {
    Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    boolean test(String field, boolean isNumber);

    /// Whether one stands here.
    static boolean isNext(Cursor cursor) {
        var c = cursor.skipSpaces().peek();
        return c == '=' || c == '!' || c == '<' || c == '>';
    }

    static Comparison parse(Cursor cursor) {
        if (cursor.take("!=")) {
            var equal = equality(cursor);
            return (field, isNumber) -> !equal.test(field, isNumber);
        }
        if (cursor.take("=")) {
            return equality(cursor);
        }
        return order(cursor);
    }

    private static Comparison order(Cursor cursor) {
        if (cursor.take("<=")) {
            var limit = number(cursor);
            return numeric(field -> field <= limit);
        }
        if (cursor.take(">=")) {
            var limit = number(cursor);
            return numeric(field -> field >= limit);
        }
        if (cursor.take("<")) {
            var limit = number(cursor);
            return numeric(field -> field < limit);
        }
        cursor.expect(">");
        var limit = number(cursor);
        return numeric(field -> field > limit);
    }

    private static Comparison equality(Cursor cursor) {
        if (cursor.take("%")) {
            var regex = Regex.parse(cursor.until('%'));
            return (field, _) -> regex.find(field);
        }
        if (cursor.take("\"")) {
            var glob = glob(cursor.quoted('"'));
            return (field, _) -> glob.test(field);
        }
        var word = word(cursor);
        var glob = glob(word);
        if (!NUMBER.matcher(word).matches()) {
            return (field, _) -> glob.test(field);
        }
        var number = Double.parseDouble(word);
        return (field, isNumber) -> isNumber ? Double.parseDouble(field) == number : glob.test(field);
    }

    private static Comparison numeric(DoublePredicate predicate) {
        return (field, isNumber) -> isNumber && predicate.test(Double.parseDouble(field));
    }

    private static double number(Cursor cursor) {
        var word = word(cursor);
        if (!NUMBER.matcher(word).matches()) {
            throw Errors.invalidFilterPattern();
        }
        return Double.parseDouble(word);
    }

    private static String word(Cursor cursor) {
        var word = cursor.skipSpaces().takeWhile(c -> !Character.isWhitespace(c) && ")}],&|".indexOf(c) < 0);
        if (word.isEmpty()) {
            throw Errors.invalidFilterPattern();
        }
        return word;
    }

    /// Text in which each `*` stands for anything.
    private static Predicate<String> glob(String pattern) {
        var parts = pattern.split("\\*", -1);
        return parts.length == 1 ? pattern::equals : text -> matches(parts, text);
    }

    private static boolean matches(String[] parts, String text) {
        var last = parts[parts.length - 1];
        if (!text.startsWith(parts[0]) || !text.endsWith(last) || text.length() < parts[0].length() + last.length()) {
            return false;
        }
        var at = parts[0].length();
        var end = text.length() - last.length();
        for (var i = 1; i < parts.length - 1; i++) {
            var found = text.indexOf(parts[i], at);
            if (found < 0 || found + parts[i].length() > end) {
                return false;
            }
            at = found + parts[i].length();
        }
        return true;
    }
}
