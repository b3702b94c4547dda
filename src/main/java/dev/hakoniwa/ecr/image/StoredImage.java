package dev.hakoniwa.ecr.image;

import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.blobs.Digest;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageStatus;

/// An image in a repository: its manifest, its tags and its story.
///
/// @param size of its layers; for an index, that of its largest image
/// @param pulledAt null if it never was
public record StoredImage(
        Manifest manifest,
        SortedSet<String> tags,
        long size,
        Instant pushedAt,
        @Nullable Instant pulledAt,
        Shelf shelf) {

    public StoredImage {
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    }

    /// Where the image is kept.
    ///
    /// @param archivedAt when it last went to the archive; null if it never did
    /// @param activatedAt when it last came back; null if it never did
    public record Shelf(
            ImageStatus status,
            @Nullable Instant archivedAt,
            @Nullable Instant activatedAt) {
        static final Shelf STANDARD = new Shelf(ImageStatus.ACTIVE, null, null);

        public Shelf archived(Instant now) {
            return new Shelf(ImageStatus.ARCHIVED, now, activatedAt);
        }

        Shelf activating() {
            return new Shelf(ImageStatus.ACTIVATING, archivedAt, activatedAt);
        }

        Shelf activated(Instant now) {
            return new Shelf(ImageStatus.ACTIVE, archivedAt, now);
        }
    }

    static StoredImage pushed(Manifest manifest, long size, Instant now) {
        return new StoredImage(manifest, Collections.emptySortedSet(), size, now, null, Shelf.STANDARD);
    }

    public Digest digest() {
        return manifest.digest();
    }

    public boolean isActive() {
        return shelf.status() == ImageStatus.ACTIVE;
    }

    StoredImage withTag(String tag) {
        var more = new TreeSet<>(tags);
        more.add(tag);
        return withTags(more);
    }

    StoredImage withoutTag(String tag) {
        var fewer = new TreeSet<>(tags);
        fewer.remove(tag);
        return withTags(fewer);
    }

    private StoredImage withTags(SortedSet<String> others) {
        return new StoredImage(manifest, others, size, pushedAt, pulledAt, shelf);
    }

    StoredImage pulled(Instant now) {
        return new StoredImage(manifest, tags, size, pushedAt, now, shelf);
    }

    public StoredImage on(Shelf other) {
        return new StoredImage(manifest, tags, size, pushedAt, pulledAt, other);
    }

    ImageIdentifier id() {
        return ImageIdentifier.builder().imageDigest(digest().toString()).build();
    }

    ImageIdentifier id(String tag) {
        return ImageIdentifier.builder()
                .imageDigest(digest().toString())
                .imageTag(tag)
                .build();
    }

    ImageDetail detail(RepositoryKey repository) {
        return ImageDetail.builder()
                .registryId(repository.registryId())
                .repositoryName(repository.name())
                .imageDigest(digest().toString())
                .imageTags(tags.isEmpty() ? null : tags)
                .imageSizeInBytes(size)
                .imagePushedAt(pushedAt)
                .imageManifestMediaType(manifest.mediaType())
                .artifactMediaType(artifactMediaType())
                .lastRecordedPullTime(pulledAt)
                .subjectManifestDigest(subject())
                .imageStatus(shelf.status())
                .lastArchivedAt(shelf.archivedAt())
                .lastActivatedAt(shelf.activatedAt())
                .build();
    }

    private @Nullable String artifactMediaType() {
        return manifest.config() == null ? manifest.artifactType() : manifest.config();
    }

    private @Nullable String subject() {
        return Optional.ofNullable(manifest.subject()).map(Digest::toString).orElse(null);
    }
}
