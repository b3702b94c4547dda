package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
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

    /// An ARN may be long (`service/cluster/name`) or short; a cluster in it must be that which the request is about.
    static ServiceKey key(Scope scope, Cluster cluster, String nameOrArn) {
        var resource = Identifier.of(scope, "service", nameOrArn);
        var slash = resource.lastIndexOf('/');
        if (slash >= 0 && !resource.substring(0, slash).equals(cluster.clusterName())) {
            throw Errors.otherCluster(resource.substring(0, slash), cluster.clusterName());
        }
        return new ServiceKey(scope, cluster.clusterName(), resource.substring(slash + 1));
    }
}
