package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Volumes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Named volumes in memory.
public final class SimulatedVolumes implements Volumes {
    private final Host host;
    private final Map<String, Map<String, String>> labelsByName = new TreeMap<>();
    private Function<String, Optional<ContainerId>> user = _ -> Optional.empty();

    public SimulatedVolumes(Host host) {
        this.host = host;
    }

    @Override
    public void create(String name, String driver, Map<String, String> options, Map<String, String> labels) {
        host.call(() -> {
            labelsByName.putIfAbsent(name, Map.copyOf(labels));
        });
    }

    @Override
    public boolean exists(String name) {
        return host.call(() -> labelsByName.containsKey(name));
    }

    @Override
    public void remove(String name) {
        host.call(() -> {
            user.apply(name).ifPresent(container -> {
                throw Refusals.volumeInUse(name, container.value());
            });
            labelsByName.remove(name);
        });
    }

    @Override
    public List<String> list(Map<String, String> labels) {
        return host.call(() -> labelsByName.entrySet().stream()
                .filter(volume -> LabelFilter.matches(volume.getValue(), labels))
                .map(Map.Entry::getKey)
                .toList());
    }

    @Override
    public List<Map<String, String>> labelled(Map<String, String> labels) {
        return host.call(() -> labelsByName.values().stream()
                .filter(carried -> LabelFilter.matches(carried, labels))
                .toList());
    }

    /// @param container which one has a volume mounted
    void usedBy(Function<String, Optional<ContainerId>> container) {
        user = container;
    }

    /// Mounting a volume makes it.
    void mounted(String name) {
        labelsByName.putIfAbsent(name, Map.of());
    }
}
