package dev.hakoniwa.tmds;

import dev.hakoniwa.ecs.Agent;
import dev.hakoniwa.ecs.Agent.Endpoint;
import dev.hakoniwa.ecs.TaskMetadata;
import java.util.Optional;

/// Tells which task asks. Its address tells, unless it shares the machine's; then whoever knows an id may use it. An id
/// of another task is as good as none.
final class Callers {
    private final Agent agent;

    Callers(Agent agent) {
        this.agent = agent;
    }

    Optional<TaskMetadata> task(Ask ask) {
        return agent.taskAt(ask.source());
    }

    Optional<Endpoint> endpoint(Ask ask, String id) {
        var caller = task(ask);
        return agent.endpoint(id)
                .filter(found -> caller.isEmpty()
                        || caller.get().arn().equals(found.task().arn()));
    }
}
