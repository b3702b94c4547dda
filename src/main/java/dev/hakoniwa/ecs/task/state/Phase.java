package dev.hakoniwa.ecs.task.state;

/// What is being done with a container.
public enum Phase {
    /// For the containers that it depends on, or for the task's network.
    WAITING,
    PULLING,
    PULLED,
    STARTING,
    RUNNING,
    /// It has ended, and is being started again.
    RESTARTING,
    STOPPING,
    STOPPED;

    public boolean hasStarted() {
        return compareTo(RUNNING) >= 0;
    }
}
