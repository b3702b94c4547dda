package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.service.Turnaround.Cause;
import java.util.Objects;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;

/// Counts the failed tasks of deployments, gives up on one that has too many, and goes back to the last that was
/// completed if that is asked for (ecs-services.md §4).
final class CircuitBreaker {
    private static final int LEAST = 3;
    private static final int MOST = 200;
    private static final int HALF = 50;

    private final Look look;

    CircuitBreaker(Look look) {
        this.look = look;
    }

    /// A task of the deployment has proved that it can be healthy.
    void proved(String deploymentId) {
        if (Boolean.FALSE.equals(settings().resetOnHealthyTask())) {
            return;
        }
        look.service()
                .deployment(deploymentId)
                .filter(d -> d.failed() > 0)
                .ifPresent(d -> look.change(service -> service.replace(d.failed(0, look.now()))));
    }

    /// A task of the deployment failed to start, or a health check. Of one that was given up nobody counts any more.
    void failed(String deploymentId) {
        var deployment = look.service().deployment(deploymentId);
        if (deployment.isEmpty() || deployment.get().isBroken()) {
            return;
        }
        var counted = deployment.get().failed(deployment.get().failed() + 1, look.now());
        look.change(service -> service.replace(counted));
        var primary = look.service().primary().id().equals(deploymentId);
        if (primary && !counted.isCompleted() && isEnabled() && counted.failed() >= threshold()) {
            trip(counted);
        }
    }

    private boolean isEnabled() {
        return Boolean.TRUE.equals(settings().enable());
    }

    private int threshold() {
        return threshold(settings(), look.service().desiredCount());
    }

    /// How many failures are too many.
    static int threshold(DeploymentCircuitBreaker settings, int desired) {
        var given = settings.thresholdConfiguration();
        if (given == null || given.type() == null) {
            return percent(desired, HALF, LEAST, MOST);
        }
        int value = Objects.requireNonNullElse(given.value(), HALF);
        return switch (given.type()) {
            case BOUNDED_PERCENT, UNKNOWN_TO_SDK_VERSION -> percent(desired, value, LEAST, MOST);
            case UNBOUNDED_PERCENT -> percent(desired, value, 1, Integer.MAX_VALUE);
            case COUNT -> Math.max(1, value);
        };
    }

    private static int percent(int desired, int percent, int least, int most) {
        return Math.clamp(Math.ceilDiv((long) desired * percent, 100L), least, most);
    }

    private void trip(LiveDeployment deployment) {
        look.tell("(deployment %s) deployment failed: tasks failed to start.".formatted(deployment.id()));
        new Turnaround(look).giveUp(deployment, Boolean.TRUE.equals(settings().rollback()), Cause.FAILED_TASKS);
    }

    private DeploymentCircuitBreaker settings() {
        return look.service().document().deploymentConfiguration().deploymentCircuitBreaker();
    }
}
