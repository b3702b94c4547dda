package dev.hakoniwa.ecs.instance;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;

/// Which container instance: its cluster and its id (32 hexadecimal digits) in one scope.
public record InstanceKey(Scope scope, String cluster, String id) {
    public Arn arn() {
        return scope.arn("ecs", "container-instance/" + cluster + "/" + id);
    }

    /// The key of the instance's row; those of a cluster stand together.
    public String row() {
        return cluster + "/" + id;
    }

    @Override
    public String toString() {
        return id;
    }
}
