package dev.hakoniwa.logs.filter;

/// Tells which messages match a pattern.
@FunctionalInterface
public interface Filter {
    boolean matches(String message);

    /// Reads a pattern; an empty one matches everything. Throws what Logs answers a wrong one with.
    static Filter parse(String pattern) {
        var text = pattern.strip();
        if (text.isEmpty()) {
            return _ -> true;
        }
        return switch (text.charAt(0)) {
            case '{' -> JsonFilter.parse(text);
            case '[' -> FieldsFilter.parse(text);
            default -> TermsFilter.parse(text);
        };
    }
}
