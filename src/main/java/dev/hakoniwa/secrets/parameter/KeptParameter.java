package dev.hakoniwa.secrets.parameter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A parameter: the versions that are left of it, oldest first, and its tags.
record KeptParameter(String name, String arn, List<KeptVersion> versions, Map<String, String> tags) {
    private static final int MOST_VERSIONS = 100;

    KeptParameter {
        versions = List.copyOf(versions);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    KeptVersion latest() {
        return versions.getLast();
    }

    Optional<KeptVersion> numbered(long number) {
        return versions.stream().filter(version -> version.number() == number).findFirst();
    }

    Optional<KeptVersion> labelled(String label) {
        return versions.stream()
                .filter(version -> version.labels().contains(label))
                .findFirst();
    }

    /// With one more version; the oldest goes where there are too many, unless it has a label.
    KeptParameter plus(KeptVersion added) {
        var more = new ArrayList<>(versions);
        more.add(added);
        if (more.size() > MOST_VERSIONS) {
            var oldest = more.removeFirst();
            if (!oldest.labels().isEmpty()) {
                throw Errors.oldestVersionIsLabelled(name, oldest.number());
            }
        }
        return new KeptParameter(name, arn, more, tags);
    }

    /// With a label on this version, and on no other.
    KeptParameter labelled(long number, String label) {
        return changed(version -> version.number() == number ? version.with(label) : version.without(label));
    }

    KeptParameter unlabelled(long number, String label) {
        return changed(version -> version.number() == number ? version.without(label) : version);
    }

    KeptParameter tagged(Map<String, String> newTags) {
        return new KeptParameter(name, arn, versions, newTags);
    }

    private KeptParameter changed(UnaryOperator<KeptVersion> change) {
        return new KeptParameter(name, arn, versions.stream().map(change).toList(), tags);
    }
}
