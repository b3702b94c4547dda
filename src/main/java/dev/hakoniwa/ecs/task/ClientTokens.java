package dev.hakoniwa.ecs.task;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Timers;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.task.life.TaskTable;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

/// Makes RunTask idempotent: the same token with the same parameters gives the same tasks (ecs-tasks.md §3). SDKs send
/// a
/// random token with every call, so a token is only kept as long as a client may retry.
final class ClientTokens {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int LONGEST = 64;

    private final Tables tables;
    private final Timers timers;
    private final TaskTable tasks;
    private final Table<Used> used;

    ClientTokens(Tables tables, Timers timers, TaskTable tasks) {
        this.tables = tables;
        this.timers = timers;
        this.tasks = tasks;
        this.used = tables.table("client token");
    }

    private record Used(RunTaskRequest request, List<TaskKey> tasks) {}

    /// The tasks of an earlier request with the same token, as far as they are still known.
    Optional<List<LiveTask>> earlier(Scope scope, String cluster, RunTaskRequest request) {
        var token = request.clientToken();
        if (token == null) {
            return Optional.empty();
        }
        if (token.length() > LONGEST) {
            throw Errors.invalidParameter("clientToken can have at most " + LONGEST + " characters.");
        }
        var before = used.find(scope, key(cluster, token));
        before.filter(b -> !b.request().equals(request)).ifPresent(b -> {
            throw Errors.conflict(
                    b.tasks().stream().map(t -> t.arn().toString()).toList());
        });
        return before.map(
                b -> b.tasks().stream().flatMap(t -> tasks.find(t).stream()).toList());
    }

    void remember(Scope scope, String cluster, RunTaskRequest request, List<TaskKey> started) {
        var token = request.clientToken();
        if (token == null || started.isEmpty()) {
            return;
        }
        used.put(scope, key(cluster, token), new Used(request, started));
        tables.afterwards(() -> timers.after(LIFE, () -> tables.write(() -> used.remove(scope, key(cluster, token)))));
    }

    private static String key(String cluster, String token) {
        return cluster + " " + token;
    }
}
