package dev.hakoniwa.ecs.task.resource;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.iam.Roles;
import java.util.Optional;

/// As whom a task's secrets and files are read.
final class ExecutionRole {
    private final Tables tables;
    private final Roles roles;

    ExecutionRole(Tables tables, Roles roles) {
        this.tables = tables;
        this.roles = roles;
    }

    /// Throws the refusal that the role's policies call for. A task without an execution role, or with one that was
    /// never created here, may read everything: many a test names a role that it doesn't make.
    void check(LiveTask task, String action, String resource) {
        var role = arn(task);
        role.flatMap(arn -> tables.write(() -> roles.refusal(arn, task.key().id(), action, resource)))
                .ifPresent(refusal -> {
                    throw refusal;
                });
    }

    private static Optional<Arn> arn(LiveTask task) {
        return Optional.ofNullable(task.spec().overrides().executionRoleArn())
                .or(() -> Optional.ofNullable(task.spec().definition().executionRoleArn()))
                .flatMap(Arn::parse);
    }
}
