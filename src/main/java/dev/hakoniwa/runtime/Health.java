package dev.hakoniwa.runtime;

/// The result of a container's health check.
public enum Health {
    /// No check, or none has succeeded or failed often enough yet.
    UNKNOWN,
    HEALTHY,
    UNHEALTHY
}
