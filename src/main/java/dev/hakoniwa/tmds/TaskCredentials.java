package dev.hakoniwa.tmds;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.ecs.Agent;
import dev.hakoniwa.ecs.Agent.TaskRole;
import dev.hakoniwa.iam.Roles;
import dev.hakoniwa.iam.Roles.Session;
import java.time.Duration;
import java.util.function.Predicate;

/// Temporary keys of tasks' roles: the same ones until half of their life is over, then new ones.
final class TaskCredentials {
    private static final Duration LIFE = Duration.ofHours(6);

    /// An id is looked for before it is known whose it is.
    private static final Scope EVERYWHERE = new Scope(new AccountId("000000000000"), new Region("us-east-1"));

    private final Foundation foundation;
    private final Agent agent;
    private final Roles roles;
    private final Table<Session> sessions;

    TaskCredentials(Foundation foundation, Agent agent, Roles roles) {
        this.foundation = foundation;
        this.agent = agent;
        this.roles = roles;
        this.sessions = foundation.tables().table("task credentials");
    }

    /// @param version of the API, for its messages
    /// @param mayUse whether who asks may have what is the task's with this ARN
    Answer of(String id, int version, Predicate<String> mayUse) {
        var prefix = "CredentialsV" + version + "Request: ";
        if (id.isEmpty()) {
            return Answer.error(400, "NoIdInRequest", prefix + "No Credential ID in the request");
        }
        return agent.role(id)
                .filter(role -> mayUse.test(role.taskArn()))
                .map(role -> answer(role, session(id, role)))
                .orElseGet(() -> Answer.error(400, "InvalidIdInRequest", prefix + "Credentials not found"));
    }

    private Session session(String id, TaskRole role) {
        return foundation
                .tables()
                .write(() -> sessions.find(EVERYWHERE, id).filter(this::isFresh).orElseGet(() -> assume(id, role)));
    }

    private boolean isFresh(Session session) {
        var renewal = session.expiration().minus(LIFE.dividedBy(2));
        return foundation.clock().instant().isBefore(renewal);
    }

    private Session assume(String id, TaskRole role) {
        var session = roles.assume(role.role(), role.session(), LIFE);
        foundation.timers().after(LIFE, () -> foundation.tables().write(() -> forget(id, session)));
        return sessions.put(EVERYWHERE, id, session);
    }

    private void forget(String id, Session expired) {
        if (sessions.find(EVERYWHERE, id).filter(expired::equals).isPresent()) {
            sessions.remove(EVERYWHERE, id);
        }
    }

    private static Answer answer(TaskRole role, Session session) {
        return Answer.of(JsonNodeFactory.instance
                .objectNode()
                .put("RoleArn", role.role().toString())
                .put("AccessKeyId", session.accessKeyId())
                .put("SecretAccessKey", session.secretAccessKey())
                .put("Token", session.sessionToken())
                .put("Expiration", session.expiration().toString()));
    }
}
