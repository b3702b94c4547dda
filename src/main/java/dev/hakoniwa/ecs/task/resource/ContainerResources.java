package dev.hakoniwa.ecs.task.resource;

import dev.hakoniwa.runtime.Images.Login;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/// What was fetched for one container.
///
/// @param files the variables of its environment files
/// @param secrets the variables whose values are secret
/// @param logOptions the options of its log driver whose values are secret
/// @param login for its image's registry; null if its definition names none
/// @param routing a log router's own configuration, if that is in S3; empty if not
public record ContainerResources(
        Map<String, String> files,
        Map<String, String> secrets,
        Map<String, String> logOptions,
        @Nullable Login login,
        String routing) {
    static final ContainerResources NONE = new ContainerResources(Map.of(), Map.of(), Map.of(), null, "");

    public ContainerResources {
        files = Map.copyOf(files);
        secrets = Map.copyOf(secrets);
        logOptions = Map.copyOf(logOptions);
    }

    /// The definition with the log driver's secret options among the others.
    public ContainerDefinition equip(ContainerDefinition definition) {
        if (logOptions.isEmpty()) {
            return definition;
        }
        var options = new HashMap<>(definition.logConfiguration().options());
        options.putAll(logOptions);
        return definition.copy(
                c -> c.logConfiguration(definition.logConfiguration().copy(log -> log.options(options))));
    }
}
