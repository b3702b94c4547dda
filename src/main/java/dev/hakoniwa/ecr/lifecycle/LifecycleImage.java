package dev.hakoniwa.ecr.lifecycle;

import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.ecr.lifecycle.LifecycleRule.StorageClass;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// An image as a lifecycle policy sees it.
///
/// @param pulledAt null if it never was
/// @param archivedAt null if it never was
/// @param isPartOfIndex whether an index needs it, which keeps it until the index has gone
public record LifecycleImage(
        Digest digest,
        Collection<String> tags,
        StorageClass storageClass,
        Instant pushedAt,
        @Nullable Instant pulledAt,
        @Nullable Instant archivedAt,
        boolean isPartOfIndex) {

    Instant lastPulledAt() {
        return pulledAt == null ? pushedAt : pulledAt;
    }

    Instant lastArchivedAt() {
        return archivedAt == null ? pushedAt : archivedAt;
    }
}
