package dev.hakoniwa.proxy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// The data plane over real sockets.
public final class Proxy implements DataPlane, AutoCloseable {
    private final Loops loops;
    private final Groups groups;
    private final Balancers balancers;
    private final Doors doors;
    private final Relay relay;

    /// Where and how load balancers are served.
    ///
    /// @param reservedPorts ports that no listener can have, as the emulator needs them itself
    /// @param ownAddresses whether load balancers are served at their own loopback addresses, too
    /// @param loopback6 whether listeners are served at `::1`, too
    /// @param eventLoops how many threads carry the traffic
    /// @param connectTimeout how long a target may take to accept a connection
    public record Settings(
            Set<Integer> reservedPorts,
            boolean ownAddresses,
            boolean loopback6,
            int eventLoops,
            Duration connectTimeout) {
        private static final int MOST_LOOPS = 4;

        public Settings {
            reservedPorts = Set.copyOf(reservedPorts);
        }

        /// What suits this machine, with AWS's time limit for connecting.
        public static Settings of(Set<Integer> reservedPorts) {
            var linux = System.getProperty("os.name").startsWith("Linux");
            var loops = Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors());
            return new Settings(reservedPorts, linux, Doors.hasLoopback6(), loops, Duration.ofSeconds(10));
        }
    }

    public Proxy(Vertx vertx, InstantSource clock, Settings settings) {
        loops = new Loops(vertx, settings.eventLoops(), clock);
        groups = new Groups(loops.all(), clock);
        doors = new Doors(loops, settings.reservedPorts());
        relay = new Relay(vertx, loops, settings.connectTimeout());
        balancers = new Balancers(groups, settings, relay.gate());
    }

    @Override
    public CompletionStage<List<Endpoint>> apply(LoadBalancer loadBalancer) {
        balancers.put(loadBalancer);
        return converge()
                .map(_ -> endpoints().stream()
                        .filter(endpoint -> endpoint.loadBalancerId().equals(loadBalancer.id()))
                        .toList())
                .toCompletionStage();
    }

    @Override
    public CompletionStage<Void> remove(String loadBalancerId) {
        balancers.remove(loadBalancerId);
        return converge().toCompletionStage();
    }

    /// Has every listener served at these addresses as well, as where tasks reach this machine. They replace those of
    /// the call before.
    public CompletionStage<Void> alsoAt(Set<String> addresses) {
        balancers.extra(addresses);
        return converge().toCompletionStage();
    }

    @Override
    public void group(TargetGroup group) {
        groups.get(group.id()).settings(group);
    }

    @Override
    public void removeGroup(String groupId) {
        groups.remove(groupId);
    }

    @Override
    public void targets(String groupId, List<Target> targets) {
        groups.get(groupId).targets(targets);
    }

    @Override
    public int inFlight(String groupId, String targetId, int port) {
        return groups.get(groupId).inFlight(targetId, port);
    }

    @Override
    public void cut(String groupId, String targetId, int port) {
        groups.get(groupId).cut(targetId, port);
    }

    @Override
    public List<Endpoint> endpoints() {
        var state = doors.state();
        return balancers.all().stream()
                .flatMap(balancer -> balancer.sites().stream())
                .map(site -> endpoint(site, state))
                .toList();
    }

    @Override
    public Traffic traffic(String loadBalancerId) {
        var balancer = balancers.find(loadBalancerId);
        return (balancer == null ? new Counters() : balancer.counters()).snapshot();
    }

    /// Sends health checks over the same event loops.
    public Probes probes() {
        return new SocketProbes(loops);
    }

    /// Takes over a request that came in at the gateway's port, if its `Host` is the name of a load balancer: it
    /// goes to that one's listener on port 80, or else to its first. The request must not have been read from.
    /// False if the name is nobody's.
    public boolean accept(HttpServerRequest request) {
        var authority = request.authority();
        if (authority == null || !relay.leadsTo(Entrance.name(authority.host()))) {
            return false;
        }
        relay.pass(request);
        return true;
    }

    /// Closes every socket. The object is of no use afterwards.
    @Override
    public void close() {
        relay.close();
        loops.close();
    }

    private Future<Void> converge() {
        return doors.want(balancers.spots());
    }

    private Endpoint endpoint(Site site, Doors.State state) {
        var spots = balancers.spots(site);
        var addresses =
                spots.stream().map(state.served()::get).filter(Objects::nonNull).toList();
        var problems = spots.stream()
                .map(state.problems()::get)
                .filter(Objects::nonNull)
                .toList();
        return new Endpoint(
                site.loadBalancer().id(),
                site.loadBalancer().dnsName(),
                site.port(),
                addresses,
                problems.isEmpty() ? null : String.join("; ", problems));
    }
}
