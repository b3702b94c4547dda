package dev.hakoniwa.ecs.placement;

import java.util.Set;

/// What a task wants of its place.
///
/// @param attributes those that the instance must have
/// @param zones where the instance must be; empty if it may be anywhere
/// @param group the tasks to keep apart, or to spread
public record Demand(Needs needs, Set<String> attributes, Set<String> zones, String group, Rules rules) {
    public Demand {
        attributes = Set.copyOf(attributes);
        zones = Set.copyOf(zones);
    }
}
