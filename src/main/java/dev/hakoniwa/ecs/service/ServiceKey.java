package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;

/// Which service: its cluster and its name in one scope.
record ServiceKey(Scope scope, String cluster, String name) {
    Arn arn() {
        return scope.arn("ecs", "service/" + cluster + "/" + name);
    }

    /// The key of the service's row; services of a cluster stand together.
    String row() {
        return cluster + "/" + name;
    }

    /// The group that the service's tasks belong to.
    String group() {
        return "service:" + name;
    }

    @Override
    public String toString() {
        return name;
    }
}
