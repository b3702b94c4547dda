package dev.hakoniwa.secrets.parameter;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Page;
import dev.hakoniwa.secrets.parameter.Parameters.Found;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;

/// The operations that give values out.
final class GetOperations {
    private static final int MOST_AT_ONCE = 10;
    private static final int LARGEST_HISTORY = 50;
    private static final String LABEL = "Label";

    private final Parameters parameters;

    GetOperations(Parameters parameters) {
        this.parameters = parameters;
    }

    GetParameterResponse get(Call call, GetParameterRequest request) {
        var found = parameters.read(call.scope(), request.name());
        return GetParameterResponse.builder()
                .parameter(Views.parameter(found, Boolean.TRUE.equals(request.withDecryption())))
                .build();
    }

    GetParametersResponse getAll(Call call, GetParametersRequest request) {
        new Constraints()
                .range("names", request.names().size(), 1, MOST_AT_ONCE)
                .check(Errors::validation);
        var values = new ArrayList<Parameter>();
        var invalid = new ArrayList<String>();
        for (var name : new LinkedHashSet<>(request.names())) {
            parameters
                    .tryRead(call.scope(), name)
                    .map(found -> Views.parameter(found, Boolean.TRUE.equals(request.withDecryption())))
                    .ifPresentOrElse(values::add, () -> invalid.add(name));
        }
        return GetParametersResponse.builder()
                .parameters(values)
                .invalidParameters(invalid)
                .build();
    }

    GetParametersByPathResponse getByPath(Call call, GetParametersByPathRequest request) {
        new Constraints()
                .range("maxResults", request.maxResults(), 1, MOST_AT_ONCE)
                .check(Errors::validation);
        var path = Names.path(request.path());
        var recursive = Boolean.TRUE.equals(request.recursive());
        var filter = ParameterFilters.ofPath(request.parameterFilters());
        var labels = labels(request.parameterFilters());
        var all = parameters.startingWith(call.scope(), path + "/").stream()
                .filter(parameter -> Names.isBelow(path, recursive, parameter.name()))
                .filter(filter)
                .flatMap(parameter -> version(parameter, labels).stream())
                .toList();
        var page = Page.of(
                "GetParametersByPath " + path + " " + recursive,
                all,
                found -> found.parameter().name(),
                new Page.Request(request.nextToken(), Objects.requireNonNullElse(request.maxResults(), MOST_AT_ONCE)),
                Errors::invalidToken);
        return GetParametersByPathResponse.builder()
                .parameters(page.items().stream()
                        .map(found -> Views.parameter(found, Boolean.TRUE.equals(request.withDecryption())))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static List<String> labels(List<ParameterStringFilter> filters) {
        return filters.stream()
                .filter(filter -> LABEL.equals(filter.key()))
                .flatMap(filter -> filter.values().stream())
                .toList();
    }

    /// A parameter is there with its latest version, or with the one that has the label asked for.
    private static Optional<Found> version(KeptParameter parameter, List<String> labels) {
        return labels.isEmpty()
                ? Optional.of(new Found(parameter, parameter.latest(), ""))
                : labels.stream()
                        .flatMap(label -> parameter.labelled(label).stream()
                                .map(version -> new Found(parameter, version, ":" + label)))
                        .findFirst();
    }

    GetParameterHistoryResponse history(Call call, GetParameterHistoryRequest request) {
        new Constraints()
                .range("maxResults", request.maxResults(), 1, LARGEST_HISTORY)
                .check(Errors::validation);
        var parameter = parameters.meant(call.scope(), request.name());
        var page = Page.of(
                "GetParameterHistory " + parameter.name(),
                parameter.versions(),
                version -> String.valueOf(version.number()),
                new Page.Request(
                        request.nextToken(), Objects.requireNonNullElse(request.maxResults(), LARGEST_HISTORY)),
                Errors::invalidToken);
        return GetParameterHistoryResponse.builder()
                .parameters(page.items().stream()
                        .map(version ->
                                Views.history(parameter, version, Boolean.TRUE.equals(request.withDecryption())))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }
}
