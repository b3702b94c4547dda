package dev.hakoniwa.ecs.task;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecs.Agent;
import dev.hakoniwa.ecs.Ecs;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.TaskMetadata;
import dev.hakoniwa.ecs.TaskProtection;
import dev.hakoniwa.ecs.TaskProtection.Refused;
import dev.hakoniwa.ecs.instance.ContainerInstances;
import dev.hakoniwa.ecs.task.engine.TaskMetadataView;
import dev.hakoniwa.ecs.task.life.TaskTable;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.vpc.Networking;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.NetworkMode;

/// Plays the ECS agent towards the tasks.
final class TaskAgent implements Agent {
    private static final Logger LOG = Logger.getLogger(TaskAgent.class);

    private final Tables tables;
    private final TaskTable tasks;
    private final TaskProtections protections;
    private final ContainerInstances instances;
    private final Networking networking;
    private final Containers containers;
    private final Map<String, String> ownLabels;

    TaskAgent(
            Tables tables,
            TaskTable tasks,
            TaskProtections protections,
            ContainerInstances instances,
            Ecs.Neighbours neighbours) {
        this.tables = tables;
        this.instances = instances;
        this.tasks = tasks;
        this.protections = protections;
        this.networking = neighbours.networking();
        this.containers = neighbours.engine().containers();
        this.ownLabels = neighbours.ownLabels();
    }

    @Override
    public Optional<Endpoint> endpoint(String id) {
        return tables.write(() -> tasks.at(id)
                .flatMap(task -> task.containers().stream()
                        .filter(container -> container.endpointId().equals(id))
                        .findFirst()
                        .flatMap(container -> endpoint(task, container))));
    }

    private Optional<Endpoint> endpoint(LiveTask task, TaskContainer container) {
        var metadata = describe(task);
        return metadata.containers().stream()
                .filter(c -> c.name().equals(container.name()))
                .findFirst()
                .map(c -> new Endpoint(metadata, c));
    }

    @Override
    public Optional<TaskMetadata> taskAt(String address) {
        return tables.write(() -> tasks.at(address).map(this::describe));
    }

    @Override
    public Optional<Instance> instanceOf(String address) {
        return tables.write(() -> tasks.at(address)
                .flatMap(LiveTask::instance)
                .flatMap(instances::find)
                .map(instance -> new Instance(
                        instance.key().cluster(),
                        instance.key().arn().toString(),
                        instance.agentVersion(),
                        tasks.liveOn(instance.key()).stream()
                                .map(this::describe)
                                .toList())));
    }

    @Override
    public boolean isStarting(String id) {
        return tables.write(() -> tasks.at(id).filter(TaskAgent::isStarting).isPresent());
    }

    private static boolean isStarting(LiveTask task) {
        return task.spec().networkMode() == NetworkMode.BRIDGE
                && task.containers().stream()
                        .map(TaskContainer::life)
                        .anyMatch(life ->
                                life.finishedAt() == null && life.address().isEmpty());
    }

    @Override
    public Optional<TaskRole> role(String credentialsId) {
        return tables.write(() -> tasks.at(credentialsId)
                .filter(task -> task.infrastructure().credentialsId().equals(credentialsId))
                .flatMap(task -> task.roleArn()
                        .flatMap(Arn::parse)
                        .map(role -> new TaskRole(
                                task.key().arn().toString(), role, task.key().id()))));
    }

    @Override
    public TaskProtection protection(String id) {
        return asked(() -> protections.of(asking(id)));
    }

    @Override
    public TaskProtection protect(String id, boolean enabled, @Nullable Integer minutes) {
        return asked(() -> protections.protect(asking(id), enabled, minutes));
    }

    private TaskProtection asked(Supplier<TaskProtection> question) {
        try {
            return tables.write(question);
        } catch (AwsError e) {
            return new Refused(e.status(), e.code(), e.message());
        }
    }

    /// The agent asks with the task's role. That the role may do so isn't asked, as permissions aren't enforced.
    private LiveTask asking(String id) {
        var task = tasks.at(id).orElseThrow(Errors::noTaskForRequest);
        if (task.roleArn().isEmpty()) {
            throw Errors.noTaskRole();
        }
        return task;
    }

    @Override
    public Optional<String> stats(String engineId) {
        try {
            return containers.stats(new ContainerId(engineId));
        } catch (EngineException e) {
            LOG.debugf("no statistics of container %s: %s", engineId, e.text());
            return Optional.empty();
        }
    }

    @Override
    public OptionalLong stored(TaskMetadata task) {
        var images = new HashMap<String, Long>();
        var written = 0L;
        try {
            for (var container : task.containers()) {
                if (!container.engineId().isEmpty()) {
                    var size = containers.size(new ContainerId(container.engineId()));
                    images.put(container.imageId(), size.image());
                    written += size.written();
                }
            }
        } catch (EngineException e) {
            LOG.debugf("what task %s has stored is not known: %s", task.arn(), e.text());
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                written + images.values().stream().mapToLong(Long::longValue).sum());
    }

    @Override
    public Optional<NetworkCommand> runInNetworkOf(TaskMetadata task, List<String> command) {
        try {
            var result = containers.runInNetworkOf(new ContainerId(task.namespace()), command);
            return Optional.of(new NetworkCommand(result.exitCode() == 0, result.output()));
        } catch (EngineException e) {
            LOG.warnf("task %s: %s", task.arn(), e.text());
            return Optional.empty();
        }
    }

    private TaskMetadata describe(LiveTask task) {
        var made = task.infrastructure().networkInterface();
        var subnet = made == null
                ? null
                : networking.subnet(task.key().scope(), made.subnetId()).orElse(null);
        return TaskMetadataView.of(task, subnet, ownLabels);
    }
}
