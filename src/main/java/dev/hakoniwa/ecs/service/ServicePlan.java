package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.instance.InstanceKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;

/// Decides how many tasks of the PRIMARY deployment to start and which tasks to stop (ecs-services.md §2, §3). Pure.
///
/// @param start how many tasks of the PRIMARY deployment to start now
/// @param stop the tasks to stop now
/// @param stuck whether the percentages allow neither starting nor stopping although something is to change
/// @param kept the deployments that have more protected tasks than they are to have tasks
record ServicePlan(int start, List<TaskState> stop, boolean stuck, List<String> kept) {
    ServicePlan {
        stop = List.copyOf(stop);
        kept = List.copyOf(kept);
    }

    /// @param tasks those that are to run, of every deployment
    /// @param mayStart false while launches are held back
    static ServicePlan of(LiveService service, List<TaskState> tasks, boolean mayStart) {
        var desired = service.desiredCount();
        var bounds = Bounds.of(service, desired);
        var primary = service.primary().id();
        var kept = kept(tasks, primary, desired);
        var own = tasks.stream().filter(t -> stays(t, primary)).toList();
        var old = tasks.stream().filter(t -> !stays(t, primary)).toList();

        var useful = own.stream().filter(t -> t.ill().isEmpty()).toList();
        var missing = Math.max(0, desired - useful.size());
        var room = Math.max(0, bounds.most() - tasks.size());
        var broken = service.primary().isBroken();
        var start = mayStart && !broken ? Math.min(missing, room) : 0;

        var stop = new ArrayList<>(surplus(useful, desired));
        stop.addAll(broken ? surplus(old, unserved(own, desired)) : replaced(old, bounds.slack(tasks, stop), desired));
        stop.addAll(ill(own, bounds.slack(tasks, stop), room));
        var stuck = mayStart
                && !broken
                && missing > 0
                && start == 0
                && stop.isEmpty()
                && !old.isEmpty()
                && kept.isEmpty()
                && tasks.stream().allMatch(TaskState::healthy);
        return new ServicePlan(start, stop, stuck, kept);
    }

    private static List<String> kept(List<TaskState> tasks, String primary, int desired) {
        var deployments = tasks.stream()
                .filter(TaskState::kept)
                .map(TaskState::deployment)
                .toList();
        return deployments.stream()
                .distinct()
                .filter(d -> !d.equals(primary) || Collections.frequency(deployments, d) > desired)
                .toList();
    }

    /// What can't stay on its container instance is replaced like the tasks of older deployments.
    private static boolean stays(TaskState task, String primary) {
        return task.deployment().equals(primary) && !task.leaving();
    }

    /// How few healthy tasks there must be and how many tasks there may be.
    record Bounds(int least, int most) {
        static Bounds of(LiveService service, int desired) {
            var configuration = service.document().deploymentConfiguration();
            long min = Objects.requireNonNullElse(configuration.minimumHealthyPercent(), 100);
            long max = Objects.requireNonNullElse(configuration.maximumPercent(), 200);
            return new Bounds((int) Math.ceilDiv(desired * min, 100L), (int)
                    Math.min(Integer.MAX_VALUE, Math.floorDiv(desired * max, 100L)));
        }

        /// How many healthy tasks more than needed are left without those that stop.
        int slack(List<TaskState> tasks, List<TaskState> stopping) {
            return healthy(tasks) - healthy(stopping) - least;
        }

        private static int healthy(List<TaskState> tasks) {
            return (int) tasks.stream().filter(TaskState::healthy).count();
        }
    }

    /// More tasks than wanted: those that don't run yet go first, then those that aren't healthy, then out of the
    /// fullest zone, there out of the fullest instance, the youngest first. Protected tasks stay.
    private static List<TaskState> surplus(List<TaskState> tasks, int desired) {
        var remaining = new ArrayList<>(tasks);
        var stop = new ArrayList<TaskState>();
        while (remaining.size() > desired && !remaining.stream().allMatch(TaskState::kept)) {
            var perZone = new HashMap<String, Integer>();
            var perInstance = new HashMap<String, Integer>();
            remaining.forEach(t -> {
                perZone.merge(zone(t), 1, Integer::sum);
                perInstance.merge(instance(t), 1, Integer::sum);
            });
            var next = remaining.stream()
                    .filter(t -> !t.kept())
                    .min(Comparator.comparing(TaskState::running)
                            .thenComparing(TaskState::healthy)
                            .thenComparingInt(t -> -perZone.getOrDefault(zone(t), 0))
                            .thenComparingInt(t -> -perInstance.getOrDefault(instance(t), 0))
                            .thenComparing(t -> t.task().createdAt(), Comparator.reverseOrder())
                            .thenComparing(TaskState::id))
                    .orElseThrow();
            remaining.remove(next);
            stop.add(next);
        }
        return stop;
    }

    /// How many tasks a deployment that was given up leaves to older ones: what it is still starting may fail too.
    private static int unserved(List<TaskState> own, int desired) {
        return Math.max(
                0, desired - (int) own.stream().filter(TaskState::healthy).count());
    }

    /// Tasks of older deployments: those that serve nobody go at once, the others as far as enough healthy ones are
    /// left. One that runs but hasn't proved healthy yet may be serving, so it waits for the others too. Protected
    /// tasks
    /// stay.
    private static List<TaskState> replaced(List<TaskState> old, int slack, int desired) {
        var stop = new ArrayList<TaskState>();
        var free = slack;
        for (var task : old.stream().filter(t -> !t.kept()).toList()) {
            var useless = !task.running() || task.ill().isPresent() || desired == 0;
            var spare = task.healthy() ? free > 0 : free >= 0;
            if (useless || spare) {
                stop.add(task);
                free -= task.healthy() ? 1 : 0;
            }
        }
        return stop;
    }

    /// Ill tasks of the PRIMARY deployment: they wait for their replacements if there is room for any, else they go one
    /// by one, each when the last one's replacement is healthy.
    private static List<TaskState> ill(List<TaskState> own, int slack, int room) {
        var ill = own.stream()
                .filter(t -> t.ill().isPresent())
                .sorted(Comparator.comparing(t -> t.task().createdAt()))
                .toList();
        if (slack >= 0) {
            return ill;
        }
        var othersAreHealthy = own.stream().allMatch(t -> t.ill().isPresent() || t.healthy());
        return room == 0 && othersAreHealthy ? ill.stream().limit(1).toList() : List.of();
    }

    private static String instance(TaskState state) {
        return state.task().instance().map(InstanceKey::id).orElse("");
    }

    private static String zone(TaskState state) {
        return state.task().spec().compute().availabilityZone();
    }
}
