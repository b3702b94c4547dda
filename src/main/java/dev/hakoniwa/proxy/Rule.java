package dev.hakoniwa.proxy;

import java.util.List;

/// What happens to a request that meets every condition.
public record Rule(int priority, List<Condition> conditions, List<Transform> transforms, Action action) {
    public Rule {
        conditions = List.copyOf(conditions);
        transforms = List.copyOf(transforms);
    }

    public Rule(int priority, List<Condition> conditions, Action action) {
        this(priority, conditions, List.of(), action);
    }
}
