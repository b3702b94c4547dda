package dev.hakoniwa.ecs.service;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.placement.Rules;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceConnectConfiguration;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// What CreateService and UpdateService check (ecs-services.md §1).
final class ServiceChecks {
    private static final int MOST_TASKS = 5_000;

    private ServiceChecks() {}

    /// How many tasks are wanted: said for REPLICA services, found out by ECS for DAEMON ones.
    static void desiredCount(@Nullable Integer count) {
        if (count == null) {
            return;
        }
        if (count < 0) {
            throw Errors.invalidParameter("desiredCount cannot be negative.");
        }
        if (count > MOST_TASKS) {
            throw Errors.invalidParameter("desiredCount cannot be greater than " + MOST_TASKS + ".");
        }
    }

    static void controller(@Nullable DeploymentController given) {
        if (given == null || given.type() == DeploymentControllerType.ECS) {
            return;
        }
        if (given.type() == null || given.type() == DeploymentControllerType.UNKNOWN_TO_SDK_VERSION) {
            throw notOneOf("deploymentController type", DeploymentControllerType.knownValues());
        }
        throw notHere("The deployment controller " + given.typeAsString());
    }

    static void enumerations(@Nullable PropagateTags tags, @Nullable AvailabilityZoneRebalancing rebalancing) {
        if (tags == PropagateTags.UNKNOWN_TO_SDK_VERSION) {
            throw notOneOf("propagateTags", PropagateTags.knownValues());
        }
        if (rebalancing == AvailabilityZoneRebalancing.UNKNOWN_TO_SDK_VERSION) {
            throw notOneOf("availabilityZoneRebalancing", AvailabilityZoneRebalancing.knownValues());
        }
    }

    static void gracePeriod(@Nullable Integer seconds) {
        if (seconds != null && seconds < 0) {
            throw Errors.invalidParameter("healthCheckGracePeriodSeconds must not be negative.");
        }
    }

    static void placement(List<PlacementConstraint> constraints, List<PlacementStrategy> strategies) {
        Rules.of(List.of(), constraints, strategies);
    }

    /// A service can't be rebalanced if its percentages or its placement leave no room for it.
    static void rebalancing(Service document) {
        if (document.availabilityZoneRebalancing() == AvailabilityZoneRebalancing.ENABLED
                && !Documents.canBeRebalanced(document)) {
            throw Errors.invalidParameter("Availability Zone rebalancing can only be ENABLED for services of the "
                    + "REPLICA scheduling strategy whose maximumPercent is greater than 100 and whose first placement "
                    + "strategy, if any, is to spread over ecs.availability-zone.");
        }
    }

    static void serviceConnect(@Nullable ServiceConnectConfiguration given) {
        if (given != null && Boolean.TRUE.equals(given.enabled())) {
            throw notHere("Service Connect");
        }
    }

    static void absent(List<?> given, String what) {
        if (!given.isEmpty()) {
            throw notHere(what);
        }
    }

    static AwsError notHere(String what) {
        return Errors.invalidParameter(what + " is not available in Hakoniwa.");
    }

    static AwsError notOneOf(String member, Set<?> values) {
        var list = values.stream().map(Object::toString).collect(Collectors.joining(","));
        return Errors.invalidParameter(member + " should be one of [" + list + "]");
    }

    static void schedulingStrategy(@Nullable SchedulingStrategy given) {
        if (given == SchedulingStrategy.UNKNOWN_TO_SDK_VERSION) {
            throw notOneOf("schedulingStrategy", SchedulingStrategy.knownValues());
        }
    }

    static void executeCommand(@Nullable Boolean enabled, TaskDefinition definition, String verb) {
        if (Boolean.TRUE.equals(enabled) && definition.taskRoleArn() == null) {
            throw Errors.invalidParameter(("The service couldn't be %s because a valid taskRoleArn is not being used. "
                            + "Specify a valid task role in your task definition and try again.")
                    .formatted(verb));
        }
    }
}
