package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.Ports;
import dev.hakoniwa.ecs.task.state.TaskKey;
import dev.hakoniwa.ecs.task.state.TaskSpec;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.NetworkMode;

/// The host ports that tasks insist on: one machine stands for every container instance, so each is given once,
/// whatever the account and region.
public final class HostPorts {
    /// What a container instance keeps for itself: SSH, the engine's API and the ECS agent's.
    private static final Set<String> RESERVED =
            Set.of("tcp/22", "tcp/2375", "tcp/2376", "tcp/51678", "tcp/51679", "tcp/51680");

    private final Table<TaskKey> taken;

    public HostPorts(Tables tables) {
        taken = tables.table("host port");
    }

    public boolean anyTaken(TaskSpec spec) {
        return fixed(spec).anyMatch(port -> RESERVED.contains(port) || isTaken(port));
    }

    private boolean isTaken(String port) {
        return taken.scopes().stream().anyMatch(scope -> taken.contains(scope, port));
    }

    public void take(LiveTask task) {
        fixed(task.spec()).forEach(port -> taken.put(task.key().scope(), port, task.key()));
    }

    void free(LiveTask task) {
        fixed(task.spec()).forEach(port -> taken.remove(task.key().scope(), port));
    }

    /// A task of awsvpc has addresses, and with them ports, of its own.
    private static Stream<String> fixed(TaskSpec spec) {
        if (spec.networkMode() == NetworkMode.AWSVPC || spec.isFargate()) {
            return Stream.empty();
        }
        return spec.containers().stream()
                .flatMap(container -> Ports.of(container).stream())
                .filter(port -> port.hostPort() > 0)
                .map(port -> port.transport().name().toLowerCase(Locale.ROOT) + "/" + port.hostPort());
    }
}
