package dev.hakoniwa.iam;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Ids;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/// Answers other services about roles.
final class RoleSessions implements Roles {
    private final Directory directory;
    private final Sessions sessions;
    private final ServiceLinkedRoles serviceLinkedRoles;
    private final Ids ids;

    RoleSessions(Directory directory, Sessions sessions, ServiceLinkedRoles serviceLinkedRoles, Ids ids) {
        this.directory = directory;
        this.sessions = sessions;
        this.serviceLinkedRoles = serviceLinkedRoles;
        this.ids = ids;
    }

    @Override
    public boolean exists(Arn role) {
        return find(role).isPresent();
    }

    @Override
    public boolean trusts(Arn role, String service) {
        return find(role)
                .map(kept -> kept.shape().assumeRolePolicyDocument())
                .filter(trust -> PolicyDocument.trustedServices(trust).contains(service))
                .isPresent();
    }

    @Override
    public Session assume(Arn role, String sessionName, Duration life) {
        var account = new AccountId(role.account());
        var roleId = find(role).map(kept -> kept.shape().roleId()).orElseGet(() -> RoleOperations.roleId(ids));
        return sessions.add(account, principal(role, sessionName), roleId + ":" + sessionName, life);
    }

    @Override
    public Optional<AwsError> refusal(Arn role, String sessionName, String action, String resource) {
        return find(role).flatMap(kept -> {
            var account = new AccountId(role.account());
            var own = Stream.concat(
                    kept.inline().values().stream(),
                    documents(account, kept.attached().keySet()));
            var limit = kept.shape().permissionsBoundary();
            var boundary = limit == null
                    ? null
                    : documents(account, Set.of(limit.permissionsBoundaryArn())).toList();
            return Permissions.refusal(own.toList(), boundary, action, resource)
                    .map(why -> Errors.notAuthorized(principal(role, sessionName), action, resource, why));
        });
    }

    private Stream<String> documents(AccountId account, Set<String> policies) {
        return policies.stream()
                .flatMap(arn -> directory.findPolicy(account, arn).stream())
                .flatMap(policy -> policy.version(policy.shape().defaultVersionId()).stream())
                .map(PolicyVersion::document);
    }

    private static String principal(Arn role, String sessionName) {
        return new Arn("aws", "sts", "", role.account(), "assumed-role/" + name(role) + "/" + sessionName).toString();
    }

    @Override
    public Arn ensureServiceLinkedRole(AccountId account, String service) {
        return serviceLinkedRoles.ensure(account, service);
    }

    Optional<KeptRole> find(Arn role) {
        var isRole = role.service().equals("iam")
                && role.resourceType().equals("role")
                && AccountId.isAccountId(role.account());
        if (!isRole) {
            return Optional.empty();
        }
        return directory
                .findRole(new AccountId(role.account()), name(role))
                .filter(kept -> kept.shape().arn().equals(role.toString()));
    }

    private static String name(Arn role) {
        return role.resource().substring(role.resource().lastIndexOf('/') + 1);
    }
}
