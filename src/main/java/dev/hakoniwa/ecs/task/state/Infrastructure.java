package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.vpc.Networking;
import org.jspecify.annotations.Nullable;

/// What a task needs around its containers: its volumes, and the network interface with the container that holds its
/// namespace.
///
/// @param credentialsId by which the keys of its role are found from inside; nobody else knows it
/// @param attachmentId the id of the interface's attachment
/// @param networkInterface null unless awsvpc, and before it is made
/// @param pause the container that owns the namespaces its containers share; null before it runs, and if they share
/// none
/// @param group in which the containers share the task's CPU and memory; empty before it is made, and for none
public record Infrastructure(
        State state,
        String credentialsId,
        String attachmentId,
        Networking.@Nullable Interface networkInterface,
        @Nullable ContainerId pause,
        String group) {

    /// How far it is made, or taken down.
    public enum State {
        ABSENT,
        PREPARING,
        READY,
        RELEASING,
        RELEASED
    }

    public static Infrastructure absent(String credentialsId, String attachmentId) {
        return new Infrastructure(State.ABSENT, credentialsId, attachmentId, null, null, "");
    }

    public Infrastructure to(State next) {
        return new Infrastructure(next, credentialsId, attachmentId, networkInterface, pause, group);
    }

    public Infrastructure with(Networking.Interface made) {
        return new Infrastructure(state, credentialsId, attachmentId, made, pause, group);
    }

    public Infrastructure with(ContainerId pauseContainer) {
        return new Infrastructure(state, credentialsId, attachmentId, networkInterface, pauseContainer, group);
    }

    public Infrastructure inGroup(String made) {
        return new Infrastructure(state, credentialsId, attachmentId, networkInterface, pause, made);
    }
}
