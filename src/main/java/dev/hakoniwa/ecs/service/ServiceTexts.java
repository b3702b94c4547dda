package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.task.LiveTask;
import dev.hakoniwa.ecs.task.Tasks.PlacementFailure;
import java.util.Collection;
import java.util.stream.Collectors;

/// The events of a service in ECS's words (ecs-services.md §2), behind `(service NAME) `.
final class ServiceTexts {
    private ServiceTexts() {}

    static String started(Collection<LiveTask> tasks) {
        return "has started %d tasks: %s.".formatted(tasks.size(), names(tasks));
    }

    static String stopped(Collection<LiveTask> tasks, boolean running) {
        return "has stopped %d %s tasks: %s.".formatted(tasks.size(), running ? "running" : "pending", names(tasks));
    }

    static String registered(long count, String targetGroupArn) {
        return "registered %d targets in (target-group %s)".formatted(count, targetGroupArn);
    }

    static String deregistered(long count, String targetGroupArn) {
        return "deregistered %d targets in (target-group %s)".formatted(count, targetGroupArn);
    }

    static String unplaced(PlacementFailure failure) {
        var instance = failure.arn().substring(failure.arn().lastIndexOf('/') + 1);
        return "was unable to place a task because no container instance met all of its requirements. The closest "
                + "matching (container-instance %s) is already using a port required by your task.".formatted(instance);
    }

    private static String names(Collection<LiveTask> tasks) {
        return tasks.stream().map(task -> "(task " + task.key().id() + ")").collect(Collectors.joining(" "));
    }
}
