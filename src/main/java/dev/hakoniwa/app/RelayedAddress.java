package dev.hakoniwa.app;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.docker.OwnNetwork;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.Engine;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tasks' address for an emulator whose container has a network of its own, where that address can't be: a [Relay]
/// in a second container, on the machine's network, brings what comes there.
final class RelayedAddress implements AutoCloseable {
    private final Containers containers;
    private final ContainerId home;
    private final Vertx vertx;
    private final InetAddress password;
    private @Nullable RelayedDoor door;
    private @Nullable RelayContainer relay;
    private @Nullable EngineException defect;

    private RelayedAddress(Containers containers, ContainerId home, Vertx vertx, InetAddress password) {
        this.containers = containers;
        this.home = home;
        this.vertx = vertx;
        this.password = password;
    }

    /// None for an emulator that is a process of the machine, or in a container that shares the machine's network.
    static Optional<RelayedAddress> of(Engine engine, Vertx vertx, Ids ids) {
        return engine.home()
                .filter(_ -> OwnNetwork.gateway().isPresent())
                .map(home -> new RelayedAddress(engine.containers(), home, vertx, RelayedDoor.password(ids)));
    }

    /// Makes sure that a relay runs; gives back the ports at which it takes callers. What it can't do once it never
    /// can, and is not tried again. Blocks.
    ///
    /// @param port the API's
    Set<Integer> open(int port, TaskDoor.Answering who) {
        if (defect != null) {
            throw defect;
        }
        var place = OwnNetwork.place()
                .orElseThrow(() -> new EngineException(Kind.REFUSED, "this container's network has no gateway"));
        if (relay != null && door != null && door.place().equals(place) && relay.runs(containers)) {
            return relay.ports();
        }
        return open(place, port, who).ports();
    }

    private RelayContainer open(OwnNetwork.Place place, int port, TaskDoor.Answering who) {
        close();
        if (relay != null) {
            containers.remove(relay.id());
            relay = null;
        }
        var opened = RelayedDoor.open(vertx, place, password, who.api());
        door = opened;
        try {
            relay = RelayContainer.start(containers, home, opened.toRelay(port), who.labels());
            return relay;
        } catch (EngineException e) {
            close();
            defect = e.kind() == Kind.REFUSED || e.kind() == Kind.NOT_FOUND ? e : null;
            throw e;
        }
    }

    @Override
    public void close() {
        if (door != null) {
            door.close();
            door = null;
        }
    }
}
