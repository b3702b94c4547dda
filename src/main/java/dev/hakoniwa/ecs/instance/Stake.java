package dev.hakoniwa.ecs.instance;

import dev.hakoniwa.ecs.placement.Needs;

/// What a task that hasn't stopped has of its container instance.
///
/// @param group the task's
public record Stake(InstanceKey instance, Needs needs, String group, Standing standing) {
    /// How a task counts on its instance.
    public enum Standing {
        PENDING,
        RUNNING,
        STOPPING
    }
}
