package dev.hakoniwa.ecs.service;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Taggable;
import dev.hakoniwa.ecs.cluster.ClusterCounts;
import dev.hakoniwa.ecs.cluster.ClusterUse;
import dev.hakoniwa.ecs.task.TaskCalls.ServiceNames;
import java.util.List;
import java.util.Optional;
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
    public boolean isPrimary(Scope scope, String cluster, String service, String deployment) {
        return services.find(new ServiceKey(scope, cluster, service))
                .filter(found -> found.primary().id().equals(deployment))
                .isPresent();
    }

    @Override
    public ClusterCounts in(Scope scope, String clusterName) {
        return services.counts(scope, clusterName);
    }

    @Override
    public boolean uses(Scope scope, String clusterName, String capacityProvider) {
        return services.anyUses(scope, clusterName, capacityProvider);
    }

    /// Whether a service that isn't INACTIVE deploys the task definition.
    boolean uses(Scope scope, String taskDefinitionArn) {
        return services.anyUses(scope, taskDefinitionArn);
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
}
