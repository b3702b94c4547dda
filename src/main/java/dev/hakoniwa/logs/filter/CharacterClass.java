package dev.hakoniwa.logs.filter;

import dev.hakoniwa.logs.Errors;
import java.util.function.IntPredicate;

/// Which characters one place of a regular expression stands for.
final class CharacterClass {
    private static final String NOT_ALLOWED = "()?*+{}|";

    private CharacterClass() {}

    /// @param first what stands at the place; the cursor is behind it
    static IntPredicate parse(char first, Cursor cursor) {
        if (first == '.') {
            return _ -> true;
        }
        if (first == '\\') {
            return escaped(cursor);
        }
        if (first == '[') {
            return bracketed(cursor);
        }
        if (NOT_ALLOWED.indexOf(first) >= 0) {
            throw Errors.invalidFilterPattern();
        }
        return c -> c == first;
    }

    private static IntPredicate escaped(Cursor cursor) {
        var c = cursor.next();
        return switch (c) {
            case 'd' -> CharacterClass::isDigit;
            case 'D' -> ((IntPredicate) CharacterClass::isDigit).negate();
            case 's' -> CharacterClass::isSpace;
            case 'S' -> ((IntPredicate) CharacterClass::isSpace).negate();
            case 'w' -> CharacterClass::isWord;
            case 'W' -> ((IntPredicate) CharacterClass::isWord).negate();
            case 'x' -> literal(hex(cursor));
            default -> literal(c);
        };
    }

    private static IntPredicate bracketed(Cursor cursor) {
        var isNegated = cursor.peek() == '^';
        if (isNegated) {
            cursor.next();
        }
        IntPredicate any = _ -> false;
        do {
            any = any.or(member(cursor));
        } while (cursor.peek() != ']');
        cursor.next();
        return isNegated ? any.negate() : any;
    }

    private static IntPredicate member(Cursor cursor) {
        var from = cursor.next();
        if (from == '\\') {
            return escaped(cursor);
        }
        if (cursor.peek() != '-') {
            return literal(from);
        }
        cursor.next();
        if (cursor.peek() == ']') {
            return literal(from).or(literal('-'));
        }
        var to = cursor.next();
        return c -> c >= from && c <= to;
    }

    private static IntPredicate literal(int character) {
        return c -> c == character;
    }

    private static int hex(Cursor cursor) {
        var high = Character.digit(cursor.next(), 16);
        var low = Character.digit(cursor.next(), 16);
        if (high < 0 || low < 0) {
            throw Errors.invalidFilterPattern();
        }
        return high * 16 + low;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c);
    }

    private static boolean isWord(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
}
