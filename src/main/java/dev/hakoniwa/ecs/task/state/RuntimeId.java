package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.runtime.ContainerId;

/// The id of a container in its runtime, as tasks and callers see it.
public final class RuntimeId {
    private static final int DIGITS = 8;

    private RuntimeId() {}

    /// The engine's; on Fargate the task's, with a number that tells its containers apart.
    public static String of(LiveTask task, ContainerId container) {
        var engineId = container.value();
        if (!task.spec().isFargate()) {
            return engineId;
        }
        var start = Long.parseLong(engineId, 0, Math.min(DIGITS, engineId.length()), 16);
        return task.key().id() + "-" + (start % 9_000_000_000L + 1_000_000_000L);
    }
}
