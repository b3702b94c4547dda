package dev.hakoniwa.ecs.task.state;

/// The moments of a task's life that DescribeTasks tells (ecs-tasks.md §2.1).
public enum Milestone {
    CONNECTED,
    PULL_STARTED,
    PULL_STOPPED,
    STARTED,
    EXECUTION_STOPPED,
    STOPPING,
    STOPPED
}
