package dev.hakoniwa.ecs.exec;

import java.util.ArrayList;
import java.util.List;

/// Splits a command into its words as a shell would, without a shell: single quotes keep all, double quotes all but
/// `\`, and `#` at a word's beginning leaves the rest out.
final class CommandLine {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private CommandLine(String text) {
        this.text = text;
    }

    /// A command that can't be split; the message says why.
    static final class Unfinished extends Exception {
        private static final long serialVersionUID = 1;

        Unfinished(String message) {
            super(message);
        }
    }

    static List<String> split(String text) throws Unfinished {
        var line = new CommandLine(text);
        while (line.at < text.length()) {
            line.step();
        }
        line.endWord();
        return line.words;
    }

    private void step() throws Unfinished {
        var next = text.charAt(at++);
        switch (next) {
            case ' ', '\t', '\r', '\n' -> endWord();
            case '\'' -> quoted('\'');
            case '"' -> quoted('"');
            case '\\' -> add(escaped());
            case '#' -> {
                if (inWord) {
                    add('#');
                } else {
                    comment();
                }
            }
            default -> add(next);
        }
    }

    private void quoted(char quote) throws Unfinished {
        inWord = true;
        while (at < text.length()) {
            var next = text.charAt(at++);
            if (next == quote) {
                return;
            }
            add(next == '\\' && quote == '"' ? escaped() : next);
        }
        throw new Unfinished("EOF found when expecting closing quote");
    }

    private char escaped() throws Unfinished {
        if (at == text.length()) {
            throw new Unfinished("EOF found after escape character");
        }
        return text.charAt(at++);
    }

    private void comment() {
        var end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
    }

    private void add(char next) {
        inWord = true;
        word.append(next);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
