package dev.hakoniwa.secrets.manager;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The versions of one secret, oldest first, and the rules of their staging labels: a label leads to one version at
/// most, and the version that loses AWSCURRENT becomes AWSPREVIOUS.
record Versions(List<Version> all) {
    /// Secrets Manager keeps about this many; those that have no label go first.
    private static final int MOST = 100;

    private static final int MOST_STAGES = 20;

    static final Versions NONE = new Versions(List.of());

    Versions {
        all = List.copyOf(all);
    }

    Optional<Version> find(String id) {
        return all.stream().filter(version -> version.id().equals(id)).findFirst();
    }

    Optional<Version> staged(String stage) {
        return all.stream().filter(version -> version.has(stage)).findFirst();
    }

    /// With one more version, whose labels are taken from the others.
    Versions plus(Version added) {
        var more = new ArrayList<>(all);
        more.add(new Version(added.id(), added.content(), Set.of(), added.createdAt(), null));
        var result = new Versions(more);
        for (var stage : added.stages()) {
            result = result.moved(stage, added.id());
        }
        return result.pruned();
    }

    /// With a label on this version, and on no other.
    Versions moved(String stage, String id) {
        var before = staged(stage).map(Version::id).orElse("");
        var moved = unstaged(stage).changed(id, version -> version.with(stage));
        if (moved.find(id).orElseThrow().stages().size() > MOST_STAGES) {
            throw Errors.tooManyStages();
        }
        return stage.equals(Version.CURRENT) && !before.isEmpty() && !before.equals(id)
                ? moved.moved(Version.PREVIOUS, before)
                : moved;
    }

    Versions unstaged(String stage) {
        return new Versions(all.stream().map(version -> version.without(stage)).toList());
    }

    Versions changed(String id, UnaryOperator<Version> change) {
        return new Versions(all.stream()
                .map(version -> version.id().equals(id) ? change.apply(version) : version)
                .toList());
    }

    /// The labels of every version that has one, by its id.
    Map<String, List<String>> stages() {
        var stages = new LinkedHashMap<String, List<String>>();
        all.stream()
                .filter(version -> !version.stages().isEmpty())
                .forEach(version -> stages.put(version.id(), List.copyOf(version.stages())));
        return stages;
    }

    private Versions pruned() {
        var rest = new ArrayList<>(all);
        for (var version : all) {
            if (rest.size() > MOST && version.stages().isEmpty()) {
                rest.remove(version);
            }
        }
        return new Versions(rest);
    }
}
