package dev.hakoniwa.ecs.taskdefinition;

import static java.util.stream.Collectors.toSet;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.ecs.Errors;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DockerVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.EFSAuthorizationConfigIAM;
import software.amazon.awssdk.services.ecs.model.EFSTransitEncryption;
import software.amazon.awssdk.services.ecs.model.EFSVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.FSxWindowsFileServerVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.HostVolumeProperties;
import software.amazon.awssdk.services.ecs.model.MountPoint;
import software.amazon.awssdk.services.ecs.model.Scope;
import software.amazon.awssdk.services.ecs.model.Volume;
import software.amazon.awssdk.services.ecs.model.VolumeFrom;

/// Which volumes a task may have, and where its containers may mount them.
final class VolumeRules {
    private VolumeRules() {}

    static void check(Draft draft) {
        draft.request().volumes().forEach(VolumeRules::volume);
        names(draft.request().volumes());
        var names = draft.request().volumes().stream().map(Volume::name).collect(toSet());
        for (var container : draft.containers()) {
            container.mountPoints().forEach(mount -> mountPoint(container.name(), names, mount));
            container.volumesFrom().forEach(from -> volumesFrom(draft, container, from));
        }
    }

    private static void names(List<Volume> volumes) {
        var names = volumes.stream().map(Volume::name).distinct().count();
        if (names < volumes.size()) {
            throw Errors.client("Volume names must be unique within a Task Definition.");
        }
        if (volumes.stream().filter(VolumeRules::isConfiguredAtLaunch).count() > 1) {
            throw Errors.client("Only one volume in a task definition can be configured at launch.");
        }
    }

    private static void volume(Volume volume) {
        if (Invalid.isBlank(volume.name())) {
            throw Errors.client("Volume.name should not be null or empty.");
        }
        if (!TaskRules.isName(volume.name())) {
            throw Errors.client("Volume.name contains invalid characters.");
        }
        var kinds = Stream.of(
                        volume.host(),
                        volume.dockerVolumeConfiguration(),
                        volume.efsVolumeConfiguration(),
                        volume.s3filesVolumeConfiguration(),
                        volume.fsxWindowsFileServerVolumeConfiguration())
                .filter(Objects::nonNull)
                .count();
        if (kinds + (isConfiguredAtLaunch(volume) ? 1 : 0) > 1) {
            throw Errors.client(
                    "Only one volume configuration can be specified for volume '%s'.".formatted(volume.name()));
        }
        host(volume.host());
        docker(volume.name(), volume.dockerVolumeConfiguration());
        efs(volume.name(), volume.efsVolumeConfiguration());
        fsx(volume.name(), volume.fsxWindowsFileServerVolumeConfiguration());
    }

    private static boolean isConfiguredAtLaunch(Volume volume) {
        return Boolean.TRUE.equals(volume.configuredAtLaunch());
    }

    private static void host(@Nullable HostVolumeProperties host) {
        if (host != null && host.sourcePath() != null && host.sourcePath().isBlank()) {
            throw Errors.client("host.sourcePath should not be blank.");
        }
    }

    private static void docker(String volume, @Nullable DockerVolumeConfiguration docker) {
        if (docker == null) {
            return;
        }
        if (docker.scope() == Scope.UNKNOWN_TO_SDK_VERSION) {
            throw invalid(volume, "dockerVolumeConfiguration.scope");
        }
        if (docker.scope() == Scope.TASK && docker.autoprovision() != null) {
            throw Errors.client(
                    "Autoprovision can only be set on volume '%s' if its scope is shared.".formatted(volume));
        }
    }

    private static void efs(String volume, @Nullable EFSVolumeConfiguration efs) {
        if (efs == null) {
            return;
        }
        if (Invalid.isBlank(efs.fileSystemId())) {
            throw invalid(volume, "efsVolumeConfiguration.fileSystemId");
        }
        if (efs.transitEncryption() == EFSTransitEncryption.UNKNOWN_TO_SDK_VERSION) {
            throw invalid(volume, "efsVolumeConfiguration.transitEncryption");
        }
        var port = efs.transitEncryptionPort();
        if (port != null && (port < 0 || port > 65_535)) {
            throw invalid(volume, "efsVolumeConfiguration.transitEncryptionPort");
        }
        efsAuthorization(volume, efs);
    }

    private static void efsAuthorization(String volume, EFSVolumeConfiguration efs) {
        var authorization = efs.authorizationConfig();
        if (authorization == null) {
            return;
        }
        if (authorization.iam() == EFSAuthorizationConfigIAM.UNKNOWN_TO_SDK_VERSION) {
            throw invalid(volume, "efsVolumeConfiguration.authorizationConfig.iam");
        }
        var isEncrypted = efs.transitEncryption() == EFSTransitEncryption.ENABLED;
        if (authorization.iam() == EFSAuthorizationConfigIAM.ENABLED && !isEncrypted) {
            throw Errors.client("When using IAM authorization with EFS, transit encryption must be enabled.");
        }
        if (authorization.accessPointId() == null) {
            return;
        }
        if (!isEncrypted) {
            throw Errors.client("When using an EFS access point, transit encryption must be enabled.");
        }
        if (!"/".equals(efs.rootDirectory())) {
            throw Errors.client(
                    "When using an EFS access point, the root directory must either be set to \"/\" or be omitted.");
        }
    }

    private static void fsx(String volume, @Nullable FSxWindowsFileServerVolumeConfiguration fsx) {
        if (fsx == null) {
            return;
        }
        if (Invalid.isBlank(fsx.fileSystemId())
                || Invalid.isBlank(fsx.rootDirectory())
                || fsx.authorizationConfig() == null) {
            throw invalid(volume, "fsxWindowsFileServerVolumeConfiguration");
        }
    }

    private static void mountPoint(String container, Set<String> volumes, MountPoint mount) {
        if (mount.sourceVolume() == null || !volumes.contains(mount.sourceVolume())) {
            throw Errors.client("Unknown volume '%s'.".formatted(mount.sourceVolume()));
        }
        if (Invalid.isBlank(mount.containerPath())) {
            throw Invalid.container(container, "mountPoints.containerPath");
        }
    }

    private static void volumesFrom(Draft draft, ContainerDefinition container, VolumeFrom from) {
        var source = draft.container(from.sourceContainer());
        if (source.isEmpty() || source.get().name().equals(container.name())) {
            throw Errors.client("Unknown container '%s' in volumesFrom of container '%s'."
                    .formatted(from.sourceContainer(), container.name()));
        }
    }

    private static AwsError invalid(String volume, String setting) {
        return Errors.client("Invalid '%s' setting for volume '%s'.".formatted(setting, volume));
    }
}
