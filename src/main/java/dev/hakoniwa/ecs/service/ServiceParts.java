package dev.hakoniwa.ecs.service;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.Ecs;
import dev.hakoniwa.ecs.Taggable;
import dev.hakoniwa.ecs.cluster.ClusterUse;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.task.TaskCalls.ServiceNames;
import dev.hakoniwa.ecs.task.Tasks;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitionUse;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitions;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/// Joins up what services are made of.
public final class ServiceParts {
    private final Services services;
    private final CreateService create;
    private final UpdateService update;
    private final ServiceCalls calls;
    private final RolloutCalls rollouts;

    public ServiceParts(
            Foundation foundation,
            Tasks tasks,
            Clusters clusters,
            TaskDefinitions definitions,
            Ecs.Neighbours neighbours) {
        var table = new ServiceTable(foundation.tables());
        var places = new Places(tasks, neighbours.networking());
        var launcher = new Launcher(tasks, neighbours.networking(), definitions, places);
        var reconciler = new Reconciler(foundation, table, tasks, launcher, places);
        var surroundings = new Surroundings(neighbours.networking(), neighbours.targets(), tasks, reconciler);
        var finder = new ServiceFinder(clusters, table);
        services = new Services(table);
        create = new CreateService(foundation, table, clusters, definitions, surroundings);
        update = new UpdateService(foundation, table, finder, definitions, surroundings);
        calls = new ServiceCalls(table, finder, surroundings, foundation.clock());
        rollouts = new RolloutCalls(foundation, table, finder, surroundings);
    }

    public void addTo(Operations operations) {
        operations
                .on("CreateService", CreateServiceRequest::builder, create::create)
                .on("UpdateService", UpdateServiceRequest::builder, update::update);
        calls.addTo(operations);
        rollouts.addTo(operations);
    }

    public ClusterUse use() {
        return services;
    }

    public TaskDefinitionUse definitionUse() {
        return services::uses;
    }

    public ServiceNames names() {
        return services;
    }

    public Taggable taggable() {
        return services;
    }
}
