package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Identifier;
import dev.hakoniwa.ecs.cluster.Clusters;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Cluster;

/// Finds the service that a request names by name or ARN.
final class ServiceFinder {
    private final Clusters clusters;
    private final ServiceTable services;

    ServiceFinder(Clusters clusters, ServiceTable services) {
        this.clusters = clusters;
        this.services = services;
    }

    Cluster cluster(Scope scope, @Nullable String nameOrArn) {
        return clusters.resolve(scope, nameOrArn);
    }

    Optional<LiveService> find(Scope scope, Cluster cluster, String nameOrArn) {
        return services.find(key(scope, cluster, nameOrArn));
    }

    static ServiceKey key(Scope scope, Cluster cluster, String nameOrArn) {
        var name = Identifier.within(scope, cluster.clusterName(), "service", nameOrArn);
        return new ServiceKey(scope, cluster.clusterName(), name);
    }
}
