package dev.hakoniwa.core;

import java.util.Collection;
import java.util.List;

/// Rows by what they have in common, so that those that share something are found without a look at the others. Only
/// touched inside a step of [Tables].
public final class Index<R> {
    private static final char END = '\n';

    private final Table<R> entries;

    /// @param name says what is found, for messages
    public Index(String name, Tables tables) {
        entries = tables.table(name);
    }

    /// Lets the row be found by what is in `after`, and no longer by what is only in `before`.
    ///
    /// @param row what tells the row from all others
    /// @param found what is given to those who look for it
    public void move(Scope scope, String row, R found, Collection<String> before, Collection<String> after) {
        before.stream().filter(key -> !after.contains(key)).forEach(key -> entries.remove(scope, key + END + row));
        after.stream().filter(key -> !before.contains(key)).forEach(key -> entries.put(scope, key + END + row, found));
    }

    /// All that are found by the key, or by one that continues it behind a line's end.
    public List<R> find(Scope scope, String key) {
        return entries.startingWith(scope, key + END);
    }

    public boolean has(Scope scope, String key) {
        return entries.from(scope, key + END, "").findAny().isPresent();
    }
}
