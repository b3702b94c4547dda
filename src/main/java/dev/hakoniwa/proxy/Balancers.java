package dev.hakoniwa.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The load balancers, oldest first, and the gates that lead to them.
final class Balancers {
    private static final int HTTP = 80;

    private final Groups groups;
    private final Proxy.Settings settings;
    private final Gate inner;
    private final Map<String, Balancer> balancers = new LinkedHashMap<>();
    private final Map<Integer, Gate> shared = new HashMap<>();
    private final Map<Doors.Spot, Gate> own = new HashMap<>();
    private Set<String> extra = Set.of();

    /// A load balancer with its listeners made ready.
    record Balancer(LoadBalancer loadBalancer, Counters counters, List<Site> sites) {}

    /// @param inner the gate that [Relay] comes in by
    Balancers(Groups groups, Proxy.Settings settings, Gate inner) {
        this.groups = groups;
        this.settings = settings;
        this.inner = inner;
    }

    synchronized void put(LoadBalancer loadBalancer) {
        var known = balancers.get(loadBalancer.id());
        var counters = known == null ? new Counters() : known.counters();
        var sites = loadBalancer.listeners().stream()
                .map(listener -> new Site(loadBalancer, listener, counters, groups))
                .toList();
        balancers.put(loadBalancer.id(), new Balancer(loadBalancer, counters, sites));
        openGates();
    }

    synchronized void remove(String id) {
        balancers.remove(id);
        openGates();
    }

    synchronized void extra(Set<String> addresses) {
        extra = Set.copyOf(addresses);
    }

    synchronized List<Balancer> all() {
        return List.copyOf(balancers.values());
    }

    synchronized @Nullable Balancer find(String id) {
        return balancers.get(id);
    }

    /// Where somebody has to listen, and what a client finds there.
    synchronized Map<Doors.Spot, Gate> spots() {
        var spots = new LinkedHashMap<Doors.Spot, Gate>();
        for (var balancer : balancers.values()) {
            for (var site : balancer.sites()) {
                for (var spot : spots(site)) {
                    spots.put(
                            spot, Objects.requireNonNull(isOwn(spot, site) ? own.get(spot) : shared.get(site.port())));
                }
            }
        }
        return spots;
    }

    /// Where a listener is to be reached, the loopback address first.
    synchronized List<Doors.Spot> spots(Site site) {
        var hosts = new LinkedHashSet<String>();
        hosts.add(Doors.LOOPBACK);
        if (settings.loopback6()) {
            hosts.add(Doors.LOOPBACK_6);
        }
        hosts.addAll(extra);
        var address = site.loadBalancer().address();
        if (address != null && settings.ownAddresses()) {
            hosts.add(address);
        }
        return hosts.stream().map(host -> new Doors.Spot(host, site.port())).toList();
    }

    private static boolean isOwn(Doors.Spot spot, Site site) {
        return spot.host().equals(site.loadBalancer().address()) && !spot.host().equals(Doors.LOOPBACK);
    }

    /// Sets every gate's entrance anew. A gate that leads nowhere any longer is closed for the requests that still
    /// come, until its sockets are.
    private void openGates() {
        var byPort = new HashMap<Integer, List<Site>>();
        var byOwn = new HashMap<Doors.Spot, List<Site>>();
        var main = new ArrayList<Site>();
        for (var balancer : balancers.values()) {
            for (var site : balancer.sites()) {
                byPort.computeIfAbsent(site.port(), _ -> new ArrayList<>()).add(site);
                spots(site).stream().filter(spot -> isOwn(spot, site)).forEach(spot -> byOwn.put(spot, List.of(site)));
            }
            balancer.sites().stream()
                    .filter(site -> site.port() == HTTP)
                    .findFirst()
                    .or(() -> balancer.sites().stream().findFirst())
                    .ifPresent(main::add);
        }
        inner.entrance(Entrance.of(main));
        refresh(shared, byPort);
        refresh(own, byOwn);
    }

    private <K> void refresh(Map<K, Gate> gates, Map<K, List<Site>> sites) {
        gates.forEach((key, gate) -> gate.entrance(Entrance.of(sites.getOrDefault(key, List.of()))));
        gates.keySet().retainAll(sites.keySet());
        sites.forEach((key, list) -> gates.computeIfAbsent(key, _ -> gate(list)));
    }

    private Gate gate(List<Site> sites) {
        var gate = new Gate(settings.connectTimeout(), null);
        gate.entrance(Entrance.of(sites));
        return gate;
    }
}
