package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;

/// Which task: its cluster and its id (32 hexadecimal digits) in one scope.
public record TaskKey(Scope scope, String cluster, String id) {
    public Arn arn() {
        return scope.arn("ecs", "task/" + cluster + "/" + id);
    }

    /// The key of the task's row; tasks of a cluster stand together.
    public String row() {
        return cluster + "/" + id;
    }

    @Override
    public String toString() {
        return id;
    }
}
