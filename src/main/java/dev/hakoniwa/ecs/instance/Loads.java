package dev.hakoniwa.ecs.instance;

import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import java.util.List;
import java.util.Optional;

/// Counts what tasks take of each container instance as they come, change and go, so that nobody has to look at the
/// tasks to place another one.
public final class Loads {
    private static final char END = '\n';

    private final Table<Load> loads;
    private final Table<GroupCount> groups;
    private final Table<String> portOwners;
    private final Table<String> ports;
    private final Table<String> gpus;

    public Loads(Tables tables) {
        loads = tables.table("container instance load");
        groups = tables.table("task group on container instance");
        portOwners = tables.table("host port");
        ports = tables.table("host port of container instance");
        gpus = tables.table("GPU of container instance");
    }

    private record GroupCount(String group, int tasks) {}

    /// A task that had `before` has `after` from now on; nothing before it comes, and after it has stopped.
    public void change(Optional<Stake> before, Optional<Stake> after) {
        before.ifPresent(stake -> put(stake.instance(), of(stake.instance()).minus(Load.of(stake))));
        after.ifPresent(stake -> put(stake.instance(), of(stake.instance()).plus(Load.of(stake))));
        if (before.isEmpty()) {
            after.ifPresent(this::come);
        }
        if (after.isEmpty()) {
            before.ifPresent(this::go);
        }
    }

    Load of(InstanceKey key) {
        return loads.find(key.scope(), key.row()).orElse(Load.NONE);
    }

    int tasksOf(InstanceKey key, String group) {
        return groups.find(key.scope(), groupKey(key, group))
                .map(GroupCount::tasks)
                .orElse(0);
    }

    List<String> groupsOn(InstanceKey key) {
        return groups.startingWith(key.scope(), key.row() + END).stream()
                .map(GroupCount::group)
                .toList();
    }

    /// Whether any task has the port: one machine stands for every container instance, so each port is given once,
    /// whatever the account, region and instance.
    boolean isTaken(String port) {
        return portOwners.scopes().stream().anyMatch(scope -> portOwners.contains(scope, port));
    }

    /// The ports that tasks on the instance have.
    List<String> portsOn(InstanceKey key) {
        return ports.startingWith(key.scope(), key.row() + END);
    }

    /// The ids of the GPUs that tasks on the instance have.
    List<String> gpusOn(InstanceKey key) {
        return gpus.startingWith(key.scope(), key.row() + END);
    }

    private void come(Stake stake) {
        count(stake, 1);
        var scope = stake.instance().scope();
        stake.gpus().forEach(gpu -> gpus.put(scope, stake.instance().row() + END + gpu, gpu));
        for (var port : stake.needs().ports()) {
            portOwners.put(scope, port, stake.instance().row());
            ports.put(scope, stake.instance().row() + END + port, port);
        }
    }

    private void go(Stake stake) {
        count(stake, -1);
        var scope = stake.instance().scope();
        stake.gpus().forEach(gpu -> gpus.remove(scope, stake.instance().row() + END + gpu));
        for (var port : stake.needs().ports()) {
            portOwners.remove(scope, port);
            ports.remove(scope, stake.instance().row() + END + port);
        }
    }

    private void count(Stake stake, int more) {
        var key = stake.instance();
        var row = groupKey(key, stake.group());
        var now = tasksOf(key, stake.group()) + more;
        if (now == 0) {
            groups.remove(key.scope(), row);
        } else {
            groups.put(key.scope(), row, new GroupCount(stake.group(), now));
        }
    }

    private void put(InstanceKey key, Load load) {
        var scope = key.scope();
        if (load.isNone()) {
            loads.remove(scope, key.row());
        } else {
            loads.put(scope, key.row(), load);
        }
    }

    private static String groupKey(InstanceKey key, String group) {
        return key.row() + END + group;
    }
}
