package dev.hakoniwa.ecs.task;

/// The moments of a task's life that DescribeTasks tells (ecs-tasks.md §2.1).
enum Milestone {
    CONNECTED,
    PULL_STARTED,
    PULL_STOPPED,
    STARTED,
    EXECUTION_STOPPED,
    STOPPING,
    STOPPED
}
