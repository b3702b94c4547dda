package dev.hakoniwa.docker;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.Engine;
import dev.hakoniwa.runtime.EngineEvent;
import dev.hakoniwa.runtime.EngineStatus;
import dev.hakoniwa.runtime.Groups;
import dev.hakoniwa.runtime.Images;
import dev.hakoniwa.runtime.Networks;
import dev.hakoniwa.runtime.Volumes;
import java.util.Optional;
import java.util.function.Consumer;

/// Docker, or what speaks its API. It need not be there: it is looked for in the background, and whoever calls before
/// it is found, or after it is gone, hears that it is unavailable.
public final class DockerEngine implements Engine {
    private final Daemon daemon;
    private final EventWatch events;
    private final DockerContainers containers;
    private final DockerImages images;
    private final DockerNetworks networks;
    private final DockerVolumes volumes;
    private final DockerGroups groups;

    private DockerEngine(DefaultDockerClientConfig config) {
        daemon = new Daemon(config);
        containers = new DockerContainers(daemon);
        images = new DockerImages(daemon);
        networks = new DockerNetworks(daemon);
        volumes = new DockerVolumes(daemon, images);
        groups = new DockerGroups(daemon);
        events = new EventWatch(daemon);
        events.start();
    }

    /// The daemon that the `docker` command would use: DOCKER_HOST's, that of its current context, or the one behind
    /// the default socket.
    public static DockerEngine usual() {
        return new DockerEngine(
                DefaultDockerClientConfig.createDefaultConfigBuilder().build());
    }

    /// The daemon at this address.
    ///
    /// @param host such as `unix:///var/run/docker.sock` or `tcp://127.0.0.1:2375`
    public static DockerEngine at(String host) {
        return new DockerEngine(DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(host)
                .build());
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
        return daemon.machine();
    }

    /// A daemon of another machine knows nothing of our container.
    @Override
    public Optional<ContainerId> home() {
        return daemon.isLocal() ? OwnContainer.id() : Optional.empty();
    }

    @Override
    public EngineStatus status() {
        return events.status();
    }

    @Override
    public void listen(Consumer<EngineEvent> listener) {
        events.listen(listener);
    }

    /// Ends every thread of the engine's. Containers run on.
    @Override
    public void close() {
        events.close();
        containers.close();
        daemon.close();
    }
}
