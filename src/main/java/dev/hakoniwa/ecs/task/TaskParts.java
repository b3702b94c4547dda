package dev.hakoniwa.ecs.task;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.ecs.AccountSettings;
import dev.hakoniwa.ecs.Agent;
import dev.hakoniwa.ecs.Ecs;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.instance.ContainerInstances;
import dev.hakoniwa.ecs.instance.Loads;
import dev.hakoniwa.ecs.task.engine.ContainerLogs;
import dev.hakoniwa.ecs.task.engine.TaskJobs;
import dev.hakoniwa.ecs.task.life.EngineWatch;
import dev.hakoniwa.ecs.task.life.TaskDriver;
import dev.hakoniwa.ecs.task.life.TaskDriver.Surroundings;
import dev.hakoniwa.ecs.task.life.TaskTable;
import dev.hakoniwa.ecs.task.life.TaskTargets;
import dev.hakoniwa.ecs.task.life.TaskWork;
import dev.hakoniwa.ecs.task.resource.TaskResources;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitions;
import dev.hakoniwa.runtime.Labels;

/// Joins up what tasks are made of.
public final class TaskParts {
    private final Foundation foundation;
    private final Ecs.Neighbours neighbours;
    private final TaskTable table;
    private final Tasks tasks;

    public TaskParts(Foundation foundation, AccountSettings settings, Ecs.Neighbours neighbours) {
        this.foundation = foundation;
        this.neighbours = neighbours;
        var loads = new Loads(foundation.tables());
        table = new TaskTable(foundation.tables(), loads);
        var instances = new ContainerInstances(foundation, neighbours.networking(), loads, settings);
        var work = new TaskWork(foundation, table);
        var driver = driver(work);
        tasks = new Tasks(foundation, table, driver, instances, settings);
        new EngineWatch(foundation, table, driver, work, neighbours).start();
    }

    public Tasks tasks() {
        return tasks;
    }

    /// What tasks are told of themselves.
    public Agent agent(TaskProtections protections) {
        return new TaskAgent(foundation.tables(), table, protections, tasks.instances(), neighbours);
    }

    /// The operations on the protection of tasks.
    public TaskProtections protections(Clusters clusters, TaskCalls.ServiceNames services) {
        return new TaskProtections(foundation.clock(), clusters, tasks, services);
    }

    /// The operations on tasks.
    public TaskCalls calls(Clusters clusters, TaskDefinitions definitions, TaskCalls.ServiceNames services) {
        var tokens = new ClientTokens(foundation, table);
        var orders = new TaskOrders(definitions, neighbours.networking(), tasks);
        var run = new RunTask(clusters, orders, tasks, tokens);
        var start = new StartTask(clusters, orders, tasks);
        return new TaskCalls(clusters, tasks, new TaskCalls.Starts(run, start), services);
    }

    /// Adds the operations that agents call.
    public void addAgentCallsTo(Operations operations, Clusters clusters) {
        var usual = "localhost:" + neighbours.ownLabels().get(Labels.PORT);
        new AgentCalls(clusters, tasks, usual).addTo(operations);
    }

    public SpotInterruptions spotInterruptions() {
        return new SpotInterruptions(foundation.tables(), tasks);
    }

    private TaskDriver driver(TaskWork work) {
        var engine = neighbours.engine();
        var logs = new ContainerLogs(engine.containers(), neighbours.logs(), foundation.timers());
        var resources = new TaskResources(foundation.tables(), neighbours.stores());
        var jobs = new TaskJobs(neighbours, logs, resources);
        var targets = new TaskTargets(foundation, neighbours.targets());
        return new TaskDriver(foundation, table, jobs, work, new Surroundings(neighbours.networking(), targets));
    }
}
