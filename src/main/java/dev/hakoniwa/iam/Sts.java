package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.iam.Roles.Session;
import java.time.Duration;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/// The operations of STS. Permissions are not enforced: whoever calls may assume every role that is there.
final class Sts {
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]*");
    private static final int USUAL_SECONDS = 3600;
    private static final int CHAINED_SECONDS = 3600;
    private static final int TOKEN_SECONDS = 43_200;

    private final RoleSessions roles;
    private final Sessions sessions;

    Sts(RoleSessions roles, Sessions sessions) {
        this.roles = roles;
        this.sessions = sessions;
    }

    GetCallerIdentityResponse callerIdentity(Call call, GetCallerIdentityRequest request) {
        return GetCallerIdentityResponse.builder()
                .account(call.account().value())
                .arn(call.principal())
                .userId(userId(call))
                .build();
    }

    AssumeRoleResponse assumeRole(Call call, AssumeRoleRequest request) {
        var roleArn = Names.arn(request.roleArn(), "roleArn");
        var name = Names.required(request.roleSessionName(), "roleSessionName");
        new Constraints()
                .length("roleSessionName", name, 2, 64)
                .pattern("roleSessionName", name, SESSION_NAME)
                .range("durationSeconds", request.durationSeconds(), 900, 43_200)
                .check(Errors::validation);
        if (request.policy() != null) {
            PolicyDocument.identity(request.policy(), "policy");
        }
        var arn = Arn.parse(roleArn).orElseThrow(() -> Errors.validation(roleArn + " is invalid"));
        var role = roles.find(arn).orElseThrow(() -> Errors.assumeDenied(call.principal(), roleArn));
        var seconds = request.durationSeconds() == null ? USUAL_SECONDS : request.durationSeconds();
        checkDuration(call, seconds, role.shape().maxSessionDuration());
        var session = roles.assume(arn, name, Duration.ofSeconds(seconds));
        var response = AssumeRoleResponse.builder()
                .credentials(view(session))
                .assumedRoleUser(user -> user.arn(session.principal()).assumedRoleId(session.userId()))
                .sourceIdentity(request.sourceIdentity());
        if (request.policy() != null) {
            response.packedPolicySize(Math.ceilDiv(PolicyDocument.length(request.policy()) * 100, Policies.LENGTH));
        }
        return response.build();
    }

    GetSessionTokenResponse sessionToken(Call call, GetSessionTokenRequest request) {
        new Constraints()
                .range("durationSeconds", request.durationSeconds(), 900, 129_600)
                .check(Errors::validation);
        if (sessions.find(call.accessKeyId()).isPresent()) {
            throw Errors.noSessionTokenForSessions();
        }
        var seconds = request.durationSeconds() == null ? TOKEN_SECONDS : request.durationSeconds();
        var session = sessions.add(call.account(), call.principal(), userId(call), Duration.ofSeconds(seconds));
        return GetSessionTokenResponse.builder().credentials(view(session)).build();
    }

    private void checkDuration(Call call, int seconds, int most) {
        if (seconds > most) {
            throw Errors.validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        if (seconds > CHAINED_SECONDS && sessions.find(call.accessKeyId()).isPresent()) {
            throw Errors.validation(
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by "
                            + "role chaining.");
        }
    }

    /// The root user's id is the account.
    private String userId(Call call) {
        return sessions.find(call.accessKeyId())
                .map(Session::userId)
                .orElse(call.account().value());
    }

    private static Credentials view(Session session) {
        return Credentials.builder()
                .accessKeyId(session.accessKeyId())
                .secretAccessKey(session.secretAccessKey())
                .sessionToken(session.sessionToken())
                .expiration(session.expiration())
                .build();
    }
}
