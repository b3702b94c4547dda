package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.ecs.Errors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LinuxParameters;
import software.amazon.awssdk.services.ecs.model.ResourceRequirement;
import software.amazon.awssdk.services.ecs.model.ResourceType;

/// What of the machine a container may be given: devices, memory of special kinds, GPUs; and the proxy of a task.
final class DeviceRules {
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,2}");

    private DeviceRules() {}

    static void check(Draft draft) {
        for (var container : draft.containers()) {
            if (container.linuxParameters() != null) {
                linux(container.name(), container.linuxParameters());
            }
            container.resourceRequirements().forEach(requirement -> resource(draft, container, requirement));
        }
        proxy(draft);
    }

    private static void linux(String container, LinuxParameters linux) {
        for (var device : linux.devices()) {
            if (Invalid.isBlank(device.hostPath())) {
                throw Invalid.container(container, "linuxParameters.devices");
            }
            device.permissions()
                    .forEach(permission ->
                            Invalid.unlessKnown(permission, container, "linuxParameters.devices.permissions"));
        }
        for (var tmpfs : linux.tmpfs()) {
            if (Invalid.isBlank(tmpfs.containerPath()) || !isPositive(tmpfs.size())) {
                throw Invalid.container(container, "linuxParameters.tmpfs");
            }
        }
        Invalid.unlessBetween(
                1, Integer.MAX_VALUE, linux.sharedMemorySize(), container, "linuxParameters.sharedMemorySize");
        Invalid.unlessBetween(-1, Integer.MAX_VALUE, linux.maxSwap(), container, "linuxParameters.maxSwap");
        Invalid.unlessBetween(0, 100, linux.swappiness(), container, "linuxParameters.swappiness");
    }

    private static void resource(Draft draft, ContainerDefinition container, ResourceRequirement requirement) {
        var name = container.name();
        if (requirement.type() == null || Invalid.isBlank(requirement.value())) {
            throw Invalid.container(name, "resourceRequirements");
        }
        Invalid.unlessKnown(requirement.type(), name, "resourceRequirements.type");
        if (requirement.type() == ResourceType.INFERENCE_ACCELERATOR) {
            var known = draft.accelerators().stream()
                    .anyMatch(accelerator -> requirement.value().equals(accelerator.deviceName()));
            if (!known) {
                throw Invalid.container(name, "resourceRequirements.value");
            }
            return;
        }
        if (!isCount(requirement.value())) {
            throw Invalid.container(name, "resourceRequirements.value");
        }
    }

    /// Whether this is how many GPUs there may be.
    static boolean isCount(@Nullable String value) {
        return value != null && COUNT.matcher(value).matches();
    }

    private static void proxy(Draft draft) {
        var proxy = draft.request().proxyConfiguration();
        if (proxy == null) {
            return;
        }
        Invalid.unlessTaskKnows(proxy.type(), "proxyConfiguration.type");
        if (!draft.isAwsvpc()) {
            throw Errors.client("A proxyConfiguration is only supported when networkMode=awsvpc.");
        }
        if (draft.container(proxy.containerName()).isEmpty()) {
            throw Errors.client("Unknown container '%s' in proxyConfiguration.".formatted(proxy.containerName()));
        }
    }

    private static boolean isPositive(@Nullable Integer number) {
        return number != null && number > 0;
    }
}
