package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Timers;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.logs.LogSink;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogDriver;

/// Carries what containers write to CloudWatch Logs, for those that use awslogs (ecs-tasks.md §14).
public final class ContainerLogs {
    private static final Duration LAST_LINES = Duration.ofSeconds(5);
    private static final String NO_GROUP =
            "failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.";

    private final Containers containers;
    private final LogSink sink;
    private final Timers timers;
    private final Map<ContainerId, Containers.Following> followings = new ConcurrentHashMap<>();

    public ContainerLogs(Containers containers, LogSink sink, Timers timers) {
        this.containers = containers;
        this.sink = sink;
        this.timers = timers;
    }

    /// A log group, and whose it is.
    public record Group(Scope scope, String name) {}

    /// Where a container's lines go.
    ///
    /// @param firstLine what the first line of an event looks like; null if every line is one
    /// @param interval how long an event waits for more lines
    record Stream(
            Scope scope,
            String group,
            String stream,
            @Nullable Pattern firstLine,
            Duration interval) {}

    /// Refuses a container whose log options are none, before it is made.
    void check(LiveTask task, ContainerDefinition container) {
        if (logsHere(container)) {
            new AwslogsOptions(container.logConfiguration().options()).refusal().ifPresent(why -> {
                throw refused(task, "CannotCreateContainerError: Error response from daemon: ", why);
            });
        }
    }

    /// Makes the container's log stream, and its group if that is asked for, before the container runs; empty if it
    /// doesn't log here.
    Optional<Stream> open(LiveTask task, TaskContainer container, ContainerId id) {
        return group(task.key().scope(), container).map(group -> open(task, container, group, id));
    }

    private Stream open(LiveTask task, TaskContainer container, Group group, ContainerId id) {
        var options =
                new AwslogsOptions(container.definition().logConfiguration().options());
        var firstLine = firstLine(task, options);
        if (options.createsGroup()) {
            sink.createGroup(group.scope(), group.name());
        }
        if (!sink.groupExists(group.scope(), group.name())) {
            throw notStarted(
                    task, task.spec().isFargate() ? "create stream has been retried 1 times: " + NO_GROUP : NO_GROUP);
        }
        var name = LogStreamName.of(task, container, id);
        sink.createStream(group.scope(), group.name(), name);
        return new Stream(group.scope(), group.name(), name, firstLine, options.interval());
    }

    /// The group that a container of the scope's logs to; empty if it doesn't log here.
    public static Optional<Group> group(Scope own, TaskContainer container) {
        if (!logsHere(container.definition())) {
            return Optional.empty();
        }
        var options = container.definition().logConfiguration().options();
        var region = options.getOrDefault("awslogs-region", own.region().name());
        var scope = Region.isRegion(region) ? new Scope(own.account(), new Region(region)) : own;
        return Optional.of(new Group(scope, options.getOrDefault("awslogs-group", "")));
    }

    private static boolean logsHere(ContainerDefinition container) {
        return container.logConfiguration() != null
                && container.logConfiguration().logDriver() == LogDriver.AWSLOGS;
    }

    private static @Nullable Pattern firstLine(LiveTask task, AwslogsOptions options) {
        try {
            return options.firstLine().orElse(null);
        } catch (IllegalArgumentException e) {
            throw notStarted(task, Objects.requireNonNull(e.getMessage()));
        }
    }

    private static EngineException notStarted(LiveTask task, String why) {
        return refused(
                task,
                "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: ",
                why);
    }

    /// On Fargate it is not Docker that reads the options.
    private static EngineException refused(LiveTask task, String category, String why) {
        return new EngineException(
                Kind.REFUSED,
                task.spec().isFargate()
                        ? "ResourceInitializationError: failed to validate logger args: " + why + " : exit status 1"
                        : category + why);
    }

    /// Carries over what a container that has been started writes, from its start.
    void follow(ContainerId id, Stream to) {
        followings.computeIfAbsent(id, _ -> containers.follow(id, reader(to)));
    }

    private Containers.Reader reader(Stream to) {
        if (to.firstLine() == null) {
            return line -> put(to, line.at(), line.text());
        }
        return new LogEvents(to.firstLine(), to.interval(), timers, (at, text) -> put(to, at, text));
    }

    private void put(Stream to, Instant at, String text) {
        sink.put(to.scope(), to.group(), to.stream(), at, text);
    }

    /// Waits until the last lines of a container that has ended are in. Blocks.
    void awaitEnd(ContainerId id) {
        var following = followings.get(id);
        if (following != null) {
            following.await(LAST_LINES);
        }
    }

    /// Goes on with a container that has been started again, in the same stream.
    void resume(ContainerId id) {
        var following = followings.get(id);
        if (following != null) {
            following.resume();
        }
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
