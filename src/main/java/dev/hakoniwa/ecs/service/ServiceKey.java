package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.task.state.TaskKey;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which service: its cluster and its name in one scope.
record ServiceKey(Scope scope, String cluster, String name) {
    private static final String GROUP = "service:";

    Arn arn() {
        return arn("service", "");
    }

    Arn clusterArn() {
        return scope.arn("ecs", "cluster/" + cluster);
    }

    /// The ARN of one of its service deployments.
    Arn rolloutArn(String id) {
        return arn("service-deployment", "/" + id);
    }

    /// @param number the digits of the deployment that the revision was first deployed with
    Arn revisionArn(String number) {
        return arn("service-revision", "/" + number);
    }

    private Arn arn(String type, String rest) {
        return scope.arn("ecs", type + "/" + row() + rest);
    }

    /// The key of the service's row; services of a cluster stand together.
    String row() {
        return cluster + "/" + name;
    }

    /// The group that the service's tasks belong to.
    String group() {
        return GROUP + name;
    }

    /// The service that a task belongs to, by the group it is in.
    static Optional<ServiceKey> ofTask(TaskKey task, String group) {
        return group.startsWith(GROUP)
                ? Optional.of(new ServiceKey(task.scope(), task.cluster(), group.substring(GROUP.length())))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServiceKey key
                && scope.equals(key.scope)
                && cluster.equals(key.cluster)
                && name.equals(key.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scope, cluster, name);
    }
}
