package dev.hakoniwa.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.PortRows;
import dev.hakoniwa.runtime.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Gatherers;

/// Docker's containers.
final class DockerContainers implements Containers, AutoCloseable {
    private static final int INSPECTIONS_AT_ONCE = 16;

    private final Daemon daemon;
    private final StatsReader stats;
    private final FreePorts freePorts = new FreePorts();
    private final Set<LogFollower> followers = ConcurrentHashMap.newKeySet();
    private final Set<DockerTerminal> terminals = ConcurrentHashMap.newKeySet();

    DockerContainers(Daemon daemon) {
        this.daemon = daemon;
        this.stats = new StatsReader(daemon);
    }

    @Override
    public ContainerId create(ContainerSpec spec) {
        var ports = PortRows.chosen(spec.ports(), freePorts);
        return daemon.ask(client ->
                new ContainerId(ContainerRequest.of(client, spec, ports).exec().getId()));
    }

    @Override
    public void start(ContainerId id) {
        change(client -> client.startContainerCmd(id.value()).exec());
    }

    @Override
    public void stop(ContainerId id, Duration timeout) {
        var seconds = Math.toIntExact(timeout.plusNanos(999_999_999).toSeconds());
        change(client ->
                client.stopContainerCmd(id.value()).withTimeout(seconds).exec());
    }

    @Override
    public void remove(ContainerId id) {
        stats.forget(id);
        try {
            change(client -> client.removeContainerCmd(id.value())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec());
        } catch (EngineException e) {
            switch (e.kind()) {
                case NOT_FOUND -> {}
                case CONFLICT -> awaitRemoval(id);
                case UNAUTHORIZED, UNAVAILABLE, REFUSED -> throw e;
            }
        }
    }

    @Override
    public ContainerState inspect(ContainerId id) {
        return daemon.ask(client ->
                ContainerView.of(client.inspectContainerCmd(id.value()).exec()));
    }

    @Override
    public List<ContainerState> list(Map<String, String> labels) {
        return daemon
                .ask(client -> client.listContainersCmd()
                        .withShowAll(true)
                        .withFilter("label", LabelFilter.of(labels))
                        .exec())
                .stream()
                .map(Container::getId)
                .gather(Gatherers.mapConcurrent(INSPECTIONS_AT_ONCE, this::inspectIfThere))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Optional<String> stats(ContainerId id) {
        return stats.read(id);
    }

    @Override
    public Size size(ContainerId id) {
        return stats.size(id);
    }

    @Override
    public CommandResult runInNetworkOf(ContainerId id, List<String> command) {
        var pid = daemon.ask(client -> client.inspectContainerCmd(id.value()).exec())
                .getState()
                .getPidLong();
        if (pid == null || pid == 0) {
            throw new EngineException(Kind.CONFLICT, "Container " + id + " is not running");
        }
        return new NetworkNamespace(id, pid).run(command);
    }

    @Override
    public Terminal runAtTerminal(ContainerId id, List<String> command, Terminal.Watcher watcher) {
        var terminal = DockerTerminal.open(daemon, id, command);
        terminals.add(terminal);
        terminal.start(watcher, () -> terminals.remove(terminal));
        return terminal;
    }

    @Override
    public Following follow(ContainerId id, Reader reader) {
        var config = daemon.ask(client -> client.inspectContainerCmd(id.value()).exec())
                .getConfig();
        var follower = new LogFollower(daemon, id, Boolean.TRUE.equals(config.getTty()), reader, followers);
        follower.resume();
        return follower;
    }

    @Override
    public void close() {
        followers.forEach(LogFollower::close);
        terminals.forEach(DockerTerminal::close);
    }

    private void change(Consumer<DockerClient> command) {
        daemon.ask(client -> {
            try {
                command.accept(client);
                return true;
            } catch (NotModifiedException _) {
                return false; // it is as wanted already
            }
        });
    }

    /// Somebody else is removing it: that ends soon, and then it is gone.
    private void awaitRemoval(ContainerId id) {
        try (var response = daemon.post("/containers/" + id + "/wait", Map.of("condition", "removed"))) {
            response.getBody().readAllBytes();
        } catch (EngineException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        } catch (IOException e) {
            throw daemon.failure(e);
        }
    }

    private Optional<ContainerState> inspectIfThere(String id) {
        return daemon.ask(client -> {
            try {
                return Optional.of(
                        ContainerView.of(client.inspectContainerCmd(id).exec()));
            } catch (NotFoundException | ConflictException _) {
                return Optional.empty();
            }
        });
    }
}
