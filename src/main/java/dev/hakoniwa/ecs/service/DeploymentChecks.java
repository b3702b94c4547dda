package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.Errors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.ThresholdType;

/// What CreateService and UpdateService check of how a service is to be deployed (ecs-services.md §3, §4).
final class DeploymentChecks {
    private static final int LONGEST_BAKE = 1440;

    private DeploymentChecks() {}

    static void check(@Nullable DeploymentConfiguration given) {
        if (given == null) {
            return;
        }
        if (given.strategy() == DeploymentStrategy.UNKNOWN_TO_SDK_VERSION) {
            throw ServiceChecks.notOneOf("strategy", DeploymentStrategy.knownValues());
        }
        if (given.strategy() != null && given.strategy() != DeploymentStrategy.ROLLING) {
            throw ServiceChecks.notHere("The deployment strategy " + given.strategyAsString());
        }
        if (given.linearConfiguration() != null || given.canaryConfiguration() != null) {
            throw ServiceChecks.notHere("A deployment in steps");
        }
        ServiceChecks.absent(given.lifecycleHooks(), "A deployment lifecycle hook");
        var bake = given.bakeTimeInMinutes();
        if (bake != null && (bake < 0 || bake > LONGEST_BAKE)) {
            throw Errors.invalidParameter("bakeTimeInMinutes must be between 0 and " + LONGEST_BAKE + ".");
        }
        if (given.deploymentCircuitBreaker() != null) {
            circuitBreaker(given.deploymentCircuitBreaker());
        }
    }

    private static void circuitBreaker(DeploymentCircuitBreaker given) {
        var threshold = given.thresholdConfiguration();
        if (threshold == null) {
            return;
        }
        if (threshold.type() == ThresholdType.UNKNOWN_TO_SDK_VERSION) {
            throw ServiceChecks.notOneOf("thresholdConfiguration type", ThresholdType.knownValues());
        }
        if (threshold.value() != null && threshold.value() < 1) {
            throw Errors.invalidParameter("thresholdConfiguration value must be 1 or greater.");
        }
    }

    /// @param complete a configuration with ECS's defaults filled in
    static void percentages(DeploymentConfiguration complete, boolean daemon) {
        int max = complete.maximumPercent();
        int min = complete.minimumHealthyPercent();
        if (max < 0 || min < 0) {
            throw Errors.invalidParameter("maximumPercent and minimumHealthyPercent must not be negative.");
        }
        if (daemon && max > 100) {
            throw Errors.invalidParameter(
                    "The daemon scheduling strategy does not support values above 100 for maximumPercent.");
        }
        if (max < min) {
            throw Errors.invalidParameter("maximumPercent must be greater than or equal to minimumHealthyPercent.");
        }
        if (max < 100) {
            throw Errors.invalidParameter("maximumPercent must be 100 or greater.");
        }
    }
}
