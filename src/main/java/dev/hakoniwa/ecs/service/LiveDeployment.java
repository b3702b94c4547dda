package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Ids;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.VersionConsistency;

/// A deployment of a service: the effort to have its tasks made from one revision (ecs-services.md §3).
///
/// @param id `ecs-svc/` and 19 digits; the `startedBy` of its tasks
/// @param failed how many of its tasks failed one after the other
/// @param rollback whether it is PRIMARY because another one failed
/// @param digests of the images that its containers were found to run, by container; ECS tells them of a revision
record LiveDeployment(
        String id,
        Revision revision,
        DeploymentRolloutState state,
        String reason,
        int failed,
        boolean rollback,
        Map<String, String> digests,
        Instant createdAt,
        Instant updatedAt) {
    LiveDeployment {
        digests = Map.copyOf(digests);
    }

    static LiveDeployment begun(Ids ids, Revision revision, Instant now) {
        return begun("ecs-svc/" + ids.digits(19), revision, now);
    }

    static LiveDeployment begun(String id, Revision revision, Instant now) {
        return new LiveDeployment(
                id,
                revision,
                DeploymentRolloutState.IN_PROGRESS,
                "ECS deployment " + id + " in progress.",
                0,
                false,
                Map.of(),
                now,
                now);
    }

    /// The same deployment in progress again, as another one after it has failed.
    LiveDeployment again(String why, Instant now) {
        return new LiveDeployment(
                id, revision, DeploymentRolloutState.IN_PROGRESS, why, 0, true, digests, createdAt, now);
    }

    LiveDeployment completed(Instant now) {
        return with(DeploymentRolloutState.COMPLETED, "ECS deployment " + id + " completed.", 0, now);
    }

    LiveDeployment broken(String why, Instant now) {
        return with(DeploymentRolloutState.FAILED, why, failed, now);
    }

    LiveDeployment failed(int count, Instant now) {
        return with(state, reason, count, now);
    }

    LiveDeployment pulled(Map<String, String> newDigests) {
        return new LiveDeployment(id, revision, state, reason, failed, rollback, newDigests, createdAt, updatedAt);
    }

    /// The digests that further tasks are pulled by, by container: all but those of containers that want none.
    Map<String, String> pinned() {
        return revision.definition().containerDefinitions().stream()
                .filter(c -> c.versionConsistency() != VersionConsistency.DISABLED)
                .map(ContainerDefinition::name)
                .filter(digests::containsKey)
                .collect(Collectors.toMap(Function.identity(), digests::get));
    }

    /// What tells its revision from the others of the service.
    String number() {
        return number(id);
    }

    static String number(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    boolean isCompleted() {
        return state == DeploymentRolloutState.COMPLETED;
    }

    boolean isBroken() {
        return state == DeploymentRolloutState.FAILED;
    }

    private LiveDeployment with(DeploymentRolloutState newState, String newReason, int count, Instant now) {
        return new LiveDeployment(id, revision, newState, newReason, count, rollback, digests, createdAt, now);
    }
}
