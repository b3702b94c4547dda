package dev.hakoniwa.iam;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The roles and policies of every account. IAM is one for all regions.
final class Directory {
    private static final Region GLOBAL = new Region("aws-global");
    private static final String ATTACHED = "attached";
    private static final String BOUNDED = "bounded";

    /// By the name in small letters: IAM's names differ in more than case.
    private final Table<KeptRole> roles;

    /// Customers' policies, by the name in small letters.
    private final Table<KeptPolicy> policies;

    /// The names of the roles that use policies, by how they do, the policy's ARN and the role, parted by spaces.
    private final Table<String> links;

    Directory(Tables tables) {
        roles = tables.table("role");
        policies = tables.table("policy");
        links = tables.table("use of a policy");
    }

    static Arn arn(AccountId account, String resource) {
        return new Arn("aws", "iam", "", account.value(), resource);
    }

    static Scope scope(AccountId account) {
        return new Scope(account, GLOBAL);
    }

    Optional<KeptRole> findRole(AccountId account, String name) {
        return roles.find(scope(account), key(name));
    }

    KeptRole role(AccountId account, String name) {
        return findRole(account, name).orElseThrow(() -> Errors.roleNotFound(name));
    }

    /// The role, unless only AWS may change it.
    KeptRole modifiable(AccountId account, String name) {
        var role = role(account, name);
        if (role.isServiceLinked()) {
            throw Errors.protectedRole(role.name());
        }
        return role;
    }

    List<KeptRole> roles(AccountId account) {
        return roles.all(scope(account));
    }

    KeptRole put(AccountId account, KeptRole role) {
        findRole(account, role.name()).ifPresent(before -> unlink(account, before));
        for (var arn : role.attached().keySet()) {
            links.put(scope(account), link(ATTACHED, arn) + key(role.name()), role.name());
        }
        boundary(role).ifPresent(arn -> links.put(scope(account), link(BOUNDED, arn) + key(role.name()), role.name()));
        return roles.put(scope(account), key(role.name()), role);
    }

    void remove(AccountId account, KeptRole role) {
        unlink(account, role);
        roles.remove(scope(account), key(role.name()));
    }

    /// A policy of the account, or one of AWS's.
    Optional<KeptPolicy> findPolicy(AccountId account, String arn) {
        var managed = ManagedPolicies.find(arn);
        if (managed.isPresent()) {
            return managed;
        }
        return Arn.parse(arn)
                .filter(parsed ->
                        parsed.service().equals("iam") && parsed.account().equals(account.value()))
                .flatMap(parsed -> policies.find(
                        scope(account),
                        key(parsed.resource().substring(parsed.resource().lastIndexOf('/') + 1))))
                .filter(policy -> policy.arn().equals(arn));
    }

    KeptPolicy policy(AccountId account, String arn) {
        return findPolicy(account, arn).orElseThrow(() -> Errors.policyNotFound(arn));
    }

    boolean hasPolicy(AccountId account, String name) {
        return policies.contains(scope(account), key(name));
    }

    List<KeptPolicy> policies(AccountId account) {
        return policies.all(scope(account));
    }

    void put(AccountId account, KeptPolicy policy) {
        policies.put(scope(account), key(policy.shape().policyName()), policy);
    }

    void remove(AccountId account, KeptPolicy policy) {
        policies.remove(scope(account), key(policy.shape().policyName()));
    }

    /// The names of the roles that the policy is attached to.
    List<String> attachedRoles(AccountId account, String policyArn) {
        return links.startingWith(scope(account), link(ATTACHED, policyArn));
    }

    /// The names of the roles that the policy is the permissions boundary of.
    List<String> boundedRoles(AccountId account, String policyArn) {
        return links.startingWith(scope(account), link(BOUNDED, policyArn));
    }

    private void unlink(AccountId account, KeptRole role) {
        for (var arn : role.attached().keySet()) {
            links.remove(scope(account), link(ATTACHED, arn) + key(role.name()));
        }
        boundary(role).ifPresent(arn -> links.remove(scope(account), link(BOUNDED, arn) + key(role.name())));
    }

    private static Optional<String> boundary(KeptRole role) {
        return Optional.ofNullable(role.shape().permissionsBoundary()).map(b -> b.permissionsBoundaryArn());
    }

    private static String link(String kind, String policyArn) {
        return kind + " " + policyArn + " ";
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
