package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.task.engine.VolumePlaces.Life;
import dev.hakoniwa.ecs.task.engine.VolumePlaces.Place;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.runtime.ContainerSpec.Source;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Makes the volumes of tasks on the engine, and says which go with their task. Blocks.
final class Volumes {
    private final dev.hakoniwa.runtime.Volumes engine;
    private final Map<String, String> ownLabels;

    Volumes(dev.hakoniwa.runtime.Volumes engine, Map<String, String> ownLabels) {
        this.engine = engine;
        this.ownLabels = ownLabels;
    }

    void create(LiveTask task) {
        new VolumePlaces(task, ownLabels).all().forEach(place -> create(task, place));
    }

    /// The names of the task's volumes that go with it.
    List<String> goingWith(LiveTask task) {
        return new VolumePlaces(task, ownLabels)
                .all()
                .filter(place -> place.life() == Life.TASK)
                .flatMap(place -> name(place.source()))
                .toList();
    }

    private void create(LiveTask task, Place place) {
        name(place.source()).forEach(name -> {
            switch (place.life()) {
                case TASK -> provision(name, place, ofTask(task, place));
                case EMULATOR -> provision(name, place, ownLabels);
                case USER -> share(name, place);
            }
        });
    }

    /// A shared volume outlives the task and the emulator, as it outlives the task on an instance: it isn't ours.
    private void share(String name, Place place) {
        var docker = place.volume().dockerVolumeConfiguration();
        if (Boolean.TRUE.equals(docker.autoprovision())) {
            provision(name, place, docker.labels());
        } else if (!engine.exists(name)) {
            throw new EngineException(Kind.NOT_FOUND, "CannotCreateVolumeError: no such volume: " + name);
        }
    }

    private Map<String, String> ofTask(LiveTask task, Place place) {
        var docker = place.volume().dockerVolumeConfiguration();
        var labels = new LinkedHashMap<String, String>(docker == null ? Map.of() : docker.labels());
        labels.putAll(EngineNames.labels(task, ownLabels));
        return labels;
    }

    private void provision(String name, Place place, Map<String, String> labels) {
        var docker = place.volume().dockerVolumeConfiguration();
        try {
            engine.create(
                    name,
                    docker == null || docker.driver() == null ? "local" : docker.driver(),
                    docker == null ? Map.of() : docker.driverOpts(),
                    labels);
        } catch (EngineException e) {
            throw e.kind() == Kind.UNAVAILABLE
                    ? e
                    : new EngineException(
                            e.kind(), "CannotCreateVolumeError: Error response from daemon: " + e.text(), e);
        }
    }

    private static Stream<String> name(Source source) {
        return switch (source) {
            case Source.Volume volume -> Stream.of(volume.name());
            case Source.HostPath _ -> Stream.empty();
        };
    }
}
