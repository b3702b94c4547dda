package dev.hakoniwa.proxy;

import io.vertx.core.Future;
import io.vertx.core.net.NetServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// An address that is listened on, by every event loop together.
final class Opening {
    private static final AtomicInteger ASSIGNED = new AtomicInteger();

    private final Gate gate;
    private final Address address;
    private final List<NetServer> servers;

    private Opening(Gate gate, Address address, List<NetServer> servers) {
        this.gate = gate;
        this.address = address;
        this.servers = servers;
    }

    /// At a port that the system assigns. Vert.x has loops share such a port if they name it by the same negative
    /// number.
    static Future<Opening> assigned(List<Loop> loops, String host, Gate gate) {
        return open(loops, host, -ASSIGNED.incrementAndGet(), gate);
    }

    /// Fails if the address can't be bound.
    static Future<Opening> open(List<Loop> loops, String host, int port, Gate gate) {
        var servers = new ArrayList<NetServer>();
        var opened = loops.getFirst().listen(host, port, gate);
        for (var loop : loops.subList(1, loops.size())) {
            opened = opened.compose(server -> {
                servers.add(server);
                return loop.listen(host, port, gate);
            });
        }
        return opened.map(server -> {
            servers.add(server);
            return new Opening(gate, new Address(host, server.actualPort()), servers);
        });
    }

    Gate gate() {
        return gate;
    }

    Address address() {
        return address;
    }

    /// Closes it with all its connections.
    Future<Void> close() {
        return Future.join(servers.stream().map(NetServer::close).toList()).mapEmpty();
    }
}
