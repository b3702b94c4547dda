package dev.hakoniwa.ecs.task;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.task.life.Retention;
import dev.hakoniwa.ecs.task.life.TaskTable;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

/// Makes RunTask idempotent: the same token with the same parameters gives the same tasks (ecs-tasks.md §3). SDKs send
/// a random token with every call, so only the newest are kept.
final class ClientTokens {
    private static final Duration LIFE = Duration.ofHours(24);
    private static final int MOST = 5_000;
    private static final int LONGEST = 64;

    private final TaskTable tasks;
    private final Table<Used> used;
    private final Retention<Token> retention;

    ClientTokens(Foundation foundation, TaskTable tasks) {
        this.tasks = tasks;
        this.used = foundation.tables().table("client token");
        this.retention = new Retention<>(foundation, LIFE, MOST, token -> used.remove(token.scope(), token.row()));
    }

    private record Token(Scope scope, String cluster, String text) {
        String row() {
            return cluster + " " + text;
        }
    }

    private record Used(RunTaskRequest request, List<TaskKey> tasks) {}

    /// The tasks of an earlier request with the same token, as far as they are still known.
    Optional<List<LiveTask>> earlier(Scope scope, String cluster, RunTaskRequest request) {
        var token = request.clientToken();
        if (token == null) {
            return Optional.empty();
        }
        check(token);
        var before = used.find(scope, new Token(scope, cluster, token).row());
        before.filter(b -> !b.request().equals(request)).ifPresent(b -> {
            throw Errors.conflict(
                    b.tasks().stream().map(t -> t.arn().toString()).toList());
        });
        return before.map(
                b -> b.tasks().stream().flatMap(t -> tasks.find(t).stream()).toList());
    }

    void remember(Scope scope, String cluster, RunTaskRequest request, List<TaskKey> started) {
        if (request.clientToken() == null || started.isEmpty()) {
            return;
        }
        var token = new Token(scope, cluster, request.clientToken());
        used.put(scope, token.row(), new Used(request, started));
        retention.keep(token);
    }

    private static void check(String token) {
        if (token.length() > LONGEST) {
            throw Errors.invalidParameter("clientToken can have at most " + LONGEST + " characters.");
        }
        if (!token.chars().allMatch(c -> c >= '!' && c <= '~')) {
            throw Errors.invalidParameter("clientToken can only contain ASCII characters in the range of 33-126.");
        }
    }
}
