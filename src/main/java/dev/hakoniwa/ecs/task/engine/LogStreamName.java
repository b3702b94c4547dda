package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.runtime.ContainerId;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a container's awslogs stream is called: after the prefix that ECS knows, else as Docker's driver calls it
/// (ecs-tasks.md §14). Pure.
final class LogStreamName {
    private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*\\.(\\w+)\\s*}}");
    private static final int SHORT_ID = 12;

    private LogStreamName() {}

    static String of(LiveTask task, TaskContainer container, ContainerId id) {
        var options = container.definition().logConfiguration().options();
        var prefix = options.get("awslogs-stream-prefix");
        if (prefix != null) {
            return prefix + "/" + container.name() + "/" + task.key().id();
        }
        var named = options.get("awslogs-stream");
        if (named != null) {
            return named;
        }
        return FIELD.matcher(options.getOrDefault("tag", "{{.FullID}}"))
                .replaceAll(field -> Matcher.quoteReplacement(value(field, task, container, id)));
    }

    private static String value(MatchResult field, LiveTask task, TaskContainer container, ContainerId id) {
        return switch (field.group(1)) {
            case "ID" -> id.value().substring(0, SHORT_ID);
            case "FullID" -> id.value();
            case "Name" -> EngineNames.container(task, container.name(), container.uuid());
            case "ImageName" -> container.definition().image();
            case "DaemonName" -> "docker";
            default -> field.group();
        };
    }
}
