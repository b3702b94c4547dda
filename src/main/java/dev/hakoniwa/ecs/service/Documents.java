package dev.hakoniwa.ecs.service;

import java.util.List;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
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
                .platformFamily(revision.platformVersion() == null ? null : "Linux")
                .networkConfiguration(revision.network())
                .loadBalancers(revision.loadBalancers()));
    }

    /// ECS's defaults for what is not given.
    static DeploymentConfiguration complete(DeploymentConfiguration given) {
        var breaker = given.deploymentCircuitBreaker() != null
                ? given.deploymentCircuitBreaker()
                : DeploymentCircuitBreaker.builder()
                        .enable(false)
                        .rollback(false)
                        .build();
        return given.copy(c -> c.deploymentCircuitBreaker(breaker)
                .maximumPercent(given.maximumPercent() == null ? 200 : given.maximumPercent())
                .minimumHealthyPercent(given.minimumHealthyPercent() == null ? 100 : given.minimumHealthyPercent())
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

    /// New services are rebalanced over the zones unless the percentages leave no room for it.
    static AvailabilityZoneRebalancing rebalancing(DeploymentConfiguration configuration, List<?> placementStrategy) {
        var eligible = configuration.maximumPercent() > 100 && placementStrategy.isEmpty();
        return eligible ? AvailabilityZoneRebalancing.ENABLED : AvailabilityZoneRebalancing.DISABLED;
    }
}
