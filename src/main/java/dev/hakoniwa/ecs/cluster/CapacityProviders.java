package dev.hakoniwa.ecs.cluster;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Identifier;
import dev.hakoniwa.ecs.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.CapacityProvider;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStatus;
import software.amazon.awssdk.services.ecs.model.CapacityProviderType;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;

/// The capacity providers there are: FARGATE and FARGATE_SPOT, which every account has.
public final class CapacityProviders {
    private static final int PAGE = 10;
    private static final List<CapacityProviderType> EVERYWHERE =
            List.of(CapacityProviderType.FARGATE, CapacityProviderType.FARGATE_SPOT);

    private final Clusters clusters;

    public CapacityProviders(Clusters clusters) {
        this.clusters = clusters;
    }

    /// Whether tasks of the capacity provider run on Fargate.
    public static boolean isFargate(String name) {
        return EVERYWHERE.stream().anyMatch(type -> type.toString().equals(name));
    }

    public DescribeCapacityProvidersResponse describe(Call call, DescribeCapacityProvidersRequest request) {
        var found = new ArrayList<CapacityProvider>();
        var failures = new ArrayList<Failure>();
        for (var name : asked(call.scope(), request)) {
            find(call.scope(), name).ifPresentOrElse(found::add, () -> failures.add(missing(call, name)));
        }
        var size = Pages.size(request.maxResults(), PAGE, PAGE);
        var page = Pages.of("DescribeCapacityProviders", found, CapacityProvider::name, request.nextToken(), size);

        return DescribeCapacityProvidersResponse.builder()
                .capacityProviders(page.items())
                .failures(failures)
                .nextToken(page.nextToken())
                .build();
    }

    /// The names of the capacity providers that a cluster is to have, each of which must be there.
    static List<String> checked(Scope scope, List<String> namesOrArns) {
        var names =
                namesOrArns.stream().map(name -> name(scope, name)).distinct().toList();
        if (!names.stream().allMatch(CapacityProviders::isFargate)) {
            throw Errors.invalidParameter(
                    "The specified capacity provider was not found. Specify a valid capacity provider and try again.");
        }
        return names;
    }

    private List<String> asked(Scope scope, DescribeCapacityProvidersRequest request) {
        var all = EVERYWHERE.stream().map(CapacityProviderType::toString).toList();
        var named = request.capacityProviders().stream()
                .map(name -> name(scope, name))
                .toList();
        var asked = named.isEmpty() ? all : named;
        if (request.cluster() == null) {
            return asked;
        }
        var ofCluster = clusters.resolve(scope, request.cluster()).capacityProviders();
        return named.isEmpty()
                ? ofCluster
                : asked.stream().filter(ofCluster::contains).toList();
    }

    private static String name(Scope scope, String nameOrArn) {
        return Identifier.of(scope, "capacity-provider", nameOrArn);
    }

    private static Optional<CapacityProvider> find(Scope scope, String name) {
        return EVERYWHERE.stream()
                .filter(type -> type.toString().equals(name))
                .map(type -> view(scope, type))
                .findFirst();
    }

    private static CapacityProvider view(Scope scope, CapacityProviderType type) {
        return CapacityProvider.builder()
                .capacityProviderArn(
                        scope.arn("ecs", "capacity-provider/" + type).toString())
                .name(type.toString())
                .status(CapacityProviderStatus.ACTIVE)
                .tags(List.of())
                .type(type)
                .build();
    }

    private static Failure missing(Call call, String name) {
        return Failure.builder()
                .arn(call.arn("ecs", "capacity-provider/" + name).toString())
                .reason("MISSING")
                .build();
    }
}
