package dev.hakoniwa.secrets.parameter;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Page;
import java.util.Objects;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;

/// Lists parameters, without their values.
final class ParameterListings {
    private static final int LARGEST_PAGE = 50;

    private final Parameters parameters;

    ParameterListings(Parameters parameters) {
        this.parameters = parameters;
    }

    DescribeParametersResponse describe(Call call, DescribeParametersRequest request) {
        new Constraints()
                .range("maxResults", request.maxResults(), 1, LARGEST_PAGE)
                .check(Errors::validation);
        if (!request.filters().isEmpty() && !request.parameterFilters().isEmpty()) {
            throw Errors.oneKindOfFilter();
        }
        var filter = ParameterFilters.of(request.parameterFilters()).and(ParameterFilters.older(request.filters()));
        var all = parameters.all(call.scope()).stream().filter(filter).toList();
        var page = Page.of(
                "DescribeParameters",
                all,
                KeptParameter::name,
                new Page.Request(request.nextToken(), Objects.requireNonNullElse(request.maxResults(), LARGEST_PAGE)),
                Errors::invalidToken);
        return DescribeParametersResponse.builder()
                .parameters(page.items().stream().map(Views::metadata).toList())
                .nextToken(page.nextToken())
                .build();
    }
}
