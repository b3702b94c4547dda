package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerSpec.Network;
import dev.hakoniwa.runtime.ContainerSpec.Source;
import dev.hakoniwa.runtime.ContainerSpec.VolumesFrom;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.EngineEvent;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.Health;
import dev.hakoniwa.runtime.LogLine;
import dev.hakoniwa.runtime.PublishedPort;
import dev.hakoniwa.runtime.Terminal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Containers in memory, by Docker's rules. Nothing takes time: one that doesn't stop in its time is killed at once.
public final class SimulatedContainers implements Containers {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
    private static final long LEAST_MEMORY = 6L << 20;
    private static final int KILLED = 137;

    private final Host host;
    private final Ids ids;
    private final SimulatedImages images;
    private final SimulatedNetworks networks;
    private final SimulatedVolumes volumes;
    private final HostPorts hostPorts = new HostPorts();
    private final Map<ContainerId, SimulatedContainer> containers = new LinkedHashMap<>();

    public SimulatedContainers(
            Host host, Ids ids, SimulatedImages images, SimulatedNetworks networks, SimulatedVolumes volumes) {
        this.host = host;
        this.ids = ids;
        this.images = images;
        this.networks = networks;
        this.volumes = volumes;
        volumes.usedBy(this::userOfVolume);
    }

    @Override
    public ContainerId create(ContainerSpec spec) {
        return host.call(() -> {
            check(spec);
            host.behaviour().refuseCreate(spec).ifPresent(refusal -> {
                throw refusal;
            });
            var container = new SimulatedContainer(
                    host,
                    new ContainerId(ids.hex(64)),
                    spec,
                    images.mustHave(spec.image()).id());
            volumesOf(spec).forEach(volumes::mounted);
            containers.put(container.id(), container);
            return container.id();
        });
    }

    @Override
    public void start(ContainerId id) {
        host.call(() -> {
            var container = find(id);
            if (container.isRunning()) {
                return;
            }
            try {
                begin(container);
            } catch (EngineException refusal) {
                container.refused(refusal.text());
                release(id);
                throw refusal;
            }
        });
    }

    @Override
    public void stop(ContainerId id, Duration timeout) {
        host.call(() -> {
            var container = find(id);
            if (container.isRunning()) {
                end(container, container.stopCode(timeout), false);
            }
        });
    }

    @Override
    public void remove(ContainerId id) {
        host.call(() -> {
            var container = containers.get(id);
            if (container == null) {
                return;
            }
            if (container.isRunning()) {
                end(container, KILLED, false);
            }
            containers.remove(id);
            host.tell(new EngineEvent.Removed(id));
        });
    }

    @Override
    public ContainerState inspect(ContainerId id) {
        return host.call(() -> find(id).view());
    }

    @Override
    public List<ContainerState> list(Map<String, String> labels) {
        return host.call(() -> containers.values().stream()
                .filter(container -> LabelFilter.matches(container.spec().labels(), labels))
                .map(SimulatedContainer::view)
                .toList());
    }

    @Override
    public Optional<String> stats(ContainerId id) {
        return host.call(() -> find(id).stats());
    }

    @Override
    public Size size(ContainerId id) {
        return host.call(() -> find(id).size());
    }

    /// There is no namespace to enter: every command is found good.
    @Override
    public CommandResult runInNetworkOf(ContainerId id, List<String> command) {
        return host.call(() -> {
            if (!find(id).isRunning()) {
                throw Refusals.notRunning(id.value());
            }
            return new CommandResult(0, "");
        });
    }

    @Override
    public Terminal runAtTerminal(ContainerId id, List<String> command, Terminal.Watcher watcher) {
        return host.call(() -> {
            var container = find(id);
            if (!container.isRunning()) {
                throw Refusals.notRunning(id.value());
            }
            return container.terminals().open(command, watcher);
        });
    }

    @Override
    public Following follow(ContainerId id, Reader reader) {
        return host.call(() -> find(id).journal().follow(reader));
    }

    /// Ends the container's process as if by itself; one that does not run stays as it is.
    public void exit(ContainerId id, int code, boolean outOfMemory) {
        host.happen(() -> {
            var container = containers.get(id);
            if (container != null && container.isRunning()) {
                end(container, code, outOfMemory);
            }
        });
    }

    public void exitAll(int code) {
        host.happen(() -> containers.values().stream()
                .filter(SimulatedContainer::isRunning)
                .forEach(container -> end(container, code, false)));
    }

    /// A running container that is in the group.
    public Optional<ContainerId> memberOfGroup(String group) {
        return containers.values().stream()
                .filter(container -> container.isRunning()
                        && container.spec().limits().group().equals(group))
                .map(SimulatedContainer::id)
                .findFirst();
    }

    public void setHealth(ContainerId id, Health health) {
        host.happen(() -> find(id).fixHealth(health));
    }

    public void write(ContainerId id, String stream, String text) {
        host.happen(() -> find(id).journal().write(new LogLine(stream, host.now(), text)));
    }

    /// Nothing happens any more.
    public void close() {
        host.happen(() -> containers.values().forEach(SimulatedContainer::cancelTimers));
    }

    /// Every container as it is, whether or not the engine answers.
    public List<ContainerState> all() {
        return host.happening(
                () -> containers.values().stream().map(SimulatedContainer::view).toList());
    }

    /// What the container was made from.
    public ContainerSpec spec(ContainerId id) {
        return host.happening(() -> find(id).spec());
    }

    private void check(ContainerSpec spec) {
        if (!NAME.matcher(spec.name()).matches()) {
            throw Refusals.invalidName(spec.name());
        }
        containers.values().stream()
                .filter(other -> other.spec().name().equals(spec.name()))
                .findFirst()
                .ifPresent(other -> {
                    throw Refusals.nameTaken(spec.name(), other.id().value());
                });
        var memory = spec.limits().memory();
        if (memory != 0 && memory < LEAST_MEMORY) {
            throw Refusals.tooLittleMemory();
        }
        spec.options().volumesFrom().stream().map(VolumesFrom::container).forEach(this::find);
        if (spec.network() instanceof Network.Joined) {
            JoinedRules.check(spec);
        }
    }

    private void begin(SimulatedContainer container) {
        host.behaviour().refuseStart(container.spec()).ifPresent(refusal -> {
            throw refusal;
        });
        var address = connect(container);
        var ports = switch (container.spec().network()) {
            case Network.Attached _, Network.Bridge _ -> hostPorts.publish(container.id(), container.spec());
            case Network.Joined _, Network.Host _, Network.None _ -> List.<PublishedPort>of();
        };
        container.begin(address, ports, () -> end(container, container.ownExitCode(), false));
    }

    private String connect(SimulatedContainer container) {
        return switch (container.spec().network()) {
            case Network.Attached(var network, var address) -> {
                networks.connect(container.id(), network, address);
                yield address;
            }
            case Network.Bridge _ -> networks.connect(container.id());
            case Network.Joined(var owner) -> {
                if (!find(owner).isRunning()) {
                    throw Refusals.ownerNotRunning(owner.value());
                }
                yield "";
            }
            case Network.Host _, Network.None _ -> "";
        };
    }

    private void end(SimulatedContainer container, int code, boolean outOfMemory) {
        container.exit(code, outOfMemory);
        release(container.id());
    }

    private void release(ContainerId id) {
        networks.disconnect(id);
        hostPorts.release(id);
    }

    private SimulatedContainer find(ContainerId id) {
        var container = containers.get(id);
        if (container == null) {
            throw Refusals.noSuchContainer(id.value());
        }
        return container;
    }

    private Optional<ContainerId> userOfVolume(String name) {
        return containers.values().stream()
                .filter(container -> volumesOf(container.spec()).anyMatch(name::equals))
                .map(SimulatedContainer::id)
                .findFirst();
    }

    private static Stream<String> volumesOf(ContainerSpec spec) {
        return spec.mounts().stream().flatMap(mount -> switch (mount.source()) {
            case Source.Volume volume -> Stream.of(volume.name());
            case Source.HostPath _ -> Stream.empty();
        });
    }
}
