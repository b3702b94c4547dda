package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecr.ImageResolver;
import dev.hakoniwa.ecs.Ecs;
import dev.hakoniwa.ecs.TaskEndpoints;
import dev.hakoniwa.ecs.task.resource.TaskResources;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.ecs.task.state.TaskSpec.TaskNetwork;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.Engine;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Images;
import dev.hakoniwa.runtime.PublishedPort;
import dev.hakoniwa.vpc.Networking;
import dev.hakoniwa.vpc.Networking.EngineNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/// What a task needs from the engine. Everything here blocks, touches no state, and throws [EngineException] whose text
/// is the reason ECS would give.
public final class TaskJobs {
    private static final Logger LOG = Logger.getLogger(TaskJobs.class);
    private static final int DEFAULT_STOP_SECONDS = 30;
    private static final String NETWORK_FAILED =
            "ResourceInitializationError: failed to configure the task's network: ";

    private final Engine engine;
    private final ImageResolver registry;
    private final Networking networking;
    private final ContainerLogs logs;
    private final TaskEndpoints endpoints;
    private final Map<String, String> ownLabels;
    private final Volumes volumes;
    private final TaskResources resources;
    private final Firelens firelens;

    public TaskJobs(Ecs.Neighbours neighbours, ContainerLogs logs, TaskResources resources) {
        this.engine = neighbours.engine();
        this.registry = neighbours.registry();
        this.networking = neighbours.networking();
        this.endpoints = neighbours.endpoints();
        this.ownLabels = Map.copyOf(neighbours.ownLabels());
        this.logs = logs;
        this.resources = resources;
        this.volumes = new Volumes(engine.volumes(), ownLabels);
        this.firelens = new Firelens(engine.volumes());
    }

    /// What a task's containers need of the engine before they can be made.
    ///
    /// @param network the VPC's; null if the task is in none
    /// @param group whose share its containers take part in; empty for none
    public record Ground(@Nullable EngineNetwork network, String group) {}

    /// The container that holds the task's namespaces.
    ///
    /// @param ports it publishes, as its address can't be reached
    public record Pause(ContainerId id, List<PublishedPort> ports) {}

    /// Fetches the task's secrets and files, and makes its volumes, its group and the VPC's network.
    ///
    /// @param instance that the task is on; empty on Fargate
    public Ground prepare(LiveTask task, String instance) {
        resources.fetch(task);
        volumes.create(task);
        var routing = task.router()
                .map(router -> resources.of(task, router.name()).routing())
                .orElse("");
        firelens.configure(resources.equip(task), instance, routing);
        var network = task.spec().network();
        return new Ground(network == null ? null : network(task, network), group(task));
    }

    private String group(LiveTask task) {
        return ContainerLimits.share(task.spec())
                .flatMap(share -> engine.groups().create(EngineNames.group(task), share, ownLabels))
                .orElse("");
    }

    private EngineNetwork network(LiveTask task, TaskNetwork network) {
        try {
            return networking.ensureNetwork(task.key().scope(), network.vpcId());
        } catch (EngineException e) {
            throw reworded(e, NETWORK_FAILED);
        }
    }

    /// Starts the container that holds the namespaces that the task's containers share.
    public Pause pause(LiveTask task, @Nullable EngineNetwork network) {
        try {
            var id = createAnew(pauseSpec(task, network));
            startPause(id);
            var publishes = network != null && !network.isRoutable();
            return new Pause(id, publishes ? engine.containers().inspect(id).ports() : List.of());
        } catch (EngineException e) {
            throw reworded(e, NETWORK_FAILED);
        }
    }

    private ContainerSpec pauseSpec(LiveTask task, @Nullable EngineNetwork network) {
        var specs = new PauseSpec(engine.images().pause(), ownLabels);
        return network == null ? specs.withoutNetwork(task) : specs.in(network, engine.address(), task);
    }

    private void startPause(ContainerId id) {
        try {
            engine.containers().start(id);
        } catch (EngineException e) {
            if (e.kind() != Kind.UNAVAILABLE) {
                engine.containers().remove(id);
            }
            throw e;
        }
    }

    /// Gets a container's image: from this emulator's registry always anew; of another registry, one that the engine
    /// has is good enough, as with `docker run`.
    public Images.Image pull(LiveTask task, ContainerDefinition container) {
        var image = ImageName.of(task, container);
        var ours = registry.resolve(image);
        try {
            if (ours.isPresent()) {
                var source = ours.get();
                return engine.images().pull(source.reference(), source.login(), progress(task, image));
            }
            var present = engine.images().find(image);
            var login = resources.of(task, container.name()).login();
            return present.isPresent() ? present.get() : engine.images().pull(image, login, progress(task, image));
        } catch (EngineException e) {
            throw reworded(e, "CannotPullContainerError: " + puller(task, image));
        }
    }

    /// Who fails to pull: containerd on Fargate, elsewhere Docker.
    private static String puller(LiveTask task, String image) {
        return task.spec().isFargate()
                ? "pull image manifest has been retried 1 time(s): failed to resolve ref %s: ".formatted(image)
                : "Error response from daemon: ";
    }

    /// Creates a container; it is not started yet.
    public ContainerId create(LiveTask task, TaskContainer container) {
        var equipped = resources.equip(task, container);
        logs.check(task, equipped.definition());
        var given = resources.of(task, container.name());
        var environment = Environment.of(task, container, given, endpoints.open());
        try {
            var logging = equipped.logsToRouter()
                    ? firelens.logging(task, equipped)
                    : ContainerSpecs.logging(equipped.definition());
            return createAnew(ContainerSpecs.of(task, equipped, environment, ownLabels, logging));
        } catch (EngineException e) {
            throw reworded(e, "CannotCreateContainerError: Error response from daemon: ");
        }
    }

    /// Starts a created container and tells how it is right after. One that was started in an attempt whose end the
    /// engine didn't live to tell isn't started again: it may have ended meanwhile.
    public ContainerState start(LiveTask task, TaskContainer container, ContainerId id) {
        var stream = logs.open(task, resources.equip(task, container), id);
        if (engine.containers().inspect(id).status() == Status.CREATED) {
            startCreated(id);
        }
        stream.ifPresent(to -> logs.follow(id, to));
        return engine.containers().inspect(id);
    }

    private void startCreated(ContainerId id) {
        try {
            engine.containers().start(id);
        } catch (EngineException e) {
            throw reworded(e, "CannotStartContainerError: Error response from daemon: ");
        }
    }

    /// Starts a container that has ended again, and tells how it is right after.
    public ContainerState restart(TaskContainer container) {
        var id = Objects.requireNonNull(container.runtime());
        logs.awaitEnd(id);
        engine.containers().start(id);
        logs.resume(id);
        return engine.containers().inspect(id);
    }

    /// Stops a container and tells how it ended.
    public ContainerState stop(TaskContainer container) {
        var id = Objects.requireNonNull(container.runtime());
        var seconds = Objects.requireNonNullElse(container.definition().stopTimeout(), DEFAULT_STOP_SECONDS);
        engine.containers().stop(id, Duration.ofSeconds(seconds));
        return engine.containers().inspect(id);
    }

    /// Tells how a container is.
    public ContainerState look(TaskContainer container) {
        return engine.containers().inspect(Objects.requireNonNull(container.runtime()));
    }

    /// Removes everything the engine holds of a task. What can't be removed keeps nothing else from being removed.
    public void release(LiveTask task) {
        resources.forget(task.key());
        var removals = new ArrayList<Runnable>();
        for (var container : task.containers()) {
            var id = container.runtime();
            if (id != null) {
                removals.add(() -> logs.finish(id));
                removals.add(() -> engine.containers().remove(id));
            }
        }
        var pause = task.infrastructure().pause();
        if (pause != null) {
            removals.add(() -> engine.containers().remove(pause));
        }
        volumes.goingWith(task)
                .forEach(name -> removals.add(() -> engine.volumes().remove(name)));
        var group = task.infrastructure().group();
        if (!group.isEmpty()) {
            removals.add(() -> engine.groups().remove(group));
        }
        attemptAll(removals);
    }

    private static void attemptAll(List<Runnable> removals) {
        EngineException failure = null;
        for (var removal : removals) {
            try {
                removal.run();
            } catch (EngineException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /// Creates a container, in the place of one that an attempt left behind whose end the engine didn't live to tell.
    private ContainerId createAnew(ContainerSpec spec) {
        try {
            return engine.containers().create(spec);
        } catch (EngineException e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
            engine.containers().list(spec.labels()).stream()
                    .filter(container -> container.name().equals(spec.name()))
                    .forEach(container -> engine.containers().remove(container.id()));
            return engine.containers().create(spec);
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
