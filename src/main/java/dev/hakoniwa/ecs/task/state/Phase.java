package dev.hakoniwa.ecs.task.state;

/// What is being done with a container.
public enum Phase {
    /// For the containers that it depends on, or for the task's network.
    WAITING,
    PULLING,
    PULLED,
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED;

    /// Whether the container has never run and nothing would be lost by forgetting it.
    boolean beforeStart() {
        return compareTo(STARTING) < 0;
    }

    public boolean hasStarted() {
        return compareTo(RUNNING) >= 0;
    }
}
