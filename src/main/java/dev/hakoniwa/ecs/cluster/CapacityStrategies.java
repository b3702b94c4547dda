package dev.hakoniwa.ecs.cluster;

import dev.hakoniwa.ecs.Errors;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;

/// What ECS allows as a capacity provider strategy, of a cluster, a service or a task to be run.
public final class CapacityStrategies {
    private static final int MOST_ITEMS = 20;
    private static final int MOST_WEIGHT = 1_000;
    private static final int MOST_BASE = 100_000;

    private CapacityStrategies() {}

    /// The strategy, checked, with the weights and bases that were left out filled in.
    ///
    /// @param associated the names of the capacity providers that the cluster has
    public static List<CapacityProviderStrategyItem> checked(
            List<CapacityProviderStrategyItem> strategy, Collection<String> associated) {
        if (strategy.size() > MOST_ITEMS) {
            throw Errors.invalidParameter("A capacity provider strategy can contain a maximum of %d capacity providers."
                    .formatted(MOST_ITEMS));
        }
        var items = strategy.stream().map(CapacityStrategies::filled).toList();
        var seen = new HashSet<String>();
        for (var item : items) {
            check(item, associated);
            if (!seen.add(item.capacityProvider())) {
                throw Errors.invalidParameter(
                        "A capacity provider strategy cannot contain a duplicate capacity provider.");
            }
        }
        checkTogether(items);
        return items;
    }

    private static void checkTogether(List<CapacityProviderStrategyItem> items) {
        if (items.stream().filter(item -> item.base() > 0).count() > 1) {
            throw Errors.invalidParameter(
                    "Only one capacity provider in a capacity provider strategy can have a base value greater than 0.");
        }
        if (items.size() > 1 && items.stream().allMatch(item -> item.weight() == 0)) {
            throw Errors.invalidParameter("The specified capacity provider strategy does not contain any capacity "
                    + "providers with a weight value greater than 0. Specify a weight value greater than 0 for at "
                    + "least one capacity provider and try again.");
        }
        var fargate = items.stream()
                .filter(item -> CapacityProviders.isFargate(item.capacityProvider()))
                .count();
        if (fargate > 0 && fargate < items.size()) {
            throw Errors.invalidParameter(
                    "The specified capacity provider strategy cannot contain both Fargate and EC2 capacity providers.");
        }
    }

    private static void check(CapacityProviderStrategyItem item, Collection<String> associated) {
        Errors.present(item.capacityProvider(), "capacityProvider");
        if (item.weight() < 0 || item.weight() > MOST_WEIGHT) {
            throw Errors.invalidParameter(
                    "The capacity provider strategy weight must be between 0 and %d.".formatted(MOST_WEIGHT));
        }
        if (item.base() < 0 || item.base() > MOST_BASE) {
            throw Errors.invalidParameter(
                    "The capacity provider strategy base must be between 0 and %d.".formatted(MOST_BASE));
        }
        if (!associated.contains(item.capacityProvider())) {
            throw Errors.invalidParameter(
                    "The specified capacity provider strategy cannot contain a capacity provider that is not associated with"
                            + " the cluster. Associate the capacity provider with the cluster and try again.");
        }
    }

    private static CapacityProviderStrategyItem filled(CapacityProviderStrategyItem item) {
        return item.copy(
                i -> i.weight(item.weight() == null ? 0 : item.weight()).base(item.base() == null ? 0 : item.base()));
    }
}
