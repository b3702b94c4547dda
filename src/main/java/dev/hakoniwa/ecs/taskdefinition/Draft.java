package dev.hakoniwa.ecs.taskdefinition;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.InferenceAccelerator;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.OSFamily;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/// A task definition on its way to be registered: what was asked for, with ECS's defaults filled in.
record Draft(RegisterTaskDefinitionRequest request) {
    List<ContainerDefinition> containers() {
        return request.containerDefinitions();
    }

    Optional<ContainerDefinition> container(@Nullable String name) {
        return containers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst();
    }

    /// A task definition that names no mode gets Docker's own, which on Linux is `bridge`.
    NetworkMode networkMode() {
        return networkMode(request);
    }

    static NetworkMode networkMode(RegisterTaskDefinitionRequest request) {
        return request.networkMode() == null ? NetworkMode.BRIDGE : request.networkMode();
    }

    boolean isAwsvpc() {
        return networkMode() == NetworkMode.AWSVPC;
    }

    boolean isWindows() {
        var platform = request.runtimePlatform();
        return platform != null
                && platform.operatingSystemFamily() != null
                && platform.operatingSystemFamily() != OSFamily.LINUX;
    }

    boolean requires(Compatibility compatibility) {
        return request.requiresCompatibilities().contains(compatibility);
    }

    OptionalInt cpu() {
        return size(request.cpu());
    }

    OptionalInt memory() {
        return size(request.memory());
    }

    /// Elastic Inference is no more, but its accelerators are still kept and given back.
    @SuppressWarnings("deprecation")
    List<InferenceAccelerator> accelerators() {
        return request.inferenceAccelerators();
    }

    boolean hasExecutionRole() {
        return request.executionRoleArn() != null;
    }

    private static OptionalInt size(@Nullable String digits) {
        return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }
}
