package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.Errors;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementConstraintType;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/// What a service that runs one task on each container instance can't have (ecs-services.md §1, §2).
final class DaemonChecks {
    private static final String DAEMON = "The daemon scheduling strategy ";

    private DaemonChecks() {}

    static void create(CreateServiceRequest request) {
        desiredCount(request.desiredCount());
        if (request.launchType() == LaunchType.FARGATE) {
            throw Errors.invalidParameter(DAEMON + "is not supported with Fargate launch type");
        }
        strategy(request.capacityProviderStrategy());
        placement(request.placementConstraints(), request.placementStrategy());
    }

    static void update(UpdateServiceRequest request) {
        desiredCount(request.desiredCount());
        strategy(request.capacityProviderStrategy());
        placement(request.placementConstraints(), request.placementStrategy());
    }

    private static void desiredCount(@Nullable Integer count) {
        if (count != null) {
            throw Errors.invalidParameter(DAEMON
                    + "does not support a desired count for services. Remove the desired count value and try again");
        }
    }

    private static void strategy(List<?> given) {
        if (!given.isEmpty()) {
            throw Errors.invalidParameter(DAEMON + "does not support a capacity provider strategy.");
        }
    }

    private static void placement(List<PlacementConstraint> constraints, List<?> strategies) {
        if (!strategies.isEmpty()) {
            throw Errors.invalidParameter(DAEMON + "does not support a placement strategy.");
        }
        if (constraints.stream().anyMatch(c -> c.type() == PlacementConstraintType.DISTINCT_INSTANCE)) {
            throw Errors.invalidParameter(DAEMON + "does not support the distinctInstance placement constraint.");
        }
    }
}
