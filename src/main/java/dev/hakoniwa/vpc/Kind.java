package dev.hakoniwa.vpc;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A kind of resource as EC2's Describe operations select it: by ids, and by filters.
///
/// @param name in the listing's token
/// @param rows all that a scope has, in their order
/// @param id of a row
/// @param notFound the error for an id that isn't there
/// @param filters what each filter compares; those of tags are the same for every kind
record Kind<R>(
        String name,
        Function<Scope, List<R>> rows,
        Function<R, String> id,
        Function<String, AwsError> notFound,
        Map<String, Function<R, List<String>>> filters) {

    static <R> Kind<R> of(String name, Table<R> rows, Function<R, String> id, Function<String, AwsError> notFound) {
        return new Kind<>(name, rows::all, id, notFound, Map.of());
    }

    /// A kind whose rows are in no table of their own.
    static <R> Kind<R> made(
            String name, Function<Scope, List<R>> rows, Function<R, String> id, Function<String, AwsError> notFound) {
        return new Kind<>(name, rows, id, notFound, Map.of());
    }

    /// The same kind with one more filter; a value that is absent matches nothing.
    Kind<R> with(String filter, Function<R, @Nullable Object> value) {
        return withAll(filter, row -> {
            var found = value.apply(row);
            return found == null ? List.of() : List.of(found.toString());
        });
    }

    /// The same kind with one more filter, which any of several values may match.
    Kind<R> withAll(String filter, Function<R, List<String>> values) {
        var more = new LinkedHashMap<>(filters);
        more.put(filter, values);
        return new Kind<>(name, rows, id, notFound, more);
    }
}
