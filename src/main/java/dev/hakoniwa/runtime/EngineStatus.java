package dev.hakoniwa.runtime;

/// How the engine is.
///
/// @param kind `docker` or `simulated`
/// @param version the engine's version; empty before it has answered once
/// @param reachable whether it answered last time
/// @param detail a sentence for people: where it is, or why it can't be reached
public record EngineStatus(String kind, String version, boolean reachable, String detail) {}
