package dev.hakoniwa.vpc;

/// A filter's value: `*` stands for any characters, `?` for any one, and a backslash takes that from what follows it.
record Wildcard(String pattern) {

    /// Goes back to the last `*` only, so that no pattern takes longer than its length times the text's.
    boolean matches(String text) {
        var p = 0;
        var t = 0;
        var star = -1;
        var starAt = 0;
        while (t < text.length()) {
            var length = literal(p, text.charAt(t));
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starAt = t;
            } else if (length > 0) {
                p += length;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++starAt;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }

    /// How many characters of the pattern stand for this one; none if they stand for another.
    private int literal(int at, char c) {
        if (at >= pattern.length()) {
            return 0;
        }
        if (pattern.charAt(at) == '\\' && at + 1 < pattern.length()) {
            return pattern.charAt(at + 1) == c ? 2 : 0;
        }
        return (pattern.charAt(at) == '?' || pattern.charAt(at) == c) ? 1 : 0;
    }
}
