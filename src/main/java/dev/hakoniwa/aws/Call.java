package dev.hakoniwa.aws;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;

/// Who calls, and where: the account and region the call is for, the access key it came with, and its request id.
///
/// @param principal the ARN of the caller, as GetCallerIdentity tells it
/// @param host the host, and port, at which it called; empty if it didn't say
public record Call(Scope scope, String accessKeyId, String principal, String requestId, String host) {
    public AccountId account() {
        return scope.account();
    }

    public Region region() {
        return scope.region();
    }

    public Arn arn(String service, String resource) {
        return scope.arn(service, resource);
    }
}
