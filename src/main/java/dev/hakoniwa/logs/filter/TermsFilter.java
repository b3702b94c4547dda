package dev.hakoniwa.logs.filter;

import dev.hakoniwa.logs.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Words that must all occur in a message (`ERROR "not found"`), must not (`-debug`), or of which one must (`?a ?b`).
/// A message that only `?` asks for is one that holds any of them; beside other words they count for nothing.
record TermsFilter(List<Predicate<String>> all, List<Predicate<String>> any, List<Predicate<String>> none)
        implements Filter {
    private static final Pattern BARE = Pattern.compile("[\\p{L}\\p{N}_]+");

    static TermsFilter parse(String pattern) {
        var cursor = new Cursor(pattern);
        var filter = new TermsFilter(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        while (!cursor.skipSpaces().atEnd()) {
            filter.kind(cursor).add(term(cursor));
        }
        return filter;
    }

    @Override
    public boolean matches(String message) {
        if (none.stream().anyMatch(term -> term.test(message))) {
            return false;
        }
        if (all.isEmpty() && none.isEmpty()) {
            return any.stream().anyMatch(term -> term.test(message));
        }
        return all.stream().allMatch(term -> term.test(message));
    }

    private List<Predicate<String>> kind(Cursor cursor) {
        if (cursor.take("?")) {
            return any;
        }
        return cursor.take("-") ? none : all;
    }

    private static Predicate<String> term(Cursor cursor) {
        if (cursor.take("\"")) {
            var phrase = cursor.quoted('"');
            return message -> message.contains(phrase);
        }
        if (cursor.take("%")) {
            return Regex.parse(cursor.until('%'))::find;
        }
        var word = cursor.takeWhile(c -> !Character.isWhitespace(c));
        if (!BARE.matcher(word).matches()) {
            throw Errors.invalidTerm(word);
        }
        return message -> message.contains(word);
    }
}
