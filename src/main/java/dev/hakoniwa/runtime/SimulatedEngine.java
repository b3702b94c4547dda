package dev.hakoniwa.runtime;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Timers;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.simulated.Host;
import dev.hakoniwa.runtime.simulated.SimulatedContainers;
import dev.hakoniwa.runtime.simulated.SimulatedGroups;
import dev.hakoniwa.runtime.simulated.SimulatedImages;
import dev.hakoniwa.runtime.simulated.SimulatedNetworks;
import dev.hakoniwa.runtime.simulated.SimulatedVolumes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// An engine that only pretends: no process runs. It keeps Docker's rules and gives Docker's errors, no call takes
/// time, and what happens by itself is its [Behaviour]'s doing or that of who calls [#exit], [#goAway] and their like.
///
/// With timers that are moved by hand, and one thread, everything it does depends on what it is asked alone.
public final class SimulatedEngine implements Engine {
    private static final String KIND = "simulated";
    private static final String VERSION = "1";
    private static final String AWAY = "the simulated engine is away";
    private static final int KILLED = 137;

    private final Host host;
    private final SimulatedImages images;
    private final SimulatedNetworks networks;
    private final SimulatedVolumes volumes;
    private final SimulatedGroups groups;
    private final SimulatedContainers containers;

    public SimulatedEngine(Timers timers, InstantSource clock, Ids ids, Behaviour behaviour) {
        host = new Host(timers, clock, behaviour);
        images = new SimulatedImages(host);
        networks = new SimulatedNetworks(host);
        volumes = new SimulatedVolumes(host);
        groups = new SimulatedGroups(host);
        containers = new SimulatedContainers(host, ids, images, networks, volumes);
        groups.joinedBy(containers::memberOfGroup);
    }

    @Override
    public Containers containers() {
        return containers;
    }

    @Override
    public Images images() {
        return images;
    }

    @Override
    public Networks networks() {
        return networks;
    }

    @Override
    public Volumes volumes() {
        return volumes;
    }

    @Override
    public Groups groups() {
        return groups;
    }

    @Override
    public String address() {
        return "127.0.0.1";
    }

    @Override
    public Optional<ContainerId> home() {
        return Optional.empty();
    }

    @Override
    public EngineStatus status() {
        return status(!host.isAway());
    }

    @Override
    public void listen(Consumer<EngineEvent> listener) {
        host.listen(
                listener,
                () -> host.isAway() ? new EngineEvent.Disconnected(AWAY) : new EngineEvent.Connected(status(true)));
    }

    @Override
    public void close() {
        containers.close();
    }

    /// Ends a running container's process as if by itself.
    public void exit(ContainerId id, int code) {
        containers.exit(id, code, false);
    }

    /// Ends a running container's process for the memory it wanted.
    public void oom(ContainerId id) {
        containers.exit(id, KILLED, true);
    }

    /// From now on the container's health is this, whatever its [Behaviour] says.
    public void health(ContainerId id, Health health) {
        containers.setHealth(id, health);
    }

    /// Lets a running container write a line to `stdout` or `stderr`.
    public void write(ContainerId id, String stream, String text) {
        containers.write(id, stream, text);
    }

    /// From now on no call is answered and no event told. Containers run on.
    public void goAway() {
        host.setAway(true, new EngineEvent.Disconnected(AWAY));
    }

    public void comeBack() {
        host.setAway(false, new EngineEvent.Connected(status(true)));
    }

    /// Goes away, loses every running container (exit code 137, no event) and comes back.
    public void restart() {
        goAway();
        containers.exitAll(KILLED);
        comeBack();
    }

    /// Makes the next pull of this image fail with `text`; asked for twice, the next two do.
    public void failNextPull(String reference, String text) {
        images.failNextPull(reference, new EngineException(Kind.REFUSED, text));
    }

    /// Puts another image under the reference in its registry; the engine has it when it pulls again.
    public void publish(String reference, String digest) {
        images.publish(reference, digest);
    }

    /// Gives the engine an image without a pull.
    public void putImage(String reference) {
        images.put(reference);
    }

    /// Takes an image from the engine.
    public void forgetImage(String reference) {
        images.forget(reference);
    }

    /// Every container as it is, oldest first, whether or not the engine answers.
    public List<ContainerState> everything() {
        return containers.all();
    }

    /// What the container was made from.
    public ContainerSpec spec(ContainerId id) {
        return containers.spec(id);
    }

    /// What has been put into a file of a volume; empty if nothing has.
    public Optional<String> file(String volume, String file) {
        return volumes.file(volume, file);
    }

    private static EngineStatus status(boolean reachable) {
        return new EngineStatus(KIND, VERSION, reachable, reachable ? "simulated: no container runs for real" : AWAY);
    }
}
