package dev.hakoniwa.ecs;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecr.ImageResolver;
import dev.hakoniwa.ecs.cluster.CapacityProviders;
import dev.hakoniwa.ecs.cluster.ClusterApi;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.exec.ExecParts;
import dev.hakoniwa.ecs.exec.Sessions;
import dev.hakoniwa.ecs.instance.AttributeCalls;
import dev.hakoniwa.ecs.instance.InstanceCalls;
import dev.hakoniwa.ecs.service.ServiceParts;
import dev.hakoniwa.ecs.task.SpotInterruptions;
import dev.hakoniwa.ecs.task.TaskParts;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitionApi;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitions;
import dev.hakoniwa.elb.Targets;
import dev.hakoniwa.iam.Roles;
import dev.hakoniwa.logs.LogSink;
import dev.hakoniwa.runtime.Engine;
import dev.hakoniwa.s3.ObjectReader;
import dev.hakoniwa.secrets.SecretValues;
import dev.hakoniwa.vpc.Networking;
import java.util.List;
import java.util.Map;

/// ECS, joined up from its parts.
public final class Ecs {
    private final EcsApi api = new EcsApi();
    private final Agent agent;
    private final SpotInterruptions spotInterruptions;
    private final ExecParts exec;

    /// What ECS needs of the rest of the emulator.
    ///
    /// @param ownLabels what this emulator puts on everything it makes on the engine
    public record Neighbours(
            Engine engine,
            Map<String, String> ownLabels,
            Networking networking,
            ImageResolver registry,
            LogSink logs,
            Targets targets,
            TaskEndpoints endpoints,
            Stores stores) {}

    /// What tasks read as their execution roles.
    public record Stores(SecretValues secrets, ObjectReader objects, Roles roles) {}

    public Ecs(Foundation foundation, Neighbours neighbours) {
        var accountSettings = new AccountSettings(foundation.tables());
        var clusters = new Clusters(foundation.tables(), foundation.timers(), foundation.clock());
        var clusterApi = new ClusterApi(clusters, accountSettings);
        var definitions = new TaskDefinitions(foundation.tables(), foundation.timers());
        var tasks = new TaskParts(foundation, accountSettings, neighbours);
        var services = new ServiceParts(foundation, tasks.tasks(), clusters, definitions, neighbours);
        var protections = tasks.protections(clusters, services.names());
        agent = tasks.agent(protections);
        spotInterruptions = tasks.spotInterruptions();
        var taskCalls = tasks.calls(clusters, definitions, services.names());

        var instances = tasks.tasks().instances();
        var instanceCalls = new InstanceCalls(clusters, instances, neighbours.networking(), tasks.tasks(), clusterApi);

        clusters.usedBy(tasks.tasks());
        clusters.usedBy(instances);
        clusters.usedBy(services.use());
        definitions.usedBy(tasks.tasks()::uses);
        definitions.usedBy(services.definitionUse());

        api.clusters(clusterApi)
                .capacityProviders(new CapacityProviders(clusters))
                .taskDefinitions(new TaskDefinitionApi(definitions, foundation.clock()))
                .accountSettings(accountSettings)
                .tags(new ResourceTags(List.of(clusters, definitions, taskCalls, services.taggable(), instances)));
        taskCalls.addTo(api.operations());
        tasks.addAgentCallsTo(api.operations(), clusters);
        protections.addTo(api.operations());
        exec = new ExecParts(foundation, neighbours);
        exec.addTo(api.operations(), clusters, tasks.tasks());
        services.addTo(api.operations());
        instanceCalls.addTo(api.operations());
        new AttributeCalls(clusters, instances).addTo(api.operations());
    }

    public Agent agent() {
        return agent;
    }

    public SpotInterruptions spotInterruptions() {
        return spotInterruptions;
    }

    /// The sessions of ECS Exec.
    public Sessions sessions() {
        return exec.sessions();
    }

    /// Adds the operations on sessions that SSM has.
    public Operations addSessionsTo(Operations ssm) {
        return exec.addTo(ssm);
    }

    public Operations operations() {
        return api.operations();
    }
}
