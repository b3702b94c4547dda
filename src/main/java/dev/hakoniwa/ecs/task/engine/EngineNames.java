package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.runtime.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Volume;

/// How a task's containers and volumes are called and labelled on the engine (ecs-tasks.md §12, §13).
final class EngineNames {
    private EngineNames() {}

    static String container(LiveTask task, String name, String uuid) {
        var tail = uuid.replace("-", "").substring(0, 20);
        return "ecs-%s-%d-%s-%s"
                .formatted(
                        task.spec().definition().family(),
                        task.spec().definition().revision(),
                        name.replaceAll("[^A-Za-z0-9-]", ""),
                        tail);
    }

    static String pause(LiveTask task) {
        return container(task, "internal-ecs-pause", task.key().id());
    }

    /// A volume of the task's own.
    static String volume(LiveTask task, Volume volume) {
        var definition = task.spec().definition();
        return "ecs-%s-%d-%s-%s"
                .formatted(
                        definition.family(),
                        definition.revision(),
                        volume.name(),
                        task.key().id().substring(0, 20));
    }

    /// The volume that a task's router shares with the engine. It is short, as the path of a socket in it must be.
    static String firelens(LiveTask task) {
        return "firelens-" + task.key().id();
    }

    /// The volume that stands for a file system, or a volume of EBS, of the task's account and region.
    static String fileSystem(LiveTask task, String id, Map<String, String> own) {
        var scope = task.key().scope();
        return "hakoniwa-%s-%s-%s-%s".formatted(own.get(Labels.INSTANCE), scope.account(), scope.region(), id);
    }

    /// The group that the task's containers share their limits in.
    static String group(LiveTask task) {
        return task.key().id();
    }

    /// The labels that the ECS agent sets, with those of this emulator; they win over the definition's own.
    static Map<String, String> labels(LiveTask task, String container, Map<String, String> own) {
        var labels = new LinkedHashMap<>(own);
        labels.put("com.amazonaws.ecs.task-arn", task.key().arn().toString());
        labels.put("com.amazonaws.ecs.container-name", container);
        labels.put(
                "com.amazonaws.ecs.task-definition-family",
                task.spec().definition().family());
        labels.put(
                "com.amazonaws.ecs.task-definition-version",
                String.valueOf(task.spec().definition().revision()));
        labels.put("com.amazonaws.ecs.cluster", task.key().cluster());
        return Map.copyOf(labels);
    }

    /// Labels for something of the task that is no container.
    static Map<String, String> labels(LiveTask task, Map<String, String> own) {
        var labels = new LinkedHashMap<>(own);
        labels.put("com.amazonaws.ecs.task-arn", task.key().arn().toString());
        labels.put("com.amazonaws.ecs.cluster", task.key().cluster());
        return Map.copyOf(labels);
    }
}
