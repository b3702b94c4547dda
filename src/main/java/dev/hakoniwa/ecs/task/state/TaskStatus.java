package dev.hakoniwa.ecs.task.state;

/// The ladder of `lastStatus` (ecs-tasks.md §2). A task only moves down this list; steps with nothing to do are
/// skipped.
public enum TaskStatus {
    PROVISIONING,
    PENDING,
    ACTIVATING,
    RUNNING,
    DEACTIVATING,
    STOPPING,
    DEPROVISIONING,
    STOPPED
}
