package dev.hakoniwa.secrets.parameter;

import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParametersFilter;

/// What DescribeParameters and GetParametersByPath filter by: every filter must hold for one of its values.
final class ParameterFilters {
    private static final String EQUALS = "Equals";
    private static final String BEGINS_WITH = "BeginsWith";
    private static final String CONTAINS = "Contains";
    private static final String RECURSIVE = "Recursive";
    private static final String ONE_LEVEL = "OneLevel";
    private static final List<String> KEYS = List.of("Path", "Name", "Type", "KeyId", "Tier", "DataType");
    private static final String TAG = "tag:";
    private static final List<String> KEYS_BELOW_PATH = List.of("Type", "KeyId", "Label");

    private ParameterFilters() {}

    static Predicate<KeptParameter> of(List<ParameterStringFilter> filters) {
        return filters.stream()
                .map(filter -> isTag(filter) ? tag(filter) : one(filter, KEYS))
                .reduce(_ -> true, Predicate::and);
    }

    static Predicate<KeptParameter> ofPath(List<ParameterStringFilter> filters) {
        return filters.stream().map(filter -> one(filter, KEYS_BELOW_PATH)).reduce(_ -> true, Predicate::and);
    }

    /// The filters that DescribeParameters had first.
    static Predicate<KeptParameter> older(List<ParametersFilter> filters) {
        return of(filters.stream()
                .map(filter -> ParameterStringFilter.builder()
                        .key(filter.keyAsString())
                        .values(filter.values())
                        .build())
                .toList());
    }

    private static boolean isTag(ParameterStringFilter filter) {
        return filter.key() != null && filter.key().startsWith(TAG);
    }

    private static Predicate<KeptParameter> one(ParameterStringFilter filter, List<String> keys) {
        var key = Errors.present(filter.key(), "parameterFilters.key");
        if (!keys.contains(key)) {
            throw Errors.invalidFilterKey(key, keys);
        }
        if (filter.values().isEmpty()) {
            throw Errors.filterWithoutValues(key);
        }
        return switch (key) {
            case "Path" -> path(filter);
            case "Name" ->
                texts(filter, List.of(BEGINS_WITH, EQUALS, CONTAINS), parameter -> Stream.of(parameter.name()));
            case "Type" ->
                about(filter, parameter -> parameter.latest().about().type().toString());
            case "KeyId" ->
                about(filter, parameter -> parameter.latest().about().keyId());
            case "Tier" ->
                about(filter, parameter -> parameter.latest().about().tier().toString());
            case "DataType" ->
                about(filter, parameter -> parameter.latest().about().dataType());
            default ->
                texts(
                        filter,
                        List.of(EQUALS),
                        parameter -> parameter.versions().stream().flatMap(version -> version.labels().stream()));
        };
    }

    private static Predicate<KeptParameter> path(ParameterStringFilter filter) {
        var recursive = option(filter.option(), ONE_LEVEL, List.of(RECURSIVE, ONE_LEVEL))
                .equals(RECURSIVE);
        var paths = filter.values().stream().map(Names::path).toList();
        return parameter -> paths.stream().anyMatch(path -> Names.isBelow(path, recursive, parameter.name()));
    }

    private static Predicate<KeptParameter> about(
            ParameterStringFilter filter, Function<KeptParameter, @Nullable String> member) {
        return texts(filter, List.of(BEGINS_WITH, EQUALS), parameter -> Stream.ofNullable(member.apply(parameter)));
    }

    private static Predicate<KeptParameter> tag(ParameterStringFilter filter) {
        var key = filter.key().substring(TAG.length());
        if (filter.values().isEmpty()) {
            return parameter -> parameter.tags().containsKey(key);
        }
        return texts(
                filter,
                List.of(BEGINS_WITH, EQUALS),
                parameter -> Stream.ofNullable(parameter.tags().get(key)));
    }

    private static Predicate<KeptParameter> texts(
            ParameterStringFilter filter, List<String> options, Function<KeptParameter, Stream<String>> texts) {
        BiPredicate<String, String> matches = switch (option(filter.option(), EQUALS, options)) {
            case BEGINS_WITH -> String::startsWith;
            case CONTAINS -> String::contains;
            default -> String::equals;
        };
        return parameter -> texts.apply(parameter)
                .anyMatch(text -> filter.values().stream().anyMatch(value -> matches.test(text, value)));
    }

    private static String option(@Nullable String sent, String usual, List<String> valid) {
        var option = Objects.requireNonNullElse(sent, usual);
        if (!valid.contains(option)) {
            throw Errors.invalidFilterOption(option, valid);
        }
        return option;
    }
}
