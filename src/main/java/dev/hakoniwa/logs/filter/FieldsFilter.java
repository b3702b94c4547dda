package dev.hakoniwa.logs.filter;

import dev.hakoniwa.logs.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// `[ip, user, ..., status = 4*, bytes > 1000]`: the fields of messages whose parts are parted by spaces.
///
/// @param before what is said of the fields before the `...`, or of all if there is none
/// @param after what is said of those behind it
record FieldsFilter(List<Predicate<String>> before, boolean isOpen, List<Predicate<String>> after) implements Filter {
    static FieldsFilter parse(String pattern) {
        var cursor = new Cursor(pattern);
        cursor.expect("[");
        var before = new ArrayList<Predicate<String>>();
        var after = new ArrayList<Predicate<String>>();
        var isOpen = false;
        do {
            if (cursor.take("...")) {
                if (isOpen) {
                    throw Errors.invalidFilterPattern();
                }
                isOpen = true;
            } else {
                (isOpen ? after : before).add(Conditions.parse(cursor, FieldsFilter::field));
            }
        } while (cursor.take(","));
        cursor.expect("]");
        if (!cursor.skipSpaces().atEnd()) {
            throw Errors.invalidFilterPattern();
        }
        return new FieldsFilter(List.copyOf(before), isOpen, List.copyOf(after));
    }

    @Override
    public boolean matches(String message) {
        var fields = fields(message);
        var named = before.size() + after.size();
        if (isOpen ? fields.size() < named : fields.size() != named) {
            return false;
        }
        var rest = fields.subList(fields.size() - after.size(), fields.size());
        return match(before, fields) && match(after, rest);
    }

    private static boolean match(List<Predicate<String>> conditions, List<String> fields) {
        for (var i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).test(fields.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Predicate<String> field(Cursor cursor) {
        var name = cursor.skipSpaces().takeWhile(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '$');
        if (name.isEmpty()) {
            throw Errors.invalidFilterPattern();
        }
        if (!Comparison.isNext(cursor)) {
            return _ -> true;
        }
        var comparison = Comparison.parse(cursor);
        return field -> comparison.test(field, Comparison.NUMBER.matcher(field).matches());
    }

    /// The message's parts; what stands in brackets or quotes is one.
    private static List<String> fields(String message) {
        var fields = new ArrayList<String>();
        var at = 0;
        while (at < message.length()) {
            var c = message.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            var close = c == '[' ? ']' : c == '"' ? '"' : ' ';
            var start = close == ' ' ? at : at + 1;
            var end = message.indexOf(close, start);
            end = end < 0 ? message.length() : end;
            fields.add(message.substring(start, end));
            at = end + 1;
        }
        return fields;
    }
}
