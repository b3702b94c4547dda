package dev.hakoniwa.ecs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a task is protected from its service (ecs-services.md §5), or why that can't be told or changed.
public sealed interface TaskProtection {
    /// How far it is protected now.
    ///
    /// @param until null if it isn't protected
    record Told(String taskArn, @Nullable Instant until) implements TaskProtection {
        public boolean isProtected() {
            return until != null;
        }
    }

    /// It can't be protected.
    ///
    /// @param reason such as `TASK_NOT_VALID`
    record Failed(String taskArn, String reason) implements TaskProtection {}

    /// What was asked is in error.
    ///
    /// @param status HTTP's
    record Refused(int status, String code, String message) implements TaskProtection {}
}
