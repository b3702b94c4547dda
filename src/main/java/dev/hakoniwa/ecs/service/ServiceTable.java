package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Index;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecs.cluster.ClusterCounts;
import dev.hakoniwa.ecs.cluster.ClusterCounts.PerLaunchType;
import dev.hakoniwa.ecs.cluster.ClusterTally;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every service there is, found by key, by cluster, and by what it uses.
final class ServiceTable {
    private final Table<LiveService> services;
    private final Index<ServiceKey> byUse;
    private final ClusterTally tally;

    ServiceTable(Tables tables) {
        services = tables.table("service");
        byUse = new Index<>("service by what it uses", tables);
        tally = new ClusterTally("service", tables);
    }

    Optional<LiveService> find(ServiceKey key) {
        return services.find(key.scope(), key.row());
    }

    /// The cluster's services from a row's key on.
    Stream<LiveService> ofCluster(Scope scope, String cluster, String row) {
        return services.from(scope, cluster + "/", row);
    }

    /// How many services of the cluster are ACTIVE, and how many DRAINING.
    ClusterCounts counts(Scope scope, String cluster) {
        return tally.in(scope, cluster);
    }

    /// The services that use the target group and aren't INACTIVE.
    List<ServiceKey> usersOf(Scope scope, String targetGroupArn) {
        return byUse.find(scope, targetGroupArn);
    }

    /// Whether a service that isn't INACTIVE deploys the task definition.
    boolean anyUses(Scope scope, String taskDefinitionArn) {
        return byUse.has(scope, taskDefinitionArn);
    }

    /// Whether a service of the cluster that isn't INACTIVE runs its tasks on the capacity provider.
    boolean anyUses(Scope scope, String cluster, String capacityProvider) {
        return byUse.has(scope, providerKey(cluster, capacityProvider));
    }

    LiveService put(LiveService service) {
        index(find(service.key()), Optional.of(service));
        return services.put(service.key().scope(), service.key().row(), service);
    }

    void remove(LiveService service) {
        index(Optional.of(service), Optional.empty());
        services.remove(service.key().scope(), service.key().row());
    }

    /// Lets a service be found as it is now, and no longer as it was.
    private void index(Optional<LiveService> before, Optional<LiveService> after) {
        var key = after.or(() -> before).orElseThrow().key();
        byUse.move(key.scope(), key.row(), key, uses(before), uses(after));
        tally.change(key.scope(), key.cluster(), count(before), count(after));
    }

    private static Set<String> uses(Optional<LiveService> service) {
        return service.filter(s -> !s.isInactive()).stream()
                .flatMap(s -> s.deployments().live().stream()
                        .flatMap(d -> uses(s.key().cluster(), d.revision())))
                .collect(Collectors.toSet());
    }

    private static Stream<String> uses(String cluster, Revision revision) {
        var groups = revision.loadBalancers().stream().map(loadBalancer -> loadBalancer.targetGroupArn());
        var providers = revision.strategy().stream().map(item -> providerKey(cluster, item.capacityProvider()));
        var definition = Stream.of(revision.definition().taskDefinitionArn());
        return Stream.of(groups, providers, definition).flatMap(uses -> uses);
    }

    private static ClusterCounts count(Optional<LiveService> service) {
        return service.map(s -> {
                    var one = PerLaunchType.one(s.primary().revision().launchType());
                    return switch (s.status()) {
                        case ACTIVE -> ClusterCounts.ofServices(one, PerLaunchType.NONE);
                        case DRAINING -> ClusterCounts.ofServices(PerLaunchType.NONE, one);
                        case INACTIVE -> ClusterCounts.NONE;
                    };
                })
                .orElse(ClusterCounts.NONE);
    }

    private static String providerKey(String cluster, String capacityProvider) {
        return cluster + " " + capacityProvider;
    }
}
