package dev.hakoniwa.runtime;

import java.time.Instant;

/// A line that a container wrote, without its line break.
///
/// @param stream `stdout` or `stderr`
/// @param at when the engine read it
public record LogLine(String stream, Instant at, String text) {}
