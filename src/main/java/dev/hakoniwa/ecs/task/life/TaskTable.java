package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskKey;
import dev.hakoniwa.runtime.ContainerId;
import java.util.List;
import java.util.Optional;

/// Every task there is, found by key, by cluster, by group and by the engine's container.
public final class TaskTable {
    private static final char END = '\n';

    private final Table<LiveTask> tasks;
    private final Table<TaskKey> liveByGroup;
    private final Table<TaskKey> stoppedByGroup;
    private final Table<TaskKey> byContainer;

    public TaskTable(Tables tables) {
        tasks = tables.table("task");
        liveByGroup = tables.table("task by group");
        stoppedByGroup = tables.table("stopped task by group");
        byContainer = tables.table("task by container");
    }

    public Optional<LiveTask> find(TaskKey key) {
        return tasks.find(key.scope(), key.row());
    }

    LiveTask put(LiveTask task) {
        var key = task.key();
        if (task.isStopped()) {
            liveByGroup.remove(key.scope(), groupKey(task));
            stoppedByGroup.put(key.scope(), groupKey(task), key);
        } else {
            liveByGroup.put(key.scope(), groupKey(task), key);
        }
        return tasks.put(key.scope(), key.row(), task);
    }

    void remove(LiveTask task) {
        var key = task.key();
        tasks.remove(key.scope(), key.row());
        liveByGroup.remove(key.scope(), groupKey(task));
        stoppedByGroup.remove(key.scope(), groupKey(task));
        task.containers().forEach(container -> forget(key.scope(), container.runtime()));
        forget(key.scope(), task.infrastructure().pause());
    }

    public List<LiveTask> ofCluster(Scope scope, String cluster) {
        return tasks.startingWith(scope, cluster + "/");
    }

    /// The cluster's tasks that haven't stopped.
    public List<LiveTask> liveOfCluster(Scope scope, String cluster) {
        return tasks(liveByGroup.startingWith(scope, cluster + END));
    }

    /// The group's tasks that haven't stopped: what this costs doesn't grow with those that have.
    public List<LiveTask> liveOfGroup(Scope scope, String cluster, String group) {
        return tasks(liveByGroup.startingWith(scope, groupPrefix(cluster, group)));
    }

    public List<LiveTask> stoppedOfGroup(Scope scope, String cluster, String group) {
        return tasks(stoppedByGroup.startingWith(scope, groupPrefix(cluster, group)));
    }

    private List<LiveTask> tasks(List<TaskKey> keys) {
        return keys.stream().flatMap(key -> find(key).stream()).toList();
    }

    /// The scope's tasks that haven't stopped.
    public List<LiveTask> live(Scope scope) {
        return tasks(liveByGroup.all(scope));
    }

    /// Everybody's tasks that haven't stopped.
    public List<LiveTask> live() {
        return liveByGroup.scopes().stream()
                .flatMap(scope -> live(scope).stream())
                .toList();
    }

    /// Remembers whose container this is, so that the engine's events find their task.
    void own(TaskKey key, ContainerId container) {
        byContainer.put(key.scope(), container.value(), key);
    }

    Optional<LiveTask> owner(ContainerId container) {
        return byContainer.scopes().stream()
                .flatMap(scope -> byContainer.find(scope, container.value()).stream())
                .findFirst()
                .flatMap(this::find);
    }

    private void forget(Scope scope, @org.jspecify.annotations.Nullable ContainerId container) {
        if (container != null) {
            byContainer.remove(scope, container.value());
        }
    }

    private static String groupKey(LiveTask task) {
        return groupPrefix(task.key().cluster(), task.spec().origin().group())
                + task.key().id();
    }

    private static String groupPrefix(String cluster, String group) {
        return cluster + END + group + END;
    }
}
