package dev.hakoniwa.logs.filter;

import dev.hakoniwa.logs.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// The regular expressions that Logs allows in patterns: no groups. Looking takes no longer than the message's length
/// times the expression's, whatever the expression, as it happens within a step of the writer.
final class Regex {
    private static final int LONGEST = 1000;

    private final List<List<Part>> alternatives;

    private Regex(List<List<Part>> alternatives) {
        this.alternatives = alternatives;
    }

    private enum Kind {
        ONE,
        MAYBE,
        MANY,
        START,
        END
    }

    private record Part(Kind kind, IntPredicate characters) {}

    static Regex parse(String text) {
        var cursor = new Cursor(text);
        var alternatives = new ArrayList<List<Part>>();
        do {
            alternatives.add(sequence(cursor));
        } while (cursor.take("|"));
        if (!cursor.atEnd()) {
            throw Errors.invalidFilterPattern();
        }
        return new Regex(alternatives);
    }

    /// Whether the expression matches somewhere in the text.
    boolean find(String text) {
        return alternatives.stream().anyMatch(parts -> find(parts, text));
    }

    private static boolean find(List<Part> parts, String text) {
        var here = new boolean[parts.size() + 1];
        for (var at = 0; at <= text.length(); at++) {
            here[0] = true;
            skip(parts, here, at == 0, at == text.length());
            if (here[parts.size()]) {
                return true;
            }
            if (at < text.length()) {
                here = step(parts, here, text.charAt(at));
            }
        }
        return false;
    }

    /// Goes on to every part that can be reached without a character.
    private static void skip(List<Part> parts, boolean[] here, boolean atStart, boolean atEnd) {
        for (var i = 0; i < parts.size(); i++) {
            var canSkip = switch (parts.get(i).kind()) {
                case ONE -> false;
                case MAYBE, MANY -> true;
                case START -> atStart;
                case END -> atEnd;
            };
            here[i + 1] |= here[i] && canSkip;
        }
    }

    private static boolean[] step(List<Part> parts, boolean[] here, char c) {
        var there = new boolean[here.length];
        for (var i = 0; i < parts.size(); i++) {
            if (here[i] && parts.get(i).characters().test(c)) {
                there[parts.get(i).kind() == Kind.MANY ? i : i + 1] = true;
            }
        }
        return there;
    }

    private static List<Part> sequence(Cursor cursor) {
        var parts = new ArrayList<Part>();
        while (!cursor.atEnd() && cursor.peek() != '|') {
            parts.addAll(repeated(cursor));
            if (parts.size() > LONGEST) {
                throw Errors.invalidFilterPattern();
            }
        }
        return parts;
    }

    private static List<Part> repeated(Cursor cursor) {
        var c = cursor.next();
        if (c == '^' || c == '$') {
            return List.of(new Part(c == '^' ? Kind.START : Kind.END, _ -> false));
        }
        var characters = CharacterClass.parse(c, cursor);
        var times = times(cursor);
        var parts = new ArrayList<Part>();
        for (var i = 0; i < times.least; i++) {
            parts.add(new Part(Kind.ONE, characters));
        }
        for (var i = times.least; i < times.most; i++) {
            parts.add(new Part(Kind.MAYBE, characters));
        }
        if (times.isOpen) {
            parts.add(new Part(Kind.MANY, characters));
        }
        return parts;
    }

    private record Times(int least, int most, boolean isOpen) {}

    private static Times times(Cursor cursor) {
        return switch (cursor.peek()) {
            case '?' -> taken(cursor, new Times(0, 1, false));
            case '*' -> taken(cursor, new Times(0, 0, true));
            case '+' -> taken(cursor, new Times(1, 1, true));
            case '{' -> counted(cursor);
            default -> new Times(1, 1, false);
        };
    }

    private static Times taken(Cursor cursor, Times times) {
        cursor.next();
        return times;
    }

    /// `{3}`, `{3,}` or `{3,5}`.
    private static Times counted(Cursor cursor) {
        cursor.expect("{");
        var least = number(cursor.takeWhile(Character::isDigit));
        var isOpen = false;
        var most = least;
        if (cursor.take(",")) {
            var digits = cursor.takeWhile(Character::isDigit);
            isOpen = digits.isEmpty();
            most = isOpen ? least : number(digits);
        }
        cursor.expect("}");
        if (most < least) {
            throw Errors.invalidFilterPattern();
        }
        return new Times(least, most, isOpen);
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 3) {
            throw Errors.invalidFilterPattern();
        }
        return Integer.parseInt(digits);
    }
}
