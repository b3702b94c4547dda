package dev.hakoniwa.core;

/// Runs what blocks (Docker, sockets, disk) away from the writer. Its results come back as steps of their own.
public interface Background {
    /// Runs the action soon, on a thread of its own that carries `name`.
    void run(String name, Runnable action);
}
