package dev.hakoniwa.ecs.cluster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Cluster;

/// A cluster as it is kept: its whole shape but for the counts, which others tell.
///
/// @param deletedAt when it became INACTIVE; null while it is ACTIVE
record Kept(Cluster shape, @Nullable Instant deletedAt) {
    static Kept active(Cluster shape) {
        return new Kept(shape, null);
    }

    boolean isActive() {
        return deletedAt == null;
    }
}
