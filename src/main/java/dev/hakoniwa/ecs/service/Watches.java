package dev.hakoniwa.ecs.service;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// What has been told so far of each task that a service watches, in the order in which they were started. Immutable.
final class Watches {
    static final Watches NONE = new Watches(new LinkedHashMap<>());

    private final Map<String, Watch> byTask;

    private Watches(Map<String, Watch> byTask) {
        this.byTask = byTask;
    }

    /// @param deployment the id of the deployment that the task belongs to
    /// @param ran whether it has been seen running
    /// @param proved whether it has been seen healthy, or running where nothing checks it
    /// @param registered whether it has been seen in its target groups
    record Watch(String deployment, boolean ran, boolean proved, boolean registered) {
        static Watch begun(String deployment) {
            return new Watch(deployment, false, false, false);
        }

        Watch left() {
            return new Watch(deployment, ran, proved, false);
        }
    }

    /// By the task's id; a copy that is the caller's to change.
    Map<String, Watch> all() {
        return new LinkedHashMap<>(byTask);
    }

    Watches started(String deployment, Collection<String> tasks) {
        return changed(next -> tasks.forEach(id -> next.put(id, Watch.begun(deployment))));
    }

    /// The tasks are out of their target groups, and that has been told.
    Watches left(Collection<String> tasks) {
        return changed(next -> tasks.forEach(id -> next.computeIfPresent(id, (_, watch) -> watch.left())));
    }

    static Watches of(Map<String, Watch> byTask) {
        return new Watches(new LinkedHashMap<>(byTask));
    }

    private Watches changed(Consumer<Map<String, Watch>> change) {
        var next = new LinkedHashMap<>(byTask);
        change.accept(next);
        return new Watches(next);
    }
}
