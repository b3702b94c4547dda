package dev.hakoniwa.ecs.exec;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.Identifier;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.task.Tasks;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.Phase;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.ecs.task.state.TaskKey;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandRequest;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandResponse;

/// Begins sessions in the containers of tasks (ecs-tasks.md §16).
final class ExecuteCommand {
    private static final Logger LOG = Logger.getLogger(ExecuteCommand.class);

    private final Clusters clusters;
    private final Tasks tasks;
    private final Sessions sessions;
    private final SessionLogs logs;
    private final StreamUrls urls;

    ExecuteCommand(Clusters clusters, Tasks tasks, Sessions sessions, SessionLogs logs, StreamUrls urls) {
        this.clusters = clusters;
        this.tasks = tasks;
        this.sessions = sessions;
        this.logs = logs;
        this.urls = urls;
    }

    ExecuteCommandResponse execute(Call call, ExecuteCommandRequest request) {
        if (!Boolean.TRUE.equals(request.interactive())) {
            throw Errors.invalidParameter("Interactive is the only mode supported currently.");
        }
        var command = Errors.present(request.command(), "Command");
        var cluster = clusters.resolve(call.scope(), request.cluster());
        var task = task(call.scope(), cluster.clusterName(), Errors.present(request.task(), "Task"));
        if (!task.spec().executeCommand()) {
            throw Errors.executeCommandNotEnabled();
        }
        var container = container(task, request.container());
        var runtime = Optional.ofNullable(container.runtime())
                .filter(_ -> container.phase() == Phase.RUNNING)
                .orElseThrow(Errors::executeCommandNotEnabled);

        var session = sessions.begin(call.scope(), runtime, command, logs.of(call.scope(), cluster, container));
        LOG.infof("task %s: session %s runs %s in container %s", task.key(), session.id(), command, container.name());
        return ExecuteCommandResponse.builder()
                .clusterArn(cluster.clusterArn())
                .taskArn(task.key().arn().toString())
                .containerArn(task.arnOf(container).toString())
                .containerName(container.name())
                .interactive(true)
                .session(s -> s.sessionId(session.id())
                        .streamUrl(urls.of(call, session.id()))
                        .tokenValue(session.newToken()))
                .build();
    }

    private LiveTask task(Scope scope, String cluster, String nameOrArn) {
        var id = Identifier.within(scope, cluster, "task", nameOrArn);
        return tasks.find(new TaskKey(scope, cluster, id)).orElseThrow(Errors::taskNotFound);
    }

    private static TaskContainer container(LiveTask task, @Nullable String name) {
        if (name == null || name.isBlank()) {
            if (task.containers().size() > 1) {
                throw Errors.severalContainers();
            }
            return task.containers().getFirst();
        }
        return task.container(name).orElseThrow(() -> Errors.containerNotFound(name));
    }
}
