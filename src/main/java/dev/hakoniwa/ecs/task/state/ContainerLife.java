package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.PublishedPort;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a container came and went, and where it is reached meanwhile. What is null hasn't happened.
///
/// @param startedAt the last time
/// @param restarts how often it has been started again
/// @param address on a network of its own; empty if it has none
public record ContainerLife(
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String address,
        List<PublishedPort> ports,
        int restarts) {
    public static final ContainerLife NONE = new ContainerLife(null, null, null, "", List.of(), 0);

    public ContainerLife {
        ports = List.copyOf(ports);
    }

    ContainerLife created(Instant now) {
        return new ContainerLife(now, startedAt, finishedAt, address, ports, restarts);
    }

    ContainerLife started(ContainerState state, Instant now) {
        return new ContainerLife(createdAt, now, null, state.address(), state.ports(), restarts);
    }

    ContainerLife restarted(ContainerState state, Instant now) {
        return new ContainerLife(createdAt, now, null, state.address(), state.ports(), restarts + 1);
    }

    ContainerLife finished(Instant now) {
        return new ContainerLife(createdAt, startedAt, now, "", ports, restarts);
    }
}
