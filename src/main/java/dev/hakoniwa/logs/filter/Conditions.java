package dev.hakoniwa.logs.filter;

import java.util.function.Function;
import java.util.function.Predicate;

/// Conditions joined by `&&`, which binds closer, `||` and parentheses.
final class Conditions {
    private Conditions() {}

    /// @param single reads one condition
    static <T> Predicate<T> parse(Cursor cursor, Function<Cursor, Predicate<T>> single) {
        var condition = all(cursor, single);
        while (cursor.take("||")) {
            condition = condition.or(all(cursor, single));
        }
        return condition;
    }

    private static <T> Predicate<T> all(Cursor cursor, Function<Cursor, Predicate<T>> single) {
        var condition = primary(cursor, single);
        while (cursor.take("&&")) {
            condition = condition.and(primary(cursor, single));
        }
        return condition;
    }

    private static <T> Predicate<T> primary(Cursor cursor, Function<Cursor, Predicate<T>> single) {
        if (!cursor.take("(")) {
            return single.apply(cursor);
        }
        var condition = parse(cursor, single);
        cursor.expect(")");
        return condition;
    }
}
