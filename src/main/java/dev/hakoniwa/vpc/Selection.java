package dev.hakoniwa.vpc;

import dev.hakoniwa.core.Page;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.vpc.Inventory.Tags;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/// Selects rows as every Describe operation of EC2 does (aws-protocols.md §6): the values of a filter are alternatives,
/// the filters must all hold, `*` and `?` are wildcards.
final class Selection {
    private static final int LEAST = 5;
    private static final int MOST = 1000;

    private final Inventory inventory;

    Selection(Inventory inventory) {
        this.inventory = inventory;
    }

    /// What a caller asks for.
    record Wish(
            List<String> ids,
            List<Filter> filters,
            @Nullable Integer maxResults,
            @Nullable String nextToken) {}

    <R> Page<R> of(Scope scope, Kind<R> kind, Wish wish) {
        var rows = kind.rows().apply(scope);
        var there = rows.stream().map(kind.id()).collect(Collectors.toSet());
        for (var id : wish.ids()) {
            if (!there.contains(id)) {
                throw kind.notFound().apply(id);
            }
        }
        var asked = Set.copyOf(wish.ids());
        var matching = rows.stream()
                .filter(row -> asked.isEmpty() || asked.contains(kind.id().apply(row)))
                .filter(all(scope, kind, wish.filters()))
                .toList();
        return page(kind.name() + wish.filters(), matching, kind, wish);
    }

    private static <R> Page<R> page(String listing, List<R> matching, Kind<R> kind, Wish wish) {
        var size = wish.maxResults();
        if (size == null && wish.nextToken() == null) {
            return new Page<>(matching, null);
        }
        if (size != null && !wish.ids().isEmpty()) {
            throw Errors.invalidCombination("The parameter maxResults cannot be used with the parameter ids");
        }
        if (size != null && (size < LEAST || size > MOST)) {
            throw Errors.invalidValue(
                    "Value ( %d ) for parameter maxResults is invalid. Expecting a value between %d and %d."
                            .formatted(size, LEAST, MOST));
        }
        return Page.of(
                listing,
                matching,
                kind.id(),
                new Page.Request(wish.nextToken(), Objects.requireNonNullElse(size, MOST)),
                () -> Errors.invalidToken(String.valueOf(wish.nextToken())));
    }

    private <R> Predicate<R> all(Scope scope, Kind<R> kind, List<Filter> filters) {
        return filters.stream().map(filter -> one(scope, kind, filter)).reduce(_ -> true, Predicate::and);
    }

    private <R> Predicate<R> one(Scope scope, Kind<R> kind, Filter filter) {
        var patterns = filter.values().stream().map(Wildcard::new).toList();
        Predicate<String> wanted = value -> patterns.stream().anyMatch(p -> p.matches(value));
        var name = String.valueOf(filter.name());
        if (name.equals("tag-key")) {
            return row -> tags(scope, kind, row).stream().map(Tag::key).anyMatch(wanted);
        }
        if (name.startsWith("tag:")) {
            var key = name.substring("tag:".length());
            return row -> tags(scope, kind, row).stream()
                    .filter(tag -> tag.key().equals(key))
                    .map(Tag::value)
                    .anyMatch(wanted);
        }
        var values = kind.filters().get(name);
        if (values == null) {
            throw Errors.invalidValue("The filter '%s' is invalid".formatted(name));
        }
        return row -> values.apply(row).stream().anyMatch(wanted);
    }

    private <R> List<Tag> tags(Scope scope, Kind<R> kind, R row) {
        return inventory.tags.find(scope, kind.id().apply(row)).map(Tags::of).orElse(List.of());
    }
}
