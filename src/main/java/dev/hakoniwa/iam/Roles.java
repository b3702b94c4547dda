package dev.hakoniwa.iam;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Arn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What other services ask about roles. All belongs inside a step of the writer.
public interface Roles {
    /// Whether there is such a role.
    boolean exists(Arn role);

    /// Whether the role's trust policy lets a service, such as `ecs-tasks.amazonaws.com`, assume it.
    boolean trusts(Arn role, String service);

    /// Temporary credentials of the role, which the API knows again when it is called with them. The role need not be
    /// there, as permissions are not enforced.
    ///
    /// @param sessionName such as a task's id; it is the last part of the session's ARN
    Session assume(Arn role, String sessionName, Duration life);

    /// Why a session of the role may not do something: what its policies and its permissions boundary refuse. Empty if
    /// they don't, and if there is no such role. Conditions are taken for met where that allows.
    ///
    /// @param action such as `ssm:GetParameters`
    /// @param resource its ARN
    Optional<AwsError> refusal(Arn role, String sessionName, String action, String resource);

    /// Makes sure that the account has a service's own role, as the service does when it is first used.
    ///
    /// @param service such as `ecs.amazonaws.com`
    Arn ensureServiceLinkedRole(AccountId account, String service);

    /// Temporary credentials.
    ///
    /// @param principal the ARN of who calls with them
    /// @param userId as GetCallerIdentity tells it, such as `AROA…:session`
    record Session(
            String accessKeyId,
            String secretAccessKey,
            String sessionToken,
            Instant expiration,
            AccountId account,
            String principal,
            String userId) {}
}
