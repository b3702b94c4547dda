package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.runtime.AddressRange;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Networks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Bridge networks in memory, and who has which address on them.
public final class SimulatedNetworks implements Networks {
    static final String BRIDGE = "bridge";

    private final Host host;
    private final Map<String, Bridge> bridges = new TreeMap<>();
    private final Bridge own = new Bridge("bridge", AddressRange.of("172.17.0.0/16"), Map.of());

    public SimulatedNetworks(Host host) {
        this.host = host;
    }

    @Override
    public void create(String name, String cidr, Map<String, String> labels) {
        host.call(() -> {
            if (bridges.containsKey(name)) {
                throw Refusals.networkExists(name);
            }
            var range = range(cidr);
            if (own.range.overlaps(range) || bridges.values().stream().anyMatch(other -> other.range.overlaps(range))) {
                throw Refusals.rangesOverlap();
            }
            bridges.put(name, new Bridge(name, range, Map.copyOf(labels)));
        });
    }

    @Override
    public void giveAddress(String name, String address, Map<String, String> labels) {
        create(name, address + "/30", labels);
    }

    @Override
    public boolean isRoutable(String name) {
        return host.call(() -> {
            if (!bridges.containsKey(name)) {
                throw Refusals.noSuchNetwork(name);
            }
            return host.behaviour().isRoutable();
        });
    }

    @Override
    public void remove(String name) {
        host.call(() -> {
            var bridge = bridges.get(name);
            if (bridge != null && !bridge.owners.isEmpty()) {
                throw Refusals.networkInUse(name, Integer.toHexString(name.hashCode()));
            }
            bridges.remove(name);
        });
    }

    @Override
    public List<String> list(Map<String, String> labels) {
        return host.call(() -> bridges.values().stream()
                .filter(bridge -> LabelFilter.matches(bridge.labels, labels))
                .map(Bridge::name)
                .toList());
    }

    @Override
    public List<Map<String, String>> labelled(Map<String, String> labels) {
        return host.call(() -> bridges.values().stream()
                .map(Bridge::labels)
                .filter(carried -> LabelFilter.matches(carried, labels))
                .toList());
    }

    /// Gives the container an address on the default bridge.
    String connect(ContainerId container) {
        return own.giveAny(container);
    }

    /// Gives the container exactly this address on a network of ours.
    void connect(ContainerId container, String network, String address) {
        var bridge = bridges.get(network);
        if (bridge == null) {
            throw Refusals.noSuchNetwork(network);
        }
        bridge.give(container, address);
    }

    void disconnect(ContainerId container) {
        own.owners.values().remove(container);
        bridges.values().forEach(bridge -> bridge.owners.values().remove(container));
    }

    private static AddressRange range(String cidr) {
        try {
            return AddressRange.of(cidr);
        } catch (IllegalArgumentException _) {
            throw Refusals.invalidRange(cidr);
        }
    }

    private record Bridge(
            String name, AddressRange range, Map<String, String> labels, Map<String, ContainerId> owners) {
        Bridge(String name, AddressRange range, Map<String, String> labels) {
            this(name, range, labels, new HashMap<>());
        }

        void give(ContainerId container, String address) {
            if (!range.contains(address)) {
                throw Refusals.addressOutside(address);
            }
            var reserved = address.equals(range.address(0))
                    || address.equals(range.address(1))
                    || address.equals(range.address(range.size() - 1));
            if (reserved || owners.putIfAbsent(address, container) != null) {
                throw Refusals.addressTaken();
            }
        }

        String giveAny(ContainerId container) {
            var place = 2L;
            while (owners.putIfAbsent(range.address(place), container) != null) {
                place++;
            }
            return range.address(place);
        }
    }
}
