package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Credentials;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;

/// IAM and STS, put together.
public final class Iam {
    final RoleOperations roleOperations;
    final RolePolicies rolePolicies;
    final Policies policies;
    final PolicyVersions policyVersions;
    final ServiceLinkedRoles serviceLinkedRoles;
    final Users users = new Users();
    final Sts sts;
    private final RoleSessions roles;
    private final Sessions sessions;

    public Iam(Tables tables, Ids ids, Time time) {
        var directory = new Directory(tables);
        sessions = new Sessions(tables, ids, time);
        roleOperations = new RoleOperations(directory, ids, time);
        rolePolicies = new RolePolicies(directory);
        policies = new Policies(directory, ids, time);
        policyVersions = new PolicyVersions(directory, policies, time);
        serviceLinkedRoles = new ServiceLinkedRoles(tables, directory, ids, time);
        roles = new RoleSessions(directory, sessions, serviceLinkedRoles, ids);
        sts = new Sts(roles, sessions);
    }

    public Roles roles() {
        return roles;
    }

    /// Whose an access key is: a session's that STS gave out or a task has, or else what `others` make of it. It may be
    /// asked outside of any step.
    public Credentials credentials(Credentials others) {
        return sessions.credentials(others);
    }
}
