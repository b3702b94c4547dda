package dev.hakoniwa.ecs.task;

import java.util.LinkedHashMap;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogDriver;

/// Whether a container waits for its log: what its definition says or, if that says nothing, what the account has
/// chosen (ecs-tasks.md §14).
final class LogMode {
    private static final String MODE = "mode";

    private LogMode() {}

    static ContainerDefinition given(ContainerDefinition container, String usual) {
        var log = container.logConfiguration();
        if (log == null || log.logDriver() != LogDriver.AWSLOGS || log.options().containsKey(MODE)) {
            return container;
        }
        var options = new LinkedHashMap<>(log.options());
        options.put(MODE, usual);
        return container.copy(c -> c.logConfiguration(log.copy(l -> l.options(options))));
    }
}
