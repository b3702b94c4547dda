package dev.hakoniwa.ecs.task.resource;

import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecs.Ecs;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.ecs.task.state.TaskKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.FirelensConfiguration;
import software.amazon.awssdk.services.ecs.model.Secret;

/// Keeps what tasks were given from elsewhere, from before their first container is made until they are taken down. It
/// is fetched once a task: a secret that changes later does not reach the task (ecs-tasks.md §8).
public final class TaskResources {
    private final SecretReader secrets;
    private final ObjectFetcher objects;
    private final Map<TaskKey, Map<String, ContainerResources>> fetched = new ConcurrentHashMap<>();

    public TaskResources(Tables tables, Ecs.Stores stores) {
        var permission = new ExecutionRole(tables, stores.roles());
        secrets = new SecretReader(stores.secrets(), permission);
        objects = new ObjectFetcher(stores.objects(), permission);
    }

    /// Fetches what the task's containers need, as its execution role. Blocks; throws [EngineException] with ECS's text
    /// if anything is missing or not to be had.
    public void fetch(LiveTask task) {
        var byContainer = new HashMap<String, ContainerResources>();
        for (var container : task.containers()) {
            var definition = container.definition();
            if (needsAny(definition)) {
                byContainer.put(container.name(), fetch(task, definition));
            }
        }
        fetched.put(task.key(), Map.copyOf(byContainer));
    }

    /// What was fetched for a container.
    public ContainerResources of(LiveTask task, String container) {
        return fetched.getOrDefault(task.key(), Map.of()).getOrDefault(container, ContainerResources.NONE);
    }

    /// The task with what its containers' definitions are to be completed with.
    public LiveTask equip(LiveTask task) {
        var equipped = task;
        for (var container : task.containers()) {
            equipped = equipped.with(container.name(), c -> equip(task, c));
        }
        return equipped;
    }

    /// The container with what its definition is to be completed with.
    public TaskContainer equip(LiveTask task, TaskContainer container) {
        return container.with(of(task, container.name()).equip(container.definition()));
    }

    public void forget(TaskKey task) {
        fetched.remove(task);
    }

    private static boolean needsAny(ContainerDefinition definition) {
        return !definition.secrets().isEmpty()
                || !definition.environmentFiles().isEmpty()
                || !logSecrets(definition).isEmpty()
                || definition.repositoryCredentials() != null
                || routing(definition).isPresent();
    }

    private ContainerResources fetch(LiveTask task, ContainerDefinition definition) {
        var credentials = definition.repositoryCredentials();
        return new ContainerResources(
                objects.variables(task, definition.environmentFiles()),
                values(task, definition.secrets()),
                values(task, logSecrets(definition)),
                credentials == null ? null : secrets.login(task, credentials.credentialsParameter()),
                routing(definition)
                        .map(file -> objects.configuration(task, file))
                        .orElse(""));
    }

    private Map<String, String> values(LiveTask task, List<Secret> wanted) {
        var values = new LinkedHashMap<String, String>();
        wanted.forEach(secret -> values.put(secret.name(), secrets.value(task, secret.valueFrom())));
        return values;
    }

    /// The ARN of the configuration file that a log router has in S3.
    private static Optional<String> routing(ContainerDefinition definition) {
        return Optional.ofNullable(definition.firelensConfiguration())
                .map(FirelensConfiguration::options)
                .filter(options -> "s3".equals(options.get("config-file-type")))
                .map(options -> options.get("config-file-value"));
    }

    private static List<Secret> logSecrets(ContainerDefinition definition) {
        var log = definition.logConfiguration();
        return log == null ? List.of() : log.secretOptions();
    }
}
