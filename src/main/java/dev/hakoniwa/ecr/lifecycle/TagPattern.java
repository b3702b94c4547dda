package dev.hakoniwa.ecr.lifecycle;

/// A tag with wildcards: `*` stands for any characters, or none.
public record TagPattern(String text) {

    /// Takes time in proportion to both lengths at worst: a wildcard that was passed is never looked at again.
    public boolean matches(String tag) {
        var at = 0;
        var in = 0;
        var wildcard = -1;
        var retry = 0;
        while (in < tag.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                wildcard = at++;
                retry = in;
            } else if (at < text.length() && text.charAt(at) == tag.charAt(in)) {
                at++;
                in++;
            } else if (wildcard >= 0) {
                at = wildcard + 1;
                in = ++retry;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }

    long wildcards() {
        return text.chars().filter(c -> c == '*').count();
    }
}
