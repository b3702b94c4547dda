package dev.hakoniwa.ecs.service;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.PlacementStrategyType;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;

/// The members of a service's document that follow from others (ecs-services.md §1).
final class Documents {
    private Documents() {}

    /// The document with what its deployment is made from.
    static Service of(Service document, LiveDeployment deployment) {
        var revision = deployment.revision();
        return document.copy(d -> d.taskDefinition(revision.definition().taskDefinitionArn())
                .launchType(revision.strategy().isEmpty() ? revision.launchType() : null)
                .capacityProviderStrategy(revision.strategy().isEmpty() ? null : revision.strategy())
                .platformVersion(revision.platformVersion())
                .platformFamily(revision.platformFamily())
                .networkConfiguration(revision.network())
                .loadBalancers(revision.loadBalancers()));
    }

    /// ECS's defaults for what is not given.
    static DeploymentConfiguration complete(DeploymentConfiguration given, boolean daemon) {
        var breaker = given.deploymentCircuitBreaker() != null
                ? given.deploymentCircuitBreaker()
                : DeploymentCircuitBreaker.builder()
                        .enable(false)
                        .rollback(false)
                        .build();
        return given.copy(c -> c.deploymentCircuitBreaker(breaker)
                .maximumPercent(Objects.requireNonNullElse(given.maximumPercent(), daemon ? 100 : 200))
                .minimumHealthyPercent(Objects.requireNonNullElse(given.minimumHealthyPercent(), daemon ? 0 : 100))
                .strategy(given.strategy() == null ? DeploymentStrategy.ROLLING : given.strategy())
                .bakeTimeInMinutes(given.bakeTimeInMinutes() == null ? 0 : given.bakeTimeInMinutes()));
    }

    /// What `given` says, and of `before` what it leaves out.
    static DeploymentConfiguration update(DeploymentConfiguration before, DeploymentConfiguration given) {
        return before.copy(c -> {
            if (given.maximumPercent() != null) {
                c.maximumPercent(given.maximumPercent());
            }
            if (given.minimumHealthyPercent() != null) {
                c.minimumHealthyPercent(given.minimumHealthyPercent());
            }
            if (given.deploymentCircuitBreaker() != null) {
                c.deploymentCircuitBreaker(given.deploymentCircuitBreaker());
            }
            if (given.alarms() != null) {
                c.alarms(given.alarms());
            }
            if (given.strategy() != null) {
                c.strategy(given.strategy());
            }
            if (given.bakeTimeInMinutes() != null) {
                c.bakeTimeInMinutes(given.bakeTimeInMinutes());
            }
            if (given.hasLifecycleHooks()) {
                c.lifecycleHooks(given.lifecycleHooks());
            }
        });
    }

    /// New services are rebalanced over the zones if they can be.
    static AvailabilityZoneRebalancing rebalancing(Service document) {
        return canBeRebalanced(document) ? AvailabilityZoneRebalancing.ENABLED : AvailabilityZoneRebalancing.DISABLED;
    }

    /// Whether there is room for one task more than wanted, and nothing else is wanted of the zones.
    static boolean canBeRebalanced(Service document) {
        return document.schedulingStrategy() == SchedulingStrategy.REPLICA
                && document.deploymentConfiguration().maximumPercent() > 100
                && document.placementStrategy().stream().limit(1).allMatch(Documents::spreadsOverZones)
                && document.placementConstraints().stream().noneMatch(Documents::namesZones);
    }

    private static boolean spreadsOverZones(PlacementStrategy strategy) {
        return strategy.type() == PlacementStrategyType.SPREAD && namesZones(strategy.field());
    }

    private static boolean namesZones(PlacementConstraint constraint) {
        return namesZones(constraint.expression());
    }

    private static boolean namesZones(@Nullable String text) {
        return text != null && text.toLowerCase(Locale.ROOT).contains("ecs.availability-zone");
    }
}
