package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.runtime.ContainerState;
import java.util.Objects;

/// How a container's main process ended.
record End(int code, boolean outOfMemory) {
    private static final int KILL = 137;

    /// Of a container that was killed, or of which nothing else is known.
    static final End KILLED = new End(KILL, false);

    static End of(ContainerState state) {
        return new End(Objects.requireNonNullElse(state.exitCode(), KILL), state.outOfMemory());
    }
}
