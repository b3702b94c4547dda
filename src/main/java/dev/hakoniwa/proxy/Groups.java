package dev.hakoniwa.proxy;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// Every target group by its id.
final class Groups {
    private final ConcurrentHashMap<String, Group> groups = new ConcurrentHashMap<>();
    private final List<Loop> loops;
    private final InstantSource clock;

    Groups(List<Loop> loops, InstantSource clock) {
        this.loops = loops;
        this.clock = clock;
    }

    /// The group of this id, made now if nobody has told of it yet.
    Group get(String id) {
        return groups.computeIfAbsent(id, unknown -> new Group(unknown, loops, clock));
    }

    /// Rules may still forward to the group, so what remains is a group without targets.
    void remove(String id) {
        var group = groups.remove(id);
        if (group != null) {
            group.targets(List.of());
        }
    }
}
