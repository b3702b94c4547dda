package dev.hakoniwa.ecs.instance;

import dev.hakoniwa.ecs.placement.Needs;
import java.util.List;

/// What a task that hasn't stopped has of its container instance.
///
/// @param gpus the ids of those that it has
/// @param group the task's
public record Stake(InstanceKey instance, Needs needs, List<String> gpus, String group, Standing standing) {
    public Stake {
        gpus = List.copyOf(gpus);
    }

    /// How a task counts on its instance.
    public enum Standing {
        PENDING,
        RUNNING,
        STOPPING
    }
}
