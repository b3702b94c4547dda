package dev.hakoniwa.ecs.service;

import java.time.Instant;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;

/// A deployment of a service: the effort to have its tasks made from one revision (ecs-services.md §3).
///
/// @param id `ecs-svc/` and 19 digits; the `startedBy` of its tasks
/// @param failed how many of its tasks failed one after the other
/// @param rollback whether it was begun by the circuit breaker
record LiveDeployment(
        String id,
        Revision revision,
        DeploymentRolloutState state,
        String reason,
        int failed,
        boolean rollback,
        Instant createdAt,
        Instant updatedAt) {

    static LiveDeployment begun(String id, Revision revision, Instant now) {
        return new LiveDeployment(
                id,
                revision,
                DeploymentRolloutState.IN_PROGRESS,
                "ECS deployment " + id + " in progress.",
                0,
                false,
                now,
                now);
    }

    /// The same deployment in progress again, as another one after it has failed.
    LiveDeployment again(Instant now) {
        return new LiveDeployment(
                id,
                revision,
                DeploymentRolloutState.IN_PROGRESS,
                "ECS deployment circuit breaker: rolling back to deploymentId " + id + ".",
                0,
                true,
                createdAt,
                now);
    }

    LiveDeployment completed(Instant now) {
        return with(DeploymentRolloutState.COMPLETED, "ECS deployment " + id + " completed.", 0, now);
    }

    LiveDeployment broken(Instant now) {
        return with(
                DeploymentRolloutState.FAILED, "ECS deployment circuit breaker: task failed to start.", failed, now);
    }

    LiveDeployment failed(int count, Instant now) {
        return with(state, reason, count, now);
    }

    boolean isCompleted() {
        return state == DeploymentRolloutState.COMPLETED;
    }

    boolean isBroken() {
        return state == DeploymentRolloutState.FAILED;
    }

    private LiveDeployment with(DeploymentRolloutState newState, String newReason, int count, Instant now) {
        return new LiveDeployment(id, revision, newState, newReason, count, rollback, createdAt, now);
    }
}
