package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Taggable;
import dev.hakoniwa.ecs.cluster.ClusterCounts;
import dev.hakoniwa.ecs.cluster.ClusterCounts.PerLaunchType;
import dev.hakoniwa.ecs.cluster.ClusterUse;
import dev.hakoniwa.ecs.service.LiveService.Status;
import dev.hakoniwa.ecs.task.TaskCalls.ServiceNames;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Tag;

/// What the rest of ECS asks of services.
final class Services implements ClusterUse, ServiceNames, Taggable {
    private final ServiceTable services;

    Services(ServiceTable services) {
        this.services = services;
    }

    @Override
    public boolean exists(Scope scope, String cluster, String service) {
        return services.find(new ServiceKey(scope, cluster, service)).isPresent();
    }

    @Override
    public ClusterCounts in(Scope scope, String clusterName) {
        var all = services.ofCluster(scope, clusterName);
        return ClusterCounts.ofServices(count(all, Status.ACTIVE), count(all, Status.DRAINING));
    }

    @Override
    public boolean uses(Scope scope, String clusterName, String capacityProvider) {
        return services.ofCluster(scope, clusterName).stream()
                .filter(service -> !service.isInactive())
                .flatMap(service -> service.deployments().live().stream())
                .flatMap(deployment -> deployment.revision().strategy().stream())
                .anyMatch(item -> item.capacityProvider().equals(capacityProvider));
    }

    /// Whether a service that isn't INACTIVE deploys the task definition.
    boolean uses(Scope scope, String taskDefinitionArn) {
        return services.all(scope).stream()
                .filter(service -> !service.isInactive())
                .flatMap(service -> service.deployments().live().stream())
                .anyMatch(d -> d.revision().definition().taskDefinitionArn().equals(taskDefinitionArn));
    }

    @Override
    public String type() {
        return "service";
    }

    @Override
    public List<Tag> tags(Scope scope, Arn arn) {
        return tagged(scope, arn).document().tags();
    }

    @Override
    public void replaceTags(Scope scope, Arn arn, List<Tag> tags) {
        services.put(tagged(scope, arn).with(document -> document.copy(d -> d.tags(tags))));
    }

    private LiveService tagged(Scope scope, Arn arn) {
        var parts = arn.resourceId().split("/", 2);
        return Optional.of(parts)
                .filter(p -> p.length == 2)
                .flatMap(p -> services.find(new ServiceKey(scope, p[0], p[1])))
                .filter(service -> !service.isInactive())
                .orElseThrow(() -> Errors.invalidParameter(
                        "The specified service does not exist. Specify a valid service and try again."));
    }

    private static PerLaunchType count(List<LiveService> services, Status status) {
        return services.stream()
                .filter(service -> service.status() == status)
                .map(service -> service.primary().revision().launchType())
                .map(Services::one)
                .reduce(PerLaunchType.NONE, PerLaunchType::plus);
    }

    private static PerLaunchType one(LaunchType launchType) {
        return switch (launchType) {
            case FARGATE -> new PerLaunchType(0, 1, 0);
            case EXTERNAL -> new PerLaunchType(0, 0, 1);
            case EC2, MANAGED_INSTANCES, UNKNOWN_TO_SDK_VERSION -> new PerLaunchType(1, 0, 0);
        };
    }
}
