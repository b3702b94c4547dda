package dev.hakoniwa.ecs.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A service's deployments: those that live, and the rollouts that tell how each came about (ecs-services.md §3, §9).
///
/// @param live newest first; the first is PRIMARY
/// @param lastCompleted the newest that was completed, which a rollback goes back to
/// @param rollouts newest first
record Deployments(List<LiveDeployment> live, Optional<LiveDeployment> lastCompleted, List<Rollout> rollouts) {
    /// ECS keeps 90 days of them; this many is more than anybody deploys a service in a sitting.
    private static final int MOST_ROLLOUTS = 100;

    Deployments {
        live = List.copyOf(live);
        rollouts = List.copyOf(rollouts);
    }

    /// A service's first deployment.
    static Deployments first(LiveDeployment deployment, Rollout rollout) {
        return new Deployments(List.of(deployment), Optional.empty(), List.of(rollout));
    }

    LiveDeployment primary() {
        return live.getFirst();
    }

    /// The newest rollout: the one under way, or else how the PRIMARY deployment came about.
    Rollout rollout() {
        return rollouts.getFirst();
    }

    Optional<LiveDeployment> find(String id) {
        return live.stream().filter(d -> d.id().equals(id)).findFirst();
    }

    /// A new deployment is PRIMARY from now on; a rollout that is still under way ends with that.
    Deployments begin(LiveDeployment deployment, Rollout rollout) {
        var ended = rollout(r -> r.superseded(deployment.createdAt())).rollouts();
        var next = Stream.concat(Stream.of(rollout), ended.stream())
                .limit(MOST_ROLLOUTS)
                .toList();
        return new Deployments(inFront(deployment), lastCompleted, next);
    }

    /// The deployment is PRIMARY again.
    Deployments rollBack(LiveDeployment again) {
        return new Deployments(inFront(again), lastCompleted, rollouts);
    }

    Deployments replace(LiveDeployment deployment) {
        var next = live.stream()
                .map(d -> d.id().equals(deployment.id()) ? deployment : d)
                .toList();
        var done = deployment.isCompleted() ? Optional.of(deployment) : lastCompleted;
        return new Deployments(next, done, rollouts).rollout(r -> r.with(deployment));
    }

    Deployments rollout(UnaryOperator<Rollout> change) {
        var next = new ArrayList<>(rollouts);
        next.set(0, change.apply(rollout()));
        return new Deployments(live, lastCompleted, next);
    }

    Deployments keepAlive(List<LiveDeployment> some) {
        return new Deployments(some, lastCompleted, rollouts);
    }

    private List<LiveDeployment> inFront(LiveDeployment deployment) {
        var others = live.stream().filter(d -> !d.id().equals(deployment.id()));
        return Stream.concat(Stream.of(deployment), others).toList();
    }
}
