package dev.hakoniwa.tmds;

import dev.hakoniwa.ecs.Agent;
import dev.hakoniwa.ecs.Agent.Endpoint;
import dev.hakoniwa.ecs.TaskMetadata;
import java.util.Optional;

/// Tells which task asks. Its address tells, unless it shares the machine's; then whoever knows an id may use it. An id
/// of another task is as good as none. A container may ask before its address is known: until then its ids, and no
/// others, are good from an address that is nobody's.
final class Callers {
    private final Agent agent;

    Callers(Agent agent) {
        this.agent = agent;
    }

    Optional<TaskMetadata> task(Ask ask) {
        return agent.taskAt(ask.source());
    }

    Optional<Endpoint> endpoint(Ask ask, String id) {
        return agent.endpoint(id).filter(found -> mayUse(ask, id, found.task().arn()));
    }

    /// Whether an id is good for who asks.
    ///
    /// @param taskArn the task that the id stands for
    boolean mayUse(Ask ask, String id, String taskArn) {
        return task(ask)
                .map(caller -> caller.arn().equals(taskArn))
                .orElseGet(() -> ask.isFromMachine() || agent.isStarting(id));
    }
}
