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
    private final Map<String, Map<String, String>> files = new TreeMap<>();
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
    public String path(String name) {
        return host.call(() -> "/var/lib/docker/volumes/" + mustHave(name) + "/_data");
    }

    @Override
    public void write(String name, String file, String content) {
        host.call(() -> {
            files.computeIfAbsent(mustHave(name), _ -> new TreeMap<>()).put(file, content);
        });
    }

    @Override
    public void remove(String name) {
        host.call(() -> {
            user.apply(name).ifPresent(container -> {
                throw Refusals.volumeInUse(name, container.value());
            });
            labelsByName.remove(name);
            files.remove(name);
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

    /// What a file in a volume holds; empty if there is none.
    public Optional<String> file(String name, String file) {
        return host.happening(
                () -> Optional.ofNullable(files.getOrDefault(name, Map.of()).get(file)));
    }

    private String mustHave(String name) {
        if (!labelsByName.containsKey(name)) {
            throw Refusals.noSuchVolume(name);
        }
        return name;
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
