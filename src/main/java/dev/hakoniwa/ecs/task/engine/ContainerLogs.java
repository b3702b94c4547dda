package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.logs.LogSink;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ecs.model.LogDriver;

/// Carries what containers write to CloudWatch Logs, for those that use awslogs (ecs-tasks.md §14).
public final class ContainerLogs {
    private static final Duration LAST_LINES = Duration.ofSeconds(5);
    private static final String NO_GROUP_ON_FARGATE = """
            ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: \
            failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. \
            : exit status 1""";
    private static final String NO_GROUP = """
            CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create \
            Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.""";

    private final Containers containers;
    private final LogSink sink;
    private final Map<ContainerId, Containers.Following> followings = new ConcurrentHashMap<>();

    public ContainerLogs(Containers containers, LogSink sink) {
        this.containers = containers;
        this.sink = sink;
    }

    /// Where a container's lines go.
    record Stream(Scope scope, String group, String stream) {}

    /// Makes the container's log stream, and its group if that is asked for, before the container runs; empty if it
    /// doesn't log here.
    Optional<Stream> open(LiveTask task, TaskContainer container, ContainerId id) {
        var log = container.definition().logConfiguration();
        if (log == null || log.logDriver() != LogDriver.AWSLOGS) {
            return Optional.empty();
        }
        var options = log.options();
        var own = task.key().scope();
        var region = options.getOrDefault("awslogs-region", own.region().name());
        var scope = Region.isRegion(region) ? new Scope(own.account(), new Region(region)) : own;
        var group = options.getOrDefault("awslogs-group", "");
        var name = streamName(task, container, id);
        if ("true".equals(options.get("awslogs-create-group"))) {
            sink.createGroup(scope, group);
        }
        if (!sink.groupExists(scope, group)) {
            throw new EngineException(Kind.REFUSED, task.spec().isFargate() ? NO_GROUP_ON_FARGATE : NO_GROUP);
        }
        sink.createStream(scope, group, name);
        return Optional.of(new Stream(scope, group, name));
    }

    /// The name of an awslogs stream.
    static String streamName(LiveTask task, TaskContainer container, ContainerId id) {
        var prefix = container.definition().logConfiguration().options().get("awslogs-stream-prefix");
        return prefix == null
                ? id.value()
                : prefix + "/" + container.name() + "/" + task.key().id();
    }

    /// Carries over what a container that has been started writes, from its start.
    void follow(ContainerId id, Stream to) {
        followings.computeIfAbsent(
                id,
                _ -> containers.follow(
                        id, line -> sink.put(to.scope(), to.group(), to.stream(), line.at(), line.text())));
    }

    /// Waits until the last lines of a container that has ended are in, and lets go of it. Blocks.
    void finish(ContainerId id) {
        var following = followings.remove(id);
        if (following != null) {
            following.await(LAST_LINES);
            following.close();
        }
    }
}
