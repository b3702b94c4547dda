package dev.hakoniwa.tmds;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hakoniwa.ecs.Agent;
import dev.hakoniwa.ecs.Agent.Instance;
import dev.hakoniwa.ecs.ContainerMetadata;
import dev.hakoniwa.ecs.TaskMetadata;
import java.util.List;
import java.util.function.Predicate;

/// What the agent of a container instance tells the tasks on it of itself and of all of them (task-endpoints.md §3).
/// Who asks is known by its address, so neither the machine nor a task that shares its network is told.
final class Introspection {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int SHORT_ID = 12;

    private final Throttle throttle;
    private final Agent agent;

    Introspection(Throttle throttle, Agent agent) {
        this.throttle = throttle;
        this.agent = agent;
    }

    Answer answer(Ask ask) {
        if (!throttle.admits(ask.source())) {
            return Answer.bare(429);
        }
        return agent.instanceOf(ask.source())
                .map(instance -> answer(ask, instance))
                .orElseGet(Answer::noSuchPage);
    }

    private static Answer answer(Ask ask, Instance instance) {
        return switch (ask.path()) {
            case "/v1/metadata" -> Answer.of(metadata(instance));
            case "/v1/tasks" -> tasks(ask, instance);
            default -> Answer.of(commands());
        };
    }

    private static ObjectNode metadata(Instance instance) {
        return JSON.objectNode()
                .put("Cluster", instance.cluster())
                .put("ContainerInstanceArn", instance.arn())
                .put("Version", instance.version());
    }

    private static ObjectNode commands() {
        var node = JSON.objectNode();
        node.putArray("AvailableCommands").add("/v1/metadata").add("/v1/tasks");
        return node;
    }

    private static Answer tasks(Ask ask, Instance instance) {
        var container = ask.value("dockerid");
        if (!container.isEmpty()) {
            return one(instance.tasks(), task -> runs(task, container));
        }
        var arn = ask.value("taskarn");
        if (!arn.isEmpty()) {
            return one(instance.tasks(), task -> task.arn().equals(arn));
        }
        var node = JSON.objectNode();
        var tasks = node.putArray("Tasks");
        instance.tasks().forEach(task -> tasks.add(task(task)));
        return Answer.of(node);
    }

    private static Answer one(List<TaskMetadata> tasks, Predicate<TaskMetadata> wanted) {
        var found = tasks.stream().filter(wanted).toList();
        if (found.size() == 1) {
            return Answer.of(task(found.getFirst()));
        }
        return Answer.of(found.isEmpty() ? 404 : 400, nothing());
    }

    /// An id of Docker's may be given by its beginning, as Docker itself shows it.
    private static boolean runs(TaskMetadata task, String id) {
        return task.containers().stream()
                .map(ContainerMetadata::engineId)
                .anyMatch(engineId -> id.length() > SHORT_ID ? engineId.equals(id) : engineId.startsWith(id));
    }

    private static ObjectNode nothing() {
        return JSON.objectNode()
                .put("Arn", "")
                .put("KnownStatus", "")
                .put("Family", "")
                .put("Version", "")
                .putNull("Containers");
    }

    private static ObjectNode task(TaskMetadata task) {
        var node = JSON.objectNode()
                .put("Arn", task.arn())
                .put("DesiredStatus", task.desiredStatus())
                .put("KnownStatus", task.knownStatus())
                .put("Family", task.family())
                .put("Version", String.valueOf(task.revision()));
        var containers = node.putArray("Containers");
        task.containers().stream()
                .filter(container -> container.type().equals("NORMAL"))
                .filter(container -> !container.engineId().isEmpty())
                .forEach(container -> containers.add(Metadata.introspected(container)));
        return node;
    }
}
