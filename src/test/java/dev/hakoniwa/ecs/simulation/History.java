package dev.hakoniwa.ecs.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What was done and seen, line by line.
final class History {
    private final InstantSource clock;
    private final Instant start;
    private final List<String> lines = new ArrayList<>();

    History(InstantSource clock) {
        this.clock = clock;
        this.start = clock.instant();
    }

    void note(String line) {
        lines.add("%s %s".formatted(Duration.between(start, clock.instant()), line));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
