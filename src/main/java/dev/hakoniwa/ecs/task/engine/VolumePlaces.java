package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.runtime.ContainerSpec.Source;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.EFSVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.S3FilesVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.Scope;
import software.amazon.awssdk.services.ecs.model.Volume;

/// Where the volumes of a task are on the engine, and how long they last (ecs-tasks.md §12). Pure.
final class VolumePlaces {
    private final LiveTask task;
    private final Map<String, String> ownLabels;

    VolumePlaces(LiveTask task, Map<String, String> ownLabels) {
        this.task = task;
        this.ownLabels = ownLabels;
    }

    /// How long a volume lasts.
    enum Life {
        /// As long as the task.
        TASK,
        /// As long as the emulator, as file systems of AWS have no life of their own here.
        EMULATOR,
        /// Longer: it is the user's.
        USER
    }

    /// A volume's place.
    record Place(Volume volume, Source source, Life life) {}

    Stream<Place> all() {
        var stated = task.spec().definition().volumes().stream().map(this::place);
        return Stream.concat(stated, task.router().stream().map(_ -> ofRouter()));
    }

    Optional<Source> source(String volume) {
        return all().filter(place -> place.volume().name().equals(volume))
                .map(Place::source)
                .findFirst();
    }

    /// No volume of the definition's can have its name.
    private Place ofRouter() {
        var volume = Volume.builder().name("~firelens").build();
        return new Place(volume, new Source.Volume(EngineNames.firelens(task)), Life.TASK);
    }

    private Place place(Volume volume) {
        if (volume.host() != null && volume.host().sourcePath() != null) {
            return new Place(volume, new Source.HostPath(volume.host().sourcePath()), Life.USER);
        }
        if (volume.efsVolumeConfiguration() != null) {
            var efs = volume.efsVolumeConfiguration();
            return fileSystem(volume, efs.fileSystemId(), folder(accessPoint(efs), efs.rootDirectory()));
        }
        if (volume.fsxWindowsFileServerVolumeConfiguration() != null) {
            var fsx = volume.fsxWindowsFileServerVolumeConfiguration();
            return fileSystem(
                    volume, fsx.fileSystemId(), folder(null, fsx.rootDirectory().replace('\\', '/')));
        }
        if (volume.s3filesVolumeConfiguration() != null) {
            var files = volume.s3filesVolumeConfiguration();
            return fileSystem(volume, last(files.fileSystemArn()), folder(accessPoint(files), files.rootDirectory()));
        }
        var ebs = task.spec().ebs();
        if (ebs != null && ebs.name().equals(volume.name())) {
            var name = EngineNames.fileSystem(task, ebs.volumeId(), ownLabels);
            return new Place(volume, new Source.Volume(name), ebs.goesWithTask() ? Life.TASK : Life.EMULATOR);
        }
        if (isShared(volume)) {
            return new Place(volume, new Source.Volume(volume.name()), Life.USER);
        }
        return new Place(volume, new Source.Volume(EngineNames.volume(task, volume)), Life.TASK);
    }

    private Place fileSystem(Volume volume, String id, String folder) {
        return new Place(volume, new Source.Volume(EngineNames.fileSystem(task, id, ownLabels), folder), Life.EMULATOR);
    }

    private static boolean isShared(Volume volume) {
        var docker = volume.dockerVolumeConfiguration();
        return docker != null && docker.scope() == Scope.SHARED;
    }

    private static @Nullable String accessPoint(EFSVolumeConfiguration efs) {
        return efs.authorizationConfig() == null
                ? null
                : efs.authorizationConfig().accessPointId();
    }

    private static @Nullable String accessPoint(S3FilesVolumeConfiguration files) {
        return files.accessPointArn() == null ? null : last(files.accessPointArn());
    }

    private static String last(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /// The folder in a file system; an access point's is one of its own. None leads out of the file system.
    private static String folder(@Nullable String accessPoint, @Nullable String root) {
        var path = Objects.requireNonNullElse(accessPoint, "") + "/" + Objects.requireNonNullElse(root, "");
        return Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty() && !part.equals(".") && !part.equals(".."))
                .collect(Collectors.joining("/"));
    }
}
