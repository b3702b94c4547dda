package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Scope;
import software.amazon.awssdk.services.ecs.model.Volume;

/// The volumes of a task definition on the engine (ecs-tasks.md §12): paths of the host as they are, everything else
/// as volumes of the engine, which go with the task unless they are shared.
final class Volumes {
    private final dev.hakoniwa.runtime.Volumes engine;
    private final Map<String, String> ownLabels;

    Volumes(dev.hakoniwa.runtime.Volumes engine, Map<String, String> ownLabels) {
        this.engine = engine;
        this.ownLabels = ownLabels;
    }

    static boolean isHostPath(Volume volume) {
        return volume.host() != null && volume.host().sourcePath() != null;
    }

    static boolean isShared(Volume volume) {
        var docker = volume.dockerVolumeConfiguration();
        return docker != null && docker.scope() == Scope.SHARED;
    }

    /// The names of the task's volumes that go with it.
    static List<String> own(LiveTask task) {
        return onEngine(task)
                .filter(volume -> !isShared(volume))
                .map(volume -> EngineNames.volume(task, volume))
                .toList();
    }

    /// Makes the task's volumes. Blocks.
    void create(LiveTask task) {
        onEngine(task).forEach(volume -> create(task, volume));
    }

    private static Stream<Volume> onEngine(LiveTask task) {
        return task.spec().definition().volumes().stream().filter(volume -> !isHostPath(volume));
    }

    private void create(LiveTask task, Volume volume) {
        if (volume.efsVolumeConfiguration() != null
                || volume.fsxWindowsFileServerVolumeConfiguration() != null
                || Boolean.TRUE.equals(volume.configuredAtLaunch())) {
            throw new EngineException(
                    Kind.REFUSED,
                    "ResourceInitializationError: volume %s: EFS, FSx and EBS volumes are not available in Hakoniwa"
                            .formatted(volume.name()));
        }
        var name = EngineNames.volume(task, volume);
        var docker = volume.dockerVolumeConfiguration();
        if (docker == null) {
            provision(name, "local", Map.of(), EngineNames.labels(task, ownLabels));
            return;
        }
        if (isShared(volume) && !Boolean.TRUE.equals(docker.autoprovision())) {
            if (!engine.exists(name)) {
                throw new EngineException(Kind.NOT_FOUND, "CannotCreateVolumeError: no such volume: " + name);
            }
            return;
        }
        // A shared volume outlives the task and the emulator, as it outlives the task on an instance: it isn't ours.
        var labels = isShared(volume) ? docker.labels() : EngineNames.labels(task, ownLabels);
        provision(name, docker.driver() == null ? "local" : docker.driver(), docker.driverOpts(), labels);
    }

    private void provision(String name, String driver, Map<String, String> options, Map<String, String> labels) {
        try {
            engine.create(name, driver, options, labels);
        } catch (EngineException e) {
            throw e.kind() == Kind.UNAVAILABLE
                    ? e
                    : new EngineException(
                            e.kind(), "CannotCreateVolumeError: Error response from daemon: " + e.text(), e);
        }
    }
}
