package dev.hakoniwa.tmds;

import dev.hakoniwa.ecs.TaskMetadata;
import java.util.List;
import java.util.function.Function;

/// Version 2 of task metadata, which knows the task by the address it asks from.
final class MetadataByAddress {
    private final Callers callers;
    private final Metadata metadata;
    private final Statistics statistics;

    MetadataByAddress(Callers callers, Metadata metadata, Statistics statistics) {
        this.callers = callers;
        this.metadata = metadata;
        this.statistics = statistics;
    }

    /// @param parts of the path: version, what is wanted, and perhaps a container's id
    Answer answer(Ask ask, List<String> parts) {
        var id = parts.size() > 2 ? parts.get(2) : "";
        return switch (parts.get(1)) {
            case "metadata" ->
                of(ask, task -> id.isEmpty() ? Answer.of(metadata.task(task, Version.V2, false)) : container(task, id));
            case "metadataWithTags" -> of(ask, task -> Answer.of(metadata.task(task, Version.V2, true)));
            case "stats" ->
                of(ask, task -> id.isEmpty() ? Answer.of(statistics.of(task, Version.V2)) : stats(task, id));
            default -> Answer.noSuchPage();
        };
    }

    private Answer of(Ask ask, Function<TaskMetadata, Answer> answer) {
        return callers.task(ask)
                .map(answer)
                .orElseGet(() -> Answer.error(
                        400,
                        "Unable to get task arn from request: unable to associate '%s' with task"
                                .formatted(ask.source())));
    }

    private Answer container(TaskMetadata task, String id) {
        return task.container(id)
                .map(container -> Answer.of(metadata.container(task, container, Version.V2)))
                .orElseGet(() -> Answer.error(400, "Unable to generate metadata for container '" + id + "'"));
    }

    private Answer stats(TaskMetadata task, String id) {
        return task.container(id)
                .map(container -> Answer.of(statistics.of(task, container, Version.V2)))
                .orElseGet(() -> Answer.error(400, "Unable to get container stats for: " + id));
    }
}
