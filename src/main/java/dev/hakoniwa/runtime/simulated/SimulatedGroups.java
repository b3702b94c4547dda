package dev.hakoniwa.runtime.simulated;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Groups;
import dev.hakoniwa.runtime.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Groups in memory. Simulated containers use nothing, so there is nothing to hold them to.
public final class SimulatedGroups implements Groups {
    private final Host host;
    private final Map<String, Map<String, String>> labelsById = new TreeMap<>();
    private Function<String, Optional<ContainerId>> member = _ -> Optional.empty();

    public SimulatedGroups(Host host) {
        this.host = host;
    }

    @Override
    public Optional<String> create(String name, Share share, Map<String, String> labels) {
        var id = labels.get(Labels.INSTANCE) + "-" + name;
        return host.call(() -> {
            labelsById.putIfAbsent(id, Map.copyOf(labels));
            return Optional.of(id);
        });
    }

    @Override
    public void remove(String id) {
        host.call(() -> {
            member.apply(id).ifPresent(_ -> {
                throw Refusals.groupInUse(id);
            });
            labelsById.remove(id);
        });
    }

    @Override
    public List<String> list(Map<String, String> labels) {
        return host.call(() -> labelsById.entrySet().stream()
                .filter(group -> LabelFilter.matches(group.getValue(), labels))
                .map(Map.Entry::getKey)
                .toList());
    }

    /// Tells by whom a group is in use.
    ///
    /// @param running which running container is in a group
    public void joinedBy(Function<String, Optional<ContainerId>> running) {
        member = running;
    }
}
