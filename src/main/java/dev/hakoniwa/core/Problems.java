package dev.hakoniwa.core;

import java.util.ArrayList;
import java.util.List;

/// Gathers everything that is wrong with some input, so that it can be told at once.
public final class Problems {
    private final List<String> found = new ArrayList<>();

    public void add(String subject, String problem) {
        found.add(subject + ": " + problem);
    }

    public List<String> found() {
        return List.copyOf(found);
    }

    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", found));
        }
    }
}
