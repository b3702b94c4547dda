package dev.hakoniwa.ecs.service;

import java.util.Optional;
import java.util.function.UnaryOperator;

/// Ends a deployment before it has got there: its tasks are no longer started, and the service goes back to what it was
/// last, if that is wished (ecs-services.md §4, §9).
final class Turnaround {
    private final Look look;

    Turnaround(Look look) {
        this.look = look;
    }

    /// Why a deployment ends early, in the words of the deployment and of the service deployment.
    enum Cause {
        FAILED_TASKS(
                "ECS deployment circuit breaker: task failed to start.",
                "ECS deployment circuit breaker: rolling back to deploymentId %s.",
                "the circuit breaker threshold was exceeded."),
        REQUEST(
                "ECS deployment stopped on request.",
                "ECS deployment stopped on request: rolling back to deploymentId %s.",
                "StopServiceDeployment was called.");

        private final String failed;
        private final String rollingBack;
        private final String why;

        Cause(String failed, String rollingBack, String why) {
            this.failed = failed;
            this.rollingBack = rollingBack;
            this.why = why;
        }

        /// The `rolloutStateReason` of the deployment that was given up.
        String failed() {
            return failed;
        }
    }

    /// Begins the work on a rollout that waits for it, and does what has been asked of one that is under way.
    void heed() {
        switch (look.service().deployments().rollout().status()) {
            case PENDING -> rollout(rollout -> rollout.started(look.now()));
            case STOP_REQUESTED -> giveUp(look.service().primary(), false, Cause.REQUEST);
            case ROLLBACK_REQUESTED -> giveUp(look.service().primary(), true, Cause.REQUEST);
            case IN_PROGRESS,
                    SUCCESSFUL,
                    STOPPED,
                    ROLLBACK_IN_PROGRESS,
                    ROLLBACK_SUCCESSFUL,
                    ROLLBACK_FAILED,
                    UNKNOWN_TO_SDK_VERSION -> {}
        }
    }

    /// A deployment that is itself the way back from another one has nothing to go back to.
    void giveUp(LiveDeployment deployment, boolean goBack, Cause cause) {
        look.change(service -> service.replace(deployment.broken(cause.failed, look.now())));
        var target = goBack && !deployment.rollback()
                ? look.service().deployments().lastCompleted()
                : Optional.<LiveDeployment>empty();
        target.ifPresentOrElse(
                completed -> goBack(completed, cause), () -> rollout(r -> r.givenUp(cause.why, look.now())));
    }

    private void goBack(LiveDeployment completed, Cause cause) {
        var again = completed.again(cause.rollingBack.formatted(completed.id()), look.now());
        look.tell("rolling back to deployment %s.".formatted(again.id()));
        look.change(service -> service.lead(all -> all.rollBack(again)));
        rollout(r -> r.rollingBack(cause.why, again.id(), look.now()));
    }

    private void rollout(UnaryOperator<Rollout> change) {
        look.change(service -> service.deployments(all -> all.rollout(change)));
    }
}
