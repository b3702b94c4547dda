package dev.hakoniwa.proxy.route;

/// A pattern in which `*` stands for any characters, or none, and `?` for exactly one. The whole text must match.
final class Wildcard {
    private static final char MANY = '\uFFFF';
    private static final char ONE = '\uFFFE';

    private final char[] pattern;
    private final boolean ignoreCase;

    private Wildcard(String pattern, boolean ignoreCase) {
        this.pattern = pattern.toCharArray();
        this.ignoreCase = ignoreCase;
        for (var i = 0; ignoreCase && i < this.pattern.length; i++) {
            this.pattern[i] = Character.toLowerCase(this.pattern[i]);
        }
    }

    static Wildcard of(String pattern) {
        return new Wildcard(pattern.replace('*', MANY).replace('?', ONE), false);
    }

    static Wildcard ignoringCase(String pattern) {
        return new Wildcard(pattern.replace('*', MANY).replace('?', ONE), true);
    }

    /// As [#ignoringCase], but a backslash makes the `*`, `?` or backslash behind it an ordinary character.
    static Wildcard withEscapes(String pattern) {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.length(); i++) {
            var c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length() && "*?\\".indexOf(pattern.charAt(i + 1)) >= 0) {
                text.append(pattern.charAt(++i));
            } else {
                text.append(c == '*' ? MANY : c == '?' ? ONE : c);
            }
        }
        return new Wildcard(text.toString(), true);
    }

    /// Takes time in proportion to the lengths of text and pattern multiplied, at worst.
    boolean matches(String text) {
        var p = 0;
        var retry = -1;
        var retryAt = 0;
        for (var t = 0; t < text.length(); ) {
            if (p < pattern.length && pattern[p] == MANY) {
                retry = ++p;
                retryAt = t;
            } else if (p < pattern.length && (pattern[p] == ONE || pattern[p] == at(text, t))) {
                p++;
                t++;
            } else if (retry >= 0) {
                p = retry;
                t = ++retryAt;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == MANY) {
            p++;
        }
        return p == pattern.length;
    }

    private char at(String text, int index) {
        return ignoreCase ? Character.toLowerCase(text.charAt(index)) : text.charAt(index);
    }
}
