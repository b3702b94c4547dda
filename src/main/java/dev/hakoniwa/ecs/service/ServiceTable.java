package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;

/// Every service there is, found by key, by cluster, and by the target groups it uses.
final class ServiceTable {
    private static final String END = "\n";

    private final Table<LiveService> services;
    private final Table<ServiceKey> byTargetGroup;

    ServiceTable(Tables tables) {
        services = tables.table("service");
        byTargetGroup = tables.table("service by target group");
    }

    Optional<LiveService> find(ServiceKey key) {
        return services.find(key.scope(), key.row());
    }

    List<LiveService> ofCluster(Scope scope, String cluster) {
        return services.startingWith(scope, cluster + "/");
    }

    /// The cluster's services from a row's key on.
    Stream<LiveService> ofClusterFrom(Scope scope, String cluster, String row) {
        return services.from(scope, cluster + "/", row);
    }

    List<LiveService> all(Scope scope) {
        return services.all(scope);
    }

    List<ServiceKey> usersOf(Scope scope, String targetGroupArn) {
        return byTargetGroup.startingWith(scope, targetGroupArn + END);
    }

    /// The keys of all services that use any target group.
    List<ServiceKey> balanced() {
        return byTargetGroup.scopes().stream()
                .flatMap(scope -> byTargetGroup.all(scope).stream())
                .distinct()
                .toList();
    }

    LiveService put(LiveService service) {
        var key = service.key();
        find(key).ifPresent(this::unlink);
        groups(service).forEach(arn -> byTargetGroup.put(key.scope(), arn + END + key.row(), key));
        return services.put(key.scope(), key.row(), service);
    }

    void remove(LiveService service) {
        unlink(service);
        services.remove(service.key().scope(), service.key().row());
    }

    private void unlink(LiveService service) {
        var key = service.key();
        groups(service).forEach(arn -> byTargetGroup.remove(key.scope(), arn + END + key.row()));
    }

    private static Stream<String> groups(LiveService service) {
        return service.isInactive()
                ? Stream.empty()
                : service.deployments().live().stream()
                        .flatMap(d -> d.revision().loadBalancers().stream())
                        .map(LoadBalancer::targetGroupArn)
                        .distinct();
    }
}
