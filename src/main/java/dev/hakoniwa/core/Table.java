package dev.hakoniwa.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Immutable rows by key, apart for each [Scope], in the order of their keys. Only touched inside a step of [Tables].
public final class Table<V> {
    private final String name;
    private final Tables tables;
    private final Map<Scope, NavigableMap<String, V>> rows = new HashMap<>();

    Table(String name, Tables tables) {
        this.name = name;
        this.tables = tables;
    }

    public Optional<V> find(Scope scope, String key) {
        return Optional.ofNullable(in(scope).get(key));
    }

    /// The row that must be there; its absence is a fault of ours.
    public V get(Scope scope, String key) {
        return find(scope, key).orElseThrow(() -> new IllegalStateException("no " + name + " " + key));
    }

    public boolean contains(Scope scope, String key) {
        return in(scope).containsKey(key);
    }

    /// Every row of the scope, in the order of the keys; a copy that later changes leave alone.
    public List<V> all(Scope scope) {
        return List.copyOf(in(scope).values());
    }

    /// The rows of the scope whose key begins with `prefix`, in the order of the keys; costs what it finds.
    public List<V> startingWith(Scope scope, String prefix) {
        var found = new ArrayList<V>();
        for (var row : in(scope).tailMap(prefix, true).entrySet()) {
            if (!row.getKey().startsWith(prefix)) {
                break;
            }
            found.add(row.getValue());
        }
        return found;
    }

    /// The rows whose key begins with `prefix`, from the key `first` on, in the order of the keys. Reads no further
    /// than it is asked to, and only inside the step.
    public Stream<V> from(Scope scope, String prefix, String first) {
        var start = first.compareTo(prefix) > 0 ? first : prefix;
        return in(scope).tailMap(start, true).entrySet().stream()
                .takeWhile(row -> row.getKey().startsWith(prefix))
                .map(Map.Entry::getValue);
    }

    public List<V> where(Scope scope, Predicate<V> condition) {
        return in(scope).values().stream().filter(condition).toList();
    }

    public int size(Scope scope) {
        return in(scope).size();
    }

    /// The scopes that hold at least one row.
    public List<Scope> scopes() {
        tables.mustBeInStep();
        return rows.entrySet().stream()
                .filter(row -> !row.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Puts the row in, in the place of one with the same key.
    public V put(Scope scope, String key, V row) {
        var map = in(scope);
        var before = map.put(key, row);
        tables.undoWith(() -> restore(map, key, before));
        return row;
    }

    /// Puts what `change` makes of the row in its place.
    public V update(Scope scope, String key, UnaryOperator<V> change) {
        return put(scope, key, change.apply(get(scope, key)));
    }

    public Optional<V> remove(Scope scope, String key) {
        var map = in(scope);
        var before = map.remove(key);
        if (before != null) {
            tables.undoWith(() -> map.put(key, before));
        }
        return Optional.ofNullable(before);
    }

    void clear() {
        rows.clear();
    }

    private NavigableMap<String, V> in(Scope scope) {
        tables.mustBeInStep();
        return rows.computeIfAbsent(scope, _ -> new TreeMap<>());
    }

    private static <V> void restore(Map<String, V> map, String key, @org.jspecify.annotations.Nullable V before) {
        if (before == null) {
            map.remove(key);
        } else {
            map.put(key, before);
        }
    }
}
