package dev.hakoniwa.ecs.exec;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.task.engine.ContainerLogs;
import dev.hakoniwa.ecs.task.engine.ContainerLogs.Group;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.logs.LogSink;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandConfiguration;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandLogConfiguration;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandLogging;

/// Keeps what sessions have shown, once they have ended, in CloudWatch Logs: where their container logs to unless their
/// cluster says otherwise, in a stream of the session's name.
final class SessionLogs {
    private final Foundation foundation;
    private final LogSink sink;

    SessionLogs(Foundation foundation, LogSink sink) {
        this.foundation = foundation;
        this.sink = sink;
    }

    /// What keeps a session of the container.
    Consumer<Session> of(Scope scope, Cluster cluster, TaskContainer container) {
        var group = group(scope, cluster, container);
        return session -> group.ifPresent(to -> foundation.tables().write(() -> keep(session, to)));
    }

    private static Optional<Group> group(Scope scope, Cluster cluster, TaskContainer container) {
        var wanted = Optional.ofNullable(cluster.configuration()).map(c -> c.executeCommandConfiguration());
        return switch (wanted.map(ExecuteCommandConfiguration::logging).orElse(ExecuteCommandLogging.DEFAULT)) {
            case DEFAULT -> ContainerLogs.group(scope, container);
            case OVERRIDE ->
                wanted.map(ExecuteCommandConfiguration::logConfiguration)
                        .map(ExecuteCommandLogConfiguration::cloudWatchLogGroupName)
                        .map(name -> new Group(scope, name));
            case NONE, UNKNOWN_TO_SDK_VERSION -> Optional.empty();
        };
    }

    private void keep(Session session, Group group) {
        var lines = session.shown();
        if (lines.isEmpty() || !sink.groupExists(group.scope(), group.name())) {
            return;
        }
        sink.createStream(group.scope(), group.name(), session.id());
        var now = foundation.clock().instant();
        lines.forEach(line -> sink.put(group.scope(), group.name(), session.id(), now, line));
    }
}
