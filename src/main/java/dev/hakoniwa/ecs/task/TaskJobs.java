package dev.hakoniwa.ecs.task;

import dev.hakoniwa.ecr.ImageResolver;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.Engine;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Images;
import dev.hakoniwa.vpc.Networking;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/// What a task needs from the engine. Everything here blocks, touches no state, and throws [EngineException] whose text
/// is the reason ECS would give.
final class TaskJobs {
    private static final Logger LOG = Logger.getLogger(TaskJobs.class);
    private static final int DEFAULT_STOP_SECONDS = 30;

    private final Engine engine;
    private final ImageResolver registry;
    private final Networking networking;
    private final ContainerLogs logs;
    private final Map<String, String> ownLabels;

    TaskJobs(
            Engine engine,
            ImageResolver registry,
            Networking networking,
            ContainerLogs logs,
            Map<String, String> ownLabels) {
        this.engine = engine;
        this.registry = registry;
        this.networking = networking;
        this.logs = logs;
        this.ownLabels = Map.copyOf(ownLabels);
    }

    /// Makes the VPC's network, if the task is in one.
    void network(LiveTask task) {
        var network = task.spec().network();
        if (network != null) {
            networking.ensureNetwork(task.key().scope(), network.vpcId());
        }
    }

    /// Makes the task's volumes; gives back the names of those that go with it.
    List<String> volumes(LiveTask task) {
        return new Volumes(engine.volumes(), ownLabels).create(task);
    }

    /// Starts the container that holds the network namespace of an awsvpc task.
    ContainerId pause(LiveTask task) {
        var network = Objects.requireNonNull(task.spec().network());
        var name = networking.ensureNetwork(task.key().scope(), network.vpcId());
        var spec = ContainerSpecs.pause(task, engine.images().pause(), name, ownLabels);
        var id = engine.containers().create(spec);
        try {
            engine.containers().start(id);
            return id;
        } catch (EngineException e) {
            engine.containers().remove(id);
            throw e;
        }
    }

    /// Gets a container's image: from this emulator's registry always anew; of another registry, one that the engine
    /// has is good enough, as with `docker run`.
    Images.Image pull(LiveTask task, ContainerDefinition container) {
        refuseWhatIsNotHere(container);
        var image = container.image();
        var ours = registry.resolve(image);
        try {
            if (ours.isPresent()) {
                var source = ours.get();
                return engine.images().pull(source.reference(), source.login(), progress(task, image));
            }
            var present = engine.images().find(image);
            return present.isPresent() ? present.get() : engine.images().pull(image, null, progress(task, image));
        } catch (EngineException e) {
            throw reworded(e, "CannotPullContainerError: Error response from daemon: ");
        }
    }

    /// Creates a container; it is not started yet.
    ContainerId create(LiveTask task, TaskContainer container) {
        try {
            return engine.containers().create(ContainerSpecs.of(task, container, ownLabels));
        } catch (EngineException e) {
            throw reworded(e, "CannotCreateContainerError: Error response from daemon: ");
        }
    }

    /// Starts a created container and tells how it is right after.
    ContainerState start(LiveTask task, TaskContainer container, ContainerId id) {
        var stream = logs.open(task, container, id);
        try {
            engine.containers().start(id);
        } catch (EngineException e) {
            throw reworded(e, "CannotStartContainerError: Error response from daemon: ");
        }
        stream.ifPresent(to -> logs.follow(id, to));
        return engine.containers().inspect(id);
    }

    /// Stops a container and tells how it ended.
    ContainerState stop(TaskContainer container) {
        var id = Objects.requireNonNull(container.runtime());
        var seconds = Objects.requireNonNullElse(container.definition().stopTimeout(), DEFAULT_STOP_SECONDS);
        engine.containers().stop(id, Duration.ofSeconds(seconds));
        return engine.containers().inspect(id);
    }

    /// Tells how a container is.
    ContainerState look(TaskContainer container) {
        return engine.containers().inspect(Objects.requireNonNull(container.runtime()));
    }

    /// Removes everything the engine holds of a task.
    void release(LiveTask task) {
        for (var container : task.containers()) {
            var id = container.runtime();
            if (id != null) {
                logs.finish(id);
                engine.containers().remove(id);
            }
        }
        var pause = task.infrastructure().pause();
        if (pause != null) {
            engine.containers().remove(pause);
        }
        new Volumes(engine.volumes(), ownLabels).remove(task.infrastructure().volumes());
    }

    private static void refuseWhatIsNotHere(ContainerDefinition container) {
        if (!container.secrets().isEmpty()) {
            throw new EngineException(
                    Kind.REFUSED,
                    "ResourceInitializationError: unable to pull secrets or registry auth: "
                            + "Secrets Manager and SSM are not available in Hakoniwa");
        }
        if (!container.environmentFiles().isEmpty()) {
            throw new EngineException(
                    Kind.REFUSED,
                    "ResourceInitializationError: failed to download env files: S3 is not available in Hakoniwa");
        }
    }

    private static Consumer<String> progress(LiveTask task, String image) {
        return line -> LOG.infof("task %s pulls %s: %s", task.key(), image, line);
    }

    private static EngineException reworded(EngineException e, String category) {
        if (e.kind() == Kind.UNAVAILABLE) {
            return e;
        }
        return new EngineException(e.kind(), category + e.text(), e);
    }
}
