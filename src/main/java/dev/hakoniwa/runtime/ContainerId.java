package dev.hakoniwa.runtime;

import org.jspecify.annotations.Nullable;

/// The engine's id of a container: 64 hexadecimal digits.
public record ContainerId(String value) {
    @Override
    public String toString() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContainerId id && value.equals(id.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
