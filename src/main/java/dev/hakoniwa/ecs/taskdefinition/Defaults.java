package dev.hakoniwa.ecs.taskdefinition;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DockerVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.EFSVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.HostVolumeProperties;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Scope;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;
import software.amazon.awssdk.services.ecs.model.Volume;

/// What ECS fills in where a task definition leaves something out. Whoever reads it back compares to the letter.
final class Defaults {
    private static final String ROOT_USER = "0";
    private static final String LOCAL_DRIVER = "local";

    private Defaults() {}

    static Draft filled(RegisterTaskDefinitionRequest request) {
        var mode = Draft.networkMode(request);
        return new Draft(request.copy(r -> r.cpu(TaskSize.cpu(request.cpu()))
                .memory(TaskSize.memory(request.memory()))
                .containerDefinitions(request.containerDefinitions().stream()
                        .map(container -> container(container, mode))
                        .toList())
                .volumes(request.volumes().stream().map(Defaults::volume).toList())
                .placementConstraints(written(request.placementConstraints()))));
    }

    private static ContainerDefinition container(ContainerDefinition given, NetworkMode mode) {
        return given.copy(c -> c.cpu(or(given.cpu(), 0))
                .essential(or(given.essential(), true))
                .portMappings(given.portMappings().stream()
                        .map(mapping -> port(mapping, mode))
                        .toList())
                .environment(written(given.environment()))
                .mountPoints(written(given.mountPoints()))
                .volumesFrom(written(given.volumesFrom()))
                .systemControls(written(given.systemControls()))
                .healthCheck(healthCheck(given.healthCheck()))
                .user(given.user() == null && given.firelensConfiguration() != null ? ROOT_USER : given.user()));
    }

    private static PortMapping port(PortMapping given, NetworkMode mode) {
        return given.copy(
                p -> p.protocol(given.protocol() == null ? TransportProtocol.TCP.toString() : given.protocolAsString())
                        .hostPort(given.containerPortRange() == null ? hostPort(given, mode) : given.hostPort()));
    }

    private static @Nullable Integer hostPort(PortMapping given, NetworkMode mode) {
        if (given.hostPort() != null && given.hostPort() != 0) {
            return given.hostPort();
        }
        return mode == NetworkMode.BRIDGE ? Integer.valueOf(0) : given.containerPort();
    }

    private static @Nullable HealthCheck healthCheck(@Nullable HealthCheck given) {
        if (given == null) {
            return null;
        }
        return given.copy(h -> h.interval(or(given.interval(), 30))
                .timeout(or(given.timeout(), 5))
                .retries(or(given.retries(), 3)));
    }

    private static Volume volume(Volume given) {
        return given.copy(v -> v.host(host(given))
                .dockerVolumeConfiguration(docker(given.dockerVolumeConfiguration()))
                .efsVolumeConfiguration(efs(given.efsVolumeConfiguration())));
    }

    /// A volume that says nothing of where it is lives on the host for as long as its task.
    private static @Nullable HostVolumeProperties host(Volume given) {
        var isElsewhere = given.dockerVolumeConfiguration() != null
                || given.efsVolumeConfiguration() != null
                || given.s3filesVolumeConfiguration() != null
                || given.fsxWindowsFileServerVolumeConfiguration() != null
                || Boolean.TRUE.equals(given.configuredAtLaunch());
        return given.host() != null || isElsewhere
                ? given.host()
                : HostVolumeProperties.builder().build();
    }

    /// A volume belongs to its task unless it says otherwise; one that only says whether it is to be made says enough.
    private static @Nullable DockerVolumeConfiguration docker(@Nullable DockerVolumeConfiguration given) {
        if (given == null) {
            return null;
        }
        var isTasks = given.scope() == null && given.autoprovision() == null;
        return given.copy(d -> d.driver(or(given.driver(), LOCAL_DRIVER))
                .scope(isTasks ? Scope.TASK.toString() : given.scopeAsString()));
    }

    private static @Nullable EFSVolumeConfiguration efs(@Nullable EFSVolumeConfiguration given) {
        return given == null || given.rootDirectory() != null ? given : given.copy(e -> e.rootDirectory("/"));
    }

    /// A list that is written even if it was not sent, and then as `[]`.
    private static <T> List<T> written(List<T> given) {
        return List.copyOf(given);
    }

    private static <T> T or(@Nullable T given, T standard) {
        return Objects.requireNonNullElse(given, standard);
    }
}
