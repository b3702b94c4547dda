package dev.hakoniwa.ecs.task;

import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.cluster.CapacityStrategies;
import dev.hakoniwa.ecs.task.state.TaskSpec.Compute;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.LaunchType;

/// Which capacity a task gets: by launch type, or by capacity provider strategy (ecs-capacity.md §6). Pure.
public final class CapacityChoice {
    private static final Set<String> FARGATE = Set.of("FARGATE", "FARGATE_SPOT");
    private static final String PLATFORM_VERSION = "1.4.0";
    private static final Set<String> PLATFORM_VERSIONS = Set.of("LATEST", "1.4.0", "1.3.0");

    private CapacityChoice() {}

    /// The strategy that holds for a request: its own, else, if it names no launch type, the cluster's default.
    public static List<CapacityProviderStrategyItem> strategy(
            Cluster cluster, @Nullable LaunchType launchType, List<CapacityProviderStrategyItem> asked) {
        if (!asked.isEmpty()) {
            return CapacityStrategies.checked(asked, cluster.capacityProviders());
        }
        return launchType == null ? cluster.defaultCapacityProviderStrategy() : List.of();
    }

    /// The launch type that a strategy, or in its absence the launch type asked for, comes to; EC2 unless told.
    public static LaunchType launchType(@Nullable LaunchType asked, List<CapacityProviderStrategyItem> strategy) {
        if (!strategy.isEmpty()) {
            return FARGATE.contains(strategy.getFirst().capacityProvider()) ? LaunchType.FARGATE : LaunchType.EC2;
        }
        return asked == null ? LaunchType.EC2 : asked;
    }

    /// The provider for one more task when `running` counts the tasks that each item of the strategy has already: first
    /// the bases, then whoever is furthest behind its weight.
    public static @Nullable String provider(List<CapacityProviderStrategyItem> strategy, List<Integer> running) {
        if (strategy.size() == 1) {
            return strategy.getFirst().capacityProvider();
        }
        @Nullable String chosen = null;
        var least = Double.POSITIVE_INFINITY;
        for (var i = 0; i < strategy.size(); i++) {
            var item = strategy.get(i);
            var base = Objects.requireNonNullElse(item.base(), 0);
            if (running.get(i) < base) {
                return item.capacityProvider();
            }
            var weight = weight(item);
            var load = weight == 0 ? Double.POSITIVE_INFINITY : (running.get(i) - base) / (double) weight;
            if (load < least) {
                least = load;
                chosen = item.capacityProvider();
            }
        }
        return chosen;
    }

    /// What a task is made to run on.
    public static Compute compute(
            LaunchType launchType, @Nullable String provider, @Nullable String platformVersion, String zone) {
        if (launchType != LaunchType.FARGATE) {
            if (platformVersion != null && !platformVersion.isEmpty()) {
                throw Errors.invalidParameter("The platform version must be null when specifying an EC2 launch type.");
            }
            return new Compute(launchType, provider, null, zone, null);
        }
        return new Compute(launchType, provider, platformVersion(platformVersion), zone, null);
    }

    /// The version that a platform version asked for comes to.
    public static String platformVersion(@Nullable String asked) {
        var version = asked == null || asked.isEmpty() ? "LATEST" : asked;
        if (!PLATFORM_VERSIONS.contains(version)) {
            throw Errors.platformUnknown();
        }
        return version.equals("LATEST") ? PLATFORM_VERSION : version;
    }

    private static int weight(CapacityProviderStrategyItem item) {
        return Objects.requireNonNullElse(item.weight(), 0);
    }
}
