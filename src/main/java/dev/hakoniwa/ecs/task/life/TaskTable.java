package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.core.Index;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecs.cluster.ClusterCounts;
import dev.hakoniwa.ecs.cluster.ClusterCounts.PerLaunchType;
import dev.hakoniwa.ecs.cluster.ClusterTally;
import dev.hakoniwa.ecs.instance.InstanceKey;
import dev.hakoniwa.ecs.instance.Loads;
import dev.hakoniwa.ecs.instance.Stake;
import dev.hakoniwa.ecs.instance.Stake.Standing;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskKey;
import dev.hakoniwa.runtime.ContainerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every task there is, found by key, by cluster, by group, by what it is made from and by the engine's container, and
/// while it lives by its addresses and by the ids that its containers know.
public final class TaskTable {
    private static final char END = '\n';

    private final Table<LiveTask> tasks;
    private final Index<TaskKey> liveByGroup;
    private final Index<TaskKey> liveByUse;
    private final Index<TaskKey> stoppedByGroup;
    private final Table<TaskKey> byContainer;
    private final Table<TaskKey> live;
    private final ClusterTally tally;
    private final Table<TaskKey> byEndpoint;

    private final Loads loads;

    public TaskTable(Tables tables, Loads loads) {
        this.loads = loads;
        tasks = tables.table("task");
        liveByGroup = new Index<>("task by group", tables);
        liveByUse = new Index<>("task by what it is made from", tables);
        stoppedByGroup = new Index<>("stopped task by group", tables);
        byContainer = tables.table("task by container");
        live = tables.table("live task");
        tally = new ClusterTally("task", tables);
        byEndpoint = tables.table("task by endpoint");
    }

    public Optional<LiveTask> find(TaskKey key) {
        return tasks.find(key.scope(), key.row());
    }

    LiveTask put(LiveTask task) {
        var key = task.key();
        var before = find(key);
        index(before, Optional.of(task));
        indexEndpoints(key, endpoints(before), task.endpoints());
        return tasks.put(key.scope(), key.row(), task);
    }

    private void indexEndpoints(TaskKey key, Set<String> before, Set<String> after) {
        if (!before.equals(after)) {
            before.forEach(endpoint -> byEndpoint.remove(key.scope(), endpoint));
            after.forEach(endpoint -> byEndpoint.put(key.scope(), endpoint, key));
        }
    }

    private static Set<String> endpoints(Optional<LiveTask> task) {
        return task.map(LiveTask::endpoints).orElse(Set.of());
    }

    void remove(LiveTask task) {
        var key = task.key();
        var before = find(key);
        index(before, Optional.empty());
        indexEndpoints(key, endpoints(before), Set.of());
        tasks.remove(key.scope(), key.row());
        task.containers().forEach(container -> forget(key.scope(), container.runtime()));
        forget(key.scope(), task.infrastructure().pause());
    }

    public List<LiveTask> ofCluster(Scope scope, String cluster) {
        return tasks.startingWith(scope, cluster + "/");
    }

    /// The group's tasks that haven't stopped: what this costs doesn't grow with those that have.
    public List<LiveTask> liveOfGroup(Scope scope, String cluster, String group) {
        return tasks(liveByGroup.find(scope, groupKey(cluster, group)));
    }

    public List<LiveTask> stoppedOfGroup(Scope scope, String cluster, String group) {
        return tasks(stoppedByGroup.find(scope, groupKey(cluster, group)));
    }

    /// How many of the cluster's tasks are in which state; those that have stopped don't count.
    public ClusterCounts counts(Scope scope, String cluster) {
        return tally.in(scope, cluster);
    }

    /// Whether a task that hasn't stopped is made from the task definition.
    public boolean anyLive(Scope scope, String taskDefinitionArn) {
        return liveByUse.has(scope, taskDefinitionArn);
    }

    /// Whether a task in the cluster that hasn't stopped runs on the capacity provider.
    public boolean anyLive(Scope scope, String cluster, String capacityProvider) {
        return liveByUse.has(scope, providerKey(cluster, capacityProvider));
    }

    /// The tasks on a container instance that haven't stopped.
    public List<LiveTask> liveOn(InstanceKey instance) {
        return tasks(liveByUse.find(instance.scope(), instanceKey(instance)));
    }

    /// The task that hasn't stopped whose attachment has this id.
    public Optional<LiveTask> withAttachment(Scope scope, String id) {
        return tasks(liveByUse.find(scope, attachmentKey(id))).stream().findFirst();
    }

    /// Everybody's tasks that haven't stopped.
    public List<LiveTask> live() {
        return live.scopes().stream()
                .flatMap(scope -> tasks(live.all(scope)).stream())
                .toList();
    }

    private List<LiveTask> tasks(List<TaskKey> keys) {
        return keys.stream().flatMap(key -> find(key).stream()).toList();
    }

    /// Remembers whose container this is, so that the engine's events find their task.
    void own(TaskKey key, ContainerId container) {
        byContainer.put(key.scope(), container.value(), key);
    }

    Optional<LiveTask> owner(ContainerId container) {
        return find(byContainer, container.value());
    }

    /// The task that has this address, or whose containers know this id.
    public Optional<LiveTask> at(String endpoint) {
        return find(byEndpoint, endpoint);
    }

    private Optional<LiveTask> find(Table<TaskKey> index, String name) {
        return index.scopes().stream()
                .flatMap(scope -> index.find(scope, name).stream())
                .findFirst()
                .flatMap(this::find);
    }

    private void forget(Scope scope, @org.jspecify.annotations.Nullable ContainerId container) {
        if (container != null) {
            byContainer.remove(scope, container.value());
        }
    }

    /// Lets a task be found as it is now, and no longer as it was.
    private void index(Optional<LiveTask> before, Optional<LiveTask> after) {
        var task = after.or(() -> before).orElseThrow();
        var key = task.key();
        tally.change(
                key.scope(),
                key.cluster(),
                before.map(TaskTable::count).orElse(ClusterCounts.NONE),
                after.map(TaskTable::count).orElse(ClusterCounts.NONE));
        if (!standing(before).equals(standing(after))) {
            loads.change(before.flatMap(TaskTable::stake), after.flatMap(TaskTable::stake));
        }
        var wasLive = before.filter(t -> !t.isStopped()).isPresent();
        var isLive = after.filter(t -> !t.isStopped()).isPresent();
        if (wasLive != isLive) {
            indexLive(task, isLive);
        }
        var group = List.of(groupKey(key.cluster(), task.spec().origin().group()));
        stoppedByGroup.move(
                key.scope(),
                key.id(),
                key,
                before.isPresent() && !wasLive ? group : List.of(),
                after.isPresent() && !isLive ? group : List.of());
    }

    private void indexLive(LiveTask task, boolean isLive) {
        var key = task.key();
        var group = List.of(groupKey(key.cluster(), task.spec().origin().group()));
        var uses = uses(task);
        if (isLive) {
            live.put(key.scope(), key.row(), key);
            liveByGroup.move(key.scope(), key.id(), key, List.of(), group);
            liveByUse.move(key.scope(), key.row(), key, List.of(), uses);
            return;
        }
        live.remove(key.scope(), key.row());
        liveByGroup.move(key.scope(), key.id(), key, group, List.of());
        liveByUse.move(key.scope(), key.row(), key, uses, List.of());
    }

    private static List<String> uses(LiveTask task) {
        var uses = new ArrayList<String>();
        uses.add(task.spec().definition().taskDefinitionArn());
        task.attachmentIds().forEach(id -> uses.add(attachmentKey(id)));
        var provider = task.spec().compute().capacityProvider();
        if (provider != null) {
            uses.add(providerKey(task.key().cluster(), provider));
        }
        task.instance().ifPresent(instance -> uses.add(instanceKey(instance)));
        return uses;
    }

    /// What the task has of its container instance, which is the same as long as it stands the same.
    private static Optional<Stake> stake(LiveTask task) {
        return standing(Optional.of(task))
                .flatMap(standing -> task.instance()
                        .map(instance -> new Stake(
                                instance,
                                task.spec().needs(),
                                task.spec().gpus(),
                                task.spec().origin().group(),
                                standing)));
    }

    private static Optional<Standing> standing(Optional<LiveTask> task) {
        return task.filter(t -> !t.isStopped()).map(t -> {
            if (!t.wanted()) {
                return Standing.STOPPING;
            }
            return t.isRunning() ? Standing.RUNNING : Standing.PENDING;
        });
    }

    private static ClusterCounts count(LiveTask task) {
        if (task.isStopped()) {
            return ClusterCounts.NONE;
        }
        var one = PerLaunchType.one(task.spec().compute().launchType());
        if (!task.wanted()) {
            return ClusterCounts.ofTasks(PerLaunchType.NONE, PerLaunchType.NONE, one);
        }
        return task.isRunning()
                ? ClusterCounts.ofTasks(one, PerLaunchType.NONE, PerLaunchType.NONE)
                : ClusterCounts.ofTasks(PerLaunchType.NONE, one, PerLaunchType.NONE);
    }

    private static String instanceKey(InstanceKey instance) {
        return "on" + END + instance.row();
    }

    private static String attachmentKey(String id) {
        return "attachment" + END + id;
    }

    private static String groupKey(String cluster, String group) {
        return cluster + END + group;
    }

    private static String providerKey(String cluster, String capacityProvider) {
        return cluster + END + capacityProvider;
    }
}
