package dev.hakoniwa.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container as the engine sees it.
///
/// @param status what it does
/// @param exitCode of its last run; null while it runs or before it ran
/// @param error the engine's text why it could not start or was ended; empty if there is none
/// @param image the engine's id of the image it was made from
/// @param address on its network; empty if it has none of its own or does not run
/// @param ports what its ports are published at, as far as they are
public record ContainerState(
        ContainerId id,
        String name,
        Map<String, String> labels,
        Status status,
        @Nullable Integer exitCode,
        boolean outOfMemory,
        String error,
        Health health,
        String image,
        String address,
        List<PublishedPort> ports,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    public ContainerState {
        labels = Map.copyOf(labels);
        ports = List.copyOf(ports);
    }

    /// What a container does.
    public enum Status {
        CREATED,
        RUNNING,
        EXITED
    }
}
