package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Ids;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

/// What ECS calls a service deployment: one effort to bring a service to a revision, and what came of it
/// (ecs-services.md §9). A rollback belongs to the effort that failed.
///
/// @param id 21 characters that a URL may hold
/// @param target as it last was while the effort was under way
/// @param sources the ids of the deployments that were there before
/// @param configuration as it was when the effort began
/// @param reason why it didn't come to a good end; null if it did, or may still do
record Rollout(
        String id,
        LiveDeployment target,
        List<String> sources,
        DeploymentConfiguration configuration,
        ServiceDeploymentStatus status,
        @Nullable String reason,
        Times times,
        Optional<Back> back) {
    private static final int ID_LENGTH = 21;
    private static final String ROLLED_BACK = "Service deployment rolled back because ";
    private static final String STOPPED = "Service deployment stopped because ";

    Rollout {
        sources = List.copyOf(sources);
    }

    /// @param started when it was first looked at
    /// @param finished when it came to an end that isn't STOPPED
    record Times(
            Instant created,
            @Nullable Instant started,
            @Nullable Instant finished,
            @Nullable Instant stopped,
            Instant updated) {}

    /// The way back.
    ///
    /// @param deployment the id of the deployment that is PRIMARY again
    record Back(String reason, Instant startedAt, String deployment) {}

    /// @param before the deployments that there are
    static Rollout of(
            Ids ids, LiveDeployment target, List<LiveDeployment> before, DeploymentConfiguration configuration) {
        var now = target.createdAt();
        return new Rollout(
                id(ids),
                target,
                before.stream().map(LiveDeployment::id).toList(),
                configuration,
                ServiceDeploymentStatus.PENDING,
                null,
                new Times(now, null, null, null, now),
                Optional.empty());
    }

    private static String id(Ids ids) {
        var bytes = HexFormat.of().parseHex(ids.hex(32));
        return Base64.getUrlEncoder().encodeToString(bytes).substring(0, ID_LENGTH);
    }

    boolean isOver() {
        return switch (status) {
            case SUCCESSFUL, STOPPED, ROLLBACK_SUCCESSFUL, ROLLBACK_FAILED -> true;
            case PENDING,
                    IN_PROGRESS,
                    STOP_REQUESTED,
                    ROLLBACK_REQUESTED,
                    ROLLBACK_IN_PROGRESS,
                    UNKNOWN_TO_SDK_VERSION -> false;
        };
    }

    /// The newer state of its target; none of its business once it is over.
    Rollout with(LiveDeployment newer) {
        return isOver() || !newer.id().equals(target.id())
                ? this
                : new Rollout(id, newer, sources, configuration, status, reason, times, back);
    }

    /// The scheduler has begun to work on it.
    Rollout started(Instant now) {
        var next = new Times(times.created, now, null, null, now);
        return status == ServiceDeploymentStatus.PENDING
                ? new Rollout(
                        id, target, sources, configuration, ServiceDeploymentStatus.IN_PROGRESS, reason, next, back)
                : this;
    }

    /// Somebody has asked to stop it; the scheduler hears of it at its next look.
    Rollout requested(ServiceDeploymentStatus request, Instant now) {
        return with(request, reason, now);
    }

    /// What was to be reached is reached: the target, or what was there before it.
    Rollout reached(Instant now) {
        if (isOver()) {
            return this;
        }
        return status == ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS
                ? finished(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL, now)
                : finished(ServiceDeploymentStatus.SUCCESSFUL, now);
    }

    /// @param why as in ECS's sentence: `the circuit breaker threshold was exceeded.`
    Rollout rollingBack(String why, String deployment, Instant now) {
        var text = ROLLED_BACK + why;
        var way = new Back(text, now, deployment);
        return new Rollout(id, target, sources, configuration, status, text, times, Optional.of(way))
                .with(ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS, text, now);
    }

    /// It is given up, and if it was on its way back, that too.
    Rollout givenUp(String why, Instant now) {
        if (isOver()) {
            return this;
        }
        return back.isPresent()
                ? finished(ServiceDeploymentStatus.ROLLBACK_FAILED, now)
                : with(ServiceDeploymentStatus.STOPPED, STOPPED + why, now).stopped(now);
    }

    Rollout superseded(Instant now) {
        return givenUp("another service deployment was started.", now);
    }

    private Rollout finished(ServiceDeploymentStatus how, Instant now) {
        var next = new Times(times.created, times.started, now, null, now);
        return new Rollout(id, target, sources, configuration, how, reason, next, back);
    }

    private Rollout stopped(Instant now) {
        var next = new Times(times.created, times.started, null, now, now);
        return new Rollout(id, target, sources, configuration, status, reason, next, back);
    }

    private Rollout with(ServiceDeploymentStatus next, @Nullable String why, Instant now) {
        var then = new Times(times.created, times.started, times.finished, times.stopped, now);
        return new Rollout(id, target, sources, configuration, next, why, then, back);
    }
}
