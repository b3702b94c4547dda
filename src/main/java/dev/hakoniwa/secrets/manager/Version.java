package dev.hakoniwa.secrets.manager;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A version of a secret: its content, which never changes, and the staging labels that lead to it.
///
/// @param stages sorted; a version without any is deprecated
/// @param accessedAt the day on which it was last read
record Version(
        String id,
        Content content,
        Set<String> stages,
        Instant createdAt,
        @Nullable Instant accessedAt) {
    static final String CURRENT = "AWSCURRENT";
    static final String PREVIOUS = "AWSPREVIOUS";

    Version {
        stages = Collections.unmodifiableSet(new TreeSet<>(stages));
    }

    boolean has(String stage) {
        return stages.contains(stage);
    }

    Version with(String stage) {
        var more = new TreeSet<>(stages);
        more.add(stage);
        return new Version(id, content, more, createdAt, accessedAt);
    }

    Version without(String stage) {
        var fewer = new TreeSet<>(stages);
        fewer.remove(stage);
        return new Version(id, content, fewer, createdAt, accessedAt);
    }

    Version accessed(Instant day) {
        return new Version(id, content, stages, createdAt, day);
    }
}
