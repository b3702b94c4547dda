package dev.hakoniwa.ecs.exec;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Index;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.exec.Session.Target;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Containers;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// The sessions that haven't ended.
public final class Sessions {
    private static final Logger LOG = Logger.getLogger(Sessions.class);
    private static final int MOST_OF_A_CONTAINER = 1_000;
    private static final int ID_LENGTH = 17;

    private final Foundation foundation;
    private final Containers containers;
    private final Table<Session> sessions;
    private final Index<Session> byContainer;

    Sessions(Foundation foundation, Containers containers) {
        this.foundation = foundation;
        this.containers = containers;
        sessions = foundation.tables().table("session");
        byContainer = new Index<>("session of container", foundation.tables());
    }

    /// The channel to a session for a client that has just connected; empty if there is no such session.
    public Optional<Channel> open(String id, Connection client) {
        return find(id).map(session -> new Channel(session, client));
    }

    public boolean exists(String id) {
        return find(id).isPresent();
    }

    /// Ends all sessions.
    public void close() {
        foundation
                .tables()
                .write(() -> sessions.scopes().stream()
                        .flatMap(scope -> sessions.all(scope).stream())
                        .toList())
                .forEach(Session::terminate);
    }

    /// Begins a session; its command begins with the first client. Belongs inside a step.
    ///
    /// @param whenOver told once it has ended
    Session begin(Scope scope, ContainerId in, String command, Consumer<Session> whenOver) {
        var container = in.value();
        if (byContainer.find(scope, container).size() >= MOST_OF_A_CONTAINER) {
            throw Errors.tooManySessions(MOST_OF_A_CONTAINER);
        }
        var id = "ecs-execute-command-" + foundation.ids().hex(ID_LENGTH);
        var target = new Target(containers, in, command);
        var session = new Session(id, target, foundation, over -> {
            foundation.tables().write(() -> {
                sessions.remove(scope, id);
                byContainer.move(scope, id, over, List.of(container), List.of());
            });
            LOG.infof("session %s has ended", id);
            whenOver.accept(over);
        });
        sessions.put(scope, id, session);
        byContainer.move(scope, id, session, List.of(), List.of(container));
        return session;
    }

    /// Belongs inside a step.
    Optional<Session> find(Scope scope, String id) {
        return sessions.find(scope, id);
    }

    private Optional<Session> find(String id) {
        return foundation
                .tables()
                .write(() -> sessions.scopes().stream()
                        .flatMap(scope -> sessions.find(scope, id).stream())
                        .findFirst());
    }
}
