package dev.hakoniwa.runtime;

/// What the engine tells by itself.
public sealed interface EngineEvent {
    /// A container's main process has ended.
    record Exited(ContainerId container, int exitCode, boolean outOfMemory) implements EngineEvent {}

    /// A container's health check changed its result.
    record HealthChanged(ContainerId container, Health health) implements EngineEvent {}

    /// A container is gone, removed by somebody.
    record Removed(ContainerId container) implements EngineEvent {}

    /// The engine answers (again). Events may have been missed.
    record Connected(EngineStatus status) implements EngineEvent {}

    /// The engine does not answer any more.
    record Disconnected(String reason) implements EngineEvent {}
}
