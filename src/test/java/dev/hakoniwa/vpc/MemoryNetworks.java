package dev.hakoniwa.vpc;

import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.Networks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Networks of an engine that gives no range twice.
final class MemoryNetworks implements Networks {
    private final Map<String, Network> networks = new LinkedHashMap<>();
    private final AtomicInteger creations = new AtomicInteger();

    private final AtomicInteger looksAtRoutes = new AtomicInteger();

    private record Network(Cidr cidr, Map<String, String> labels) {}

    @Override
    public synchronized void create(String name, String cidr, Map<String, String> labels) {
        var wanted = Cidr.of(cidr);
        if (networks.containsKey(name) || networks.values().stream().anyMatch(n -> n.cidr.overlaps(wanted))) {
            throw new EngineException(
                    EngineException.Kind.CONFLICT, "Pool overlaps with other one on this address space");
        }
        networks.put(name, new Network(wanted, Map.copyOf(labels)));
        creations.incrementAndGet();
    }

    @Override
    public void giveAddress(String name, String address, Map<String, String> labels) {
        create(name, address + "/30", labels);
    }

    @Override
    public boolean isRoutable(String name) {
        looksAtRoutes.incrementAndGet();
        return true;
    }

    @Override
    public synchronized void remove(String name) {
        networks.remove(name);
    }

    /// Takes its time, as an engine does.
    @Override
    public List<String> list(Map<String, String> labels) {
        LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        return named(labels);
    }

    @Override
    public synchronized List<Map<String, String>> labelled(Map<String, String> labels) {
        return networks.values().stream()
                .map(Network::labels)
                .filter(carried -> carried.entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    private synchronized List<String> named(Map<String, String> labels) {
        var found = new ArrayList<String>();
        networks.forEach((name, network) -> {
            if (network.labels.entrySet().containsAll(labels.entrySet())) {
                found.add(name);
            }
        });
        return found;
    }

    synchronized String cidr(String name) {
        return String.valueOf(networks.get(name)).replaceAll(".*cidr=([^,]*),.*", "$1");
    }

    int looksAtRoutes() {
        return looksAtRoutes.get();
    }

    int creations() {
        return creations.get();
    }
}
