package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import java.util.Optional;

/// Which task: its cluster and its id (32 hexadecimal digits) in one scope.
public record TaskKey(Scope scope, String cluster, String id) {
    /// The task that a long ARN names; empty if it names none.
    public static Optional<TaskKey> of(Arn arn) {
        var parts = arn.resource().split("/", -1);
        var isTask = arn.service().equals("ecs")
                && parts.length == 3
                && parts[0].equals("task")
                && AccountId.isAccountId(arn.account())
                && Region.isRegion(arn.region());
        if (!isTask) {
            return Optional.empty();
        }
        var scope = new Scope(new AccountId(arn.account()), new Region(arn.region()));
        return Optional.of(new TaskKey(scope, parts[1], parts[2]));
    }

    public Arn arn() {
        return scope.arn("ecs", "task/" + cluster + "/" + id);
    }

    /// The key of the task's row; tasks of a cluster stand together.
    public String row() {
        return cluster + "/" + id;
    }

    @Override
    public String toString() {
        return id;
    }
}
