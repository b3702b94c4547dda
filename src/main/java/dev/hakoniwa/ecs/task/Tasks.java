package dev.hakoniwa.ecs.task;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.AccountSettings;
import dev.hakoniwa.ecs.cluster.ClusterCounts;
import dev.hakoniwa.ecs.cluster.ClusterUse;
import dev.hakoniwa.ecs.instance.ContainerInstance;
import dev.hakoniwa.ecs.instance.ContainerInstances;
import dev.hakoniwa.ecs.instance.InstanceKey;
import dev.hakoniwa.ecs.instance.InstanceUse;
import dev.hakoniwa.ecs.placement.Demand;
import dev.hakoniwa.ecs.placement.Placement;
import dev.hakoniwa.ecs.task.life.TaskDriver;
import dev.hakoniwa.ecs.task.life.TaskTable;
import dev.hakoniwa.ecs.task.state.Infrastructure;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.LiveTask.Draining;
import dev.hakoniwa.ecs.task.state.Progress;
import dev.hakoniwa.ecs.task.state.StopCause;
import dev.hakoniwa.ecs.task.state.TargetHealth;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.ecs.task.state.TaskKey;
import dev.hakoniwa.ecs.task.state.TaskSpec;
import dev.hakoniwa.ecs.task.state.TaskSpec.Compute;
import dev.hakoniwa.ecs.task.state.TaskStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The tasks there are: what services and the API start, stop and ask about. Belongs inside a step of the writer.
public final class Tasks implements ClusterUse, InstanceUse {
    private static final String LOG_MODE = "defaultLogDriverMode";

    private final Foundation foundation;
    private final TaskTable tasks;
    private final TaskDriver driver;
    private final ContainerInstances instances;
    private final AccountSettings settings;

    Tasks(
            Foundation foundation,
            TaskTable tasks,
            TaskDriver driver,
            ContainerInstances instances,
            AccountSettings settings) {
        this.foundation = foundation;
        this.settings = settings;
        this.tasks = tasks;
        this.driver = driver;
        this.instances = instances;
    }

    /// Where in the cluster a task goes that wants this, or why it can't go anywhere.
    ///
    /// @param except the ids of instances that it must not go to
    public Placement place(Scope scope, String cluster, Demand demand, Set<String> except) {
        var hosts = instances.hosts(scope, cluster).stream()
                .filter(host -> !except.contains(host.id()))
                .toList();
        return Placement.of(hosts, demand, this::dice);
    }

    /// The task's compute, once it has its place.
    ///
    /// @param gpus how many it wants
    public Compute on(ContainerInstance instance, Compute compute, int gpus) {
        return compute.on(
                instance, instances.freeGpus(instance).stream().limit(gpus).toList());
    }

    private int dice(int sides) {
        return Integer.parseInt(foundation.ids().hex(7), 16) % sides;
    }

    public ContainerInstances instances() {
        return instances;
    }

    @Override
    public void orphan(InstanceKey instance) {
        tasks.liveOn(instance).forEach(task -> driver.stop(task.key(), StopCause.orphaned()));
    }

    /// Starts a task that can be placed; the work goes on behind the call.
    public LiveTask start(Scope scope, String cluster, TaskSpec wanted) {
        var key = new TaskKey(scope, cluster, foundation.ids().hex(32));
        var ebs = wanted.ebs();
        var spec = ebs == null
                ? wanted
                : wanted.with(ebs.with(
                        "vol-" + foundation.ids().hex(17), foundation.ids().uuid()));
        var first = spec.network() == null && spec.compute().capacityProvider() == null
                ? TaskStatus.PENDING
                : TaskStatus.PROVISIONING;
        var logMode = settings.ofAccount(scope, LOG_MODE);
        var containers = spec.containers().stream()
                .map(definition -> LogMode.given(definition, logMode))
                .map(definition ->
                        TaskContainer.waiting(definition, foundation.ids().uuid(), endpointId(key, spec)))
                .toList();
        var task = new LiveTask(
                key,
                spec,
                Progress.created(first, foundation.clock().instant()),
                Infrastructure.absent(foundation.ids().uuid(), foundation.ids().uuid()),
                containers,
                Draining.UNREGISTERED);
        driver.launch(task);
        return task;
    }

    /// Of the form that the agents of the two worlds give it.
    private String endpointId(TaskKey key, TaskSpec spec) {
        return spec.isFargate()
                ? key.id() + "-" + foundation.ids().digits(10)
                : foundation.ids().uuid();
    }

    /// Wants a task stopped: its targets drain, its containers are stopped, what it held is released.
    public void stop(TaskKey key, StopCause cause) {
        driver.stop(key, cause);
    }

    /// Wants a task stopped that somebody asked to stop: ECS takes its tags away with that. Gives it back as it is in
    /// that moment, before the stop has shown any effect.
    LiveTask stopByUser(LiveTask task, String reason) {
        var cause = StopCause.byUser(reason);
        var untagged = task.with(task.spec().with(List.of()));
        driver.change(untagged);
        driver.stop(task.key(), cause);
        return task.isStopped()
                ? untagged
                : untagged.with(task.progress().stop(cause, foundation.clock().instant()));
    }

    public Optional<LiveTask> find(TaskKey key) {
        return tasks.find(key);
    }

    /// The task that hasn't stopped whose attachment has this id.
    Optional<LiveTask> withAttachment(Scope scope, String id) {
        return tasks.withAttachment(scope, id);
    }

    public List<LiveTask> ofCluster(Scope scope, String cluster) {
        return tasks.ofCluster(scope, cluster);
    }

    /// The tasks of a group, such as `service:web`, that haven't stopped.
    public List<LiveTask> liveOfGroup(Scope scope, String cluster, String group) {
        return tasks.liveOfGroup(scope, cluster, group);
    }

    List<LiveTask> ofGroup(Scope scope, String cluster, String group) {
        return Stream.concat(
                        tasks.liveOfGroup(scope, cluster, group).stream(),
                        tasks.stoppedOfGroup(scope, cluster, group).stream())
                .sorted(Comparator.comparing(task -> task.key().id()))
                .toList();
    }

    /// How the task's targets are in their target groups; empty before they are registered.
    public List<TargetHealth> targetHealth(LiveTask task) {
        return driver.targetHealth(task);
    }

    @Override
    public ClusterCounts in(Scope scope, String clusterName) {
        return tasks.counts(scope, clusterName);
    }

    @Override
    public boolean uses(Scope scope, String clusterName, String capacityProvider) {
        return tasks.anyLive(scope, clusterName, capacityProvider);
    }

    /// Whether a task that hasn't stopped is made from the task definition.
    public boolean uses(Scope scope, String taskDefinitionArn) {
        return tasks.anyLive(scope, taskDefinitionArn);
    }

    void replace(LiveTask task) {
        driver.change(task);
    }
}
