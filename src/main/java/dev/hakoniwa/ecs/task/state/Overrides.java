package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.taskdefinition.SizeOverride;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// What RunTask may change of a task definition for one task (ecs-tasks.md §8). Pure.
public final class Overrides {
    private Overrides() {}

    /// Checks the overrides and gives them back as DescribeTasks shows them: one element a container.
    public static TaskOverride complete(TaskDefinition definition, @Nullable TaskOverride given) {
        var overrides =
                SizeOverride.normal(given == null ? TaskOverride.builder().build() : given);
        for (var override : overrides.containerOverrides()) {
            if (definition.containerDefinitions().stream()
                    .noneMatch(c -> c.name().equals(override.name()))) {
                throw Errors.invalidParameter(
                        "Override for container named %s is not a container in the TaskDefinition."
                                .formatted(override.name()));
            }
            SizeOverride.checkContainer(override);
        }
        var containers = definition.containerDefinitions().stream()
                .map(container -> of(overrides, container.name())
                        .orElseGet(() -> ContainerOverride.builder()
                                .name(container.name())
                                .build()))
                .toList();
        return overrides.copy(o -> o.containerOverrides(containers).inferenceAcceleratorOverrides(List.of()));
    }

    /// The definition's containers as the overrides make them.
    public static List<ContainerDefinition> apply(TaskDefinition definition, TaskOverride overrides) {
        return definition.containerDefinitions().stream()
                .map(container -> of(overrides, container.name())
                        .map(override -> apply(container, override))
                        .orElse(container))
                .toList();
    }

    private static Optional<ContainerOverride> of(TaskOverride overrides, String name) {
        return overrides.containerOverrides().stream()
                .filter(override -> name.equals(override.name()))
                .findFirst();
    }

    private static ContainerDefinition apply(ContainerDefinition container, ContainerOverride override) {
        return container.copy(c -> {
            if (override.hasCommand() && !override.command().isEmpty()) {
                c.command(override.command());
            }
            if (override.hasEnvironmentFiles() && !override.environmentFiles().isEmpty()) {
                c.environmentFiles(override.environmentFiles());
            }
            if (override.hasResourceRequirements()
                    && !override.resourceRequirements().isEmpty()) {
                c.resourceRequirements(override.resourceRequirements());
            }
            c.environment(environment(container.environment(), override.environment()));
            Optional.ofNullable(override.cpu()).ifPresent(c::cpu);
            Optional.ofNullable(override.memory()).ifPresent(c::memory);
            Optional.ofNullable(override.memoryReservation()).ifPresent(c::memoryReservation);
        });
    }

    private static List<KeyValuePair> environment(List<KeyValuePair> defined, List<KeyValuePair> overriding) {
        var byName = new LinkedHashMap<String, KeyValuePair>();
        defined.forEach(pair -> byName.put(pair.name(), pair));
        overriding.forEach(pair -> byName.put(pair.name(), pair));
        return List.copyOf(byName.values());
    }
}
