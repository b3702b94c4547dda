package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.PublishedPort;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a container came and went, and where it is reached meanwhile. What is null hasn't happened.
///
/// @param address on a network of its own; empty if it has none
public record ContainerLife(
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String address,
        List<PublishedPort> ports) {
    public static final ContainerLife NONE = new ContainerLife(null, null, null, "", List.of());

    public ContainerLife {
        ports = List.copyOf(ports);
    }

    ContainerLife created(Instant now) {
        return new ContainerLife(now, startedAt, finishedAt, address, ports);
    }

    ContainerLife started(ContainerState state, Instant now) {
        return new ContainerLife(createdAt, now, null, state.address(), state.ports());
    }

    ContainerLife finished(Instant now) {
        return new ContainerLife(createdAt, startedAt, now, "", ports);
    }
}
