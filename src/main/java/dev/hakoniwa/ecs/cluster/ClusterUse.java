package dev.hakoniwa.ecs.cluster;

import dev.hakoniwa.core.Scope;

/// What is in a cluster, told by a part of ECS that puts things there: tasks, services, container instances. Each tells
/// what it knows, and the answers are added up.
public interface ClusterUse {
    ClusterCounts in(Scope scope, String clusterName);

    /// Whether a task, service or other thing in the cluster runs on the capacity provider.
    boolean uses(Scope scope, String clusterName, String capacityProvider);

    /// The cluster is gone.
    default void deleted(Scope scope, String clusterName) {}
}
