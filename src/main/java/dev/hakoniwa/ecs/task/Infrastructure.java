package dev.hakoniwa.ecs.task;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.vpc.Networking;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a task needs around its containers: the network interface with the container that holds its namespace, and
/// the volumes that live as long as the task.
///
/// @param attachmentId the id of the interface's attachment
/// @param networkInterface null unless awsvpc, and before it is made
/// @param pause the container that owns the network namespace; null unless awsvpc, and before it runs
/// @param volumes the engine's names of the volumes to remove with the task
record Infrastructure(
        State state,
        String attachmentId,
        Networking.@Nullable Interface networkInterface,
        @Nullable ContainerId pause,
        List<String> volumes) {
    Infrastructure {
        volumes = List.copyOf(volumes);
    }

    /// How far it is made, or taken down.
    enum State {
        ABSENT,
        PREPARING,
        READY,
        RELEASING,
        RELEASED
    }

    static Infrastructure absent(String attachmentId) {
        return new Infrastructure(State.ABSENT, attachmentId, null, null, List.of());
    }

    Infrastructure to(State next) {
        return new Infrastructure(next, attachmentId, networkInterface, pause, volumes);
    }

    Infrastructure with(Networking.Interface made) {
        return new Infrastructure(state, attachmentId, made, pause, volumes);
    }

    Infrastructure with(ContainerId pauseContainer) {
        return new Infrastructure(state, attachmentId, networkInterface, pauseContainer, volumes);
    }

    Infrastructure with(List<String> ownVolumes) {
        return new Infrastructure(state, attachmentId, networkInterface, pause, ownVolumes);
    }
}
