package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.ecs.Errors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.OSFamily;
import software.amazon.awssdk.services.ecs.model.ResourceType;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// The size of a task that a request may ask for in the place of its definition's.
public final class SizeOverride {
    private SizeOverride() {}

    /// The overrides with the sizes as digits; with ECS's errors for what is none.
    public static TaskOverride normal(TaskOverride overrides) {
        if (overrides.cpu() == null && overrides.memory() == null) {
            return overrides;
        }
        return overrides.copy(o -> o.cpu(TaskSize.cpu(overrides.cpu())).memory(TaskSize.memory(overrides.memory())));
    }

    /// Refuses sizes of a container that are none.
    public static void checkContainer(ContainerOverride override) {
        var sizes = Stream.of(override.cpu(), override.memory(), override.memoryReservation());
        if (sizes.anyMatch(size -> size != null && size < 0)) {
            throw Errors.invalidParameter(
                    "Invalid override for container '%s': cpu, memory and memoryReservation can't be negative."
                            .formatted(override.name()));
        }
        for (var requirement : override.resourceRequirements()) {
            var isNone = requirement.type() == null || requirement.value() == null;
            if (isNone || (requirement.type() == ResourceType.GPU && !DeviceRules.isCount(requirement.value()))) {
                throw Errors.invalidParameter("Invalid override for container '%s': invalid resourceRequirements."
                        .formatted(override.name()));
            }
        }
    }

    /// Refuses overrides, in their normal form, that leave a size which Fargate has no machine for.
    public static void checkOnFargate(TaskDefinition definition, TaskOverride overrides) {
        if (overrides.cpu() == null && overrides.memory() == null) {
            return;
        }
        var cpu = size(overrides.cpu(), definition.cpu());
        var memory = size(overrides.memory(), definition.memory());
        if (!FargateSizes.contain(cpu, memory, isWindows(definition))) {
            throw Errors.client(FargateRules.noSize(cpu, memory));
        }
    }

    private static int size(@Nullable String override, @Nullable String defined) {
        var digits = override == null ? defined : override;
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static boolean isWindows(TaskDefinition definition) {
        var platform = definition.runtimePlatform();
        return platform != null
                && platform.operatingSystemFamily() != null
                && platform.operatingSystemFamily() != OSFamily.LINUX;
    }
}
