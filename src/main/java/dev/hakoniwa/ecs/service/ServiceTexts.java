package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.placement.Placement.Refused;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskSpec.TaskTarget;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The events of a service in ECS's words (ecs-services.md §2), behind `(service NAME) `.
final class ServiceTexts {
    static final String STEADY = "has reached a steady state.";

    private ServiceTexts() {}

    static String started(Collection<LiveTask> tasks) {
        return "has started %d tasks: %s.".formatted(tasks.size(), names(tasks));
    }

    static String stopped(Collection<LiveTask> tasks, boolean running) {
        return "has stopped %d %s tasks: %s.".formatted(tasks.size(), running ? "running" : "pending", names(tasks));
    }

    /// One text for each target group.
    static List<String> registered(List<LiveTask> tasks) {
        return perTargetGroup(tasks, "registered %d targets in (target-group %s)");
    }

    static List<String> deregistered(List<LiveTask> tasks) {
        return perTargetGroup(tasks, "deregistered %d targets in (target-group %s)");
    }

    private static List<String> perTargetGroup(List<LiveTask> tasks, String text) {
        return tasks.stream()
                .flatMap(task -> task.spec().targets().stream())
                .collect(Collectors.groupingBy(TaskTarget::targetGroupArn, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(group -> text.formatted(group.getValue(), group.getKey()))
                .toList();
    }

    static String unplaced(Refused refused) {
        var text = "was unable to place a task because no container instance met all of its requirements. ";
        if (refused.refusals().isEmpty()) {
            return text + "Reason: No Container Instances were found in your cluster.";
        }
        var closest = refused.closest();
        return text
                + "The closest matching (container-instance %s) %s."
                        .formatted(closest.instance(), closest.reason().event());
    }

    static String unplaced(String reason) {
        return "was unable to place a task. Reason: %s.".formatted(reason.replaceFirst("\\.$", ""));
    }

    private static String names(Collection<LiveTask> tasks) {
        return tasks.stream().map(task -> "(task " + task.key().id() + ")").collect(Collectors.joining(" "));
    }
}
