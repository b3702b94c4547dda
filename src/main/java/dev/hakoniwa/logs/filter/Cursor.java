package dev.hakoniwa.logs.filter;

import dev.hakoniwa.logs.Errors;
import java.util.function.IntPredicate;

/// Reads a pattern from its beginning to its end.
final class Cursor {
    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    /// The next character; 0 at the end.
    char peek() {
        return atEnd() ? 0 : text.charAt(at);
    }

    char next() {
        if (atEnd()) {
            throw Errors.invalidFilterPattern();
        }
        return text.charAt(at++);
    }

    Cursor skipSpaces() {
        while (Character.isWhitespace(peek())) {
            at++;
        }
        return this;
    }

    /// Takes `token`, which stands here or behind spaces; says whether it does.
    boolean take(String token) {
        skipSpaces();
        if (!text.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        return true;
    }

    /// Takes a word, however it is written; says whether it stands here.
    boolean takeWord(String word) {
        skipSpaces();
        var end = at + word.length();
        if (!text.regionMatches(true, at, word, 0, word.length())
                || (end < text.length() && Character.isLetterOrDigit(text.charAt(end)))) {
            return false;
        }
        at = end;
        return true;
    }

    void expect(String token) {
        if (!take(token)) {
            throw Errors.invalidFilterPattern();
        }
    }

    /// What stands here until the first character that doesn't belong to it.
    String takeWhile(IntPredicate belongs) {
        var start = at;
        while (!atEnd() && belongs.test(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /// What stands until the closing quote, where the opening one has been taken. A backslash keeps what follows it.
    String quoted(char quote) {
        var content = new StringBuilder();
        for (var c = next(); c != quote; c = next()) {
            if (c == '\\' && (peek() == quote || peek() == '\\')) {
                c = next();
            }
            content.append(c);
        }
        return content.toString();
    }

    /// What stands until `end`, which is taken too.
    String until(char end) {
        var content = takeWhile(c -> c != end);
        next();
        return content;
    }
}
