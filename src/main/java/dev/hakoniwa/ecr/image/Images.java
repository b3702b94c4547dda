package dev.hakoniwa.ecr.image;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.ecr.Errors;
import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.ecr.layer.Layers;
import dev.hakoniwa.ecr.repository.Repositories;
import dev.hakoniwa.ecr.repository.TagMutability;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The images of every repository, with their tags. Only touched inside a step.
public final class Images {
    private static final Comparator<StoredImage> BY_PUSH =
            Comparator.comparing(StoredImage::pushedAt).thenComparing(StoredImage::digest);

    private final Repositories repositories;
    private final Layers layers;
    private final InstantSource clock;
    private final Table<StoredImage> images;
    private final Table<Tag> tags;
    private final Table<Digest> parents;
    private final Table<Digest> referrers;
    private final Table<Instant> pushes;

    public Images(Foundation foundation, Repositories repositories, Layers layers) {
        this.repositories = repositories;
        this.layers = layers;
        this.clock = foundation.clock();
        var tables = foundation.tables();
        this.images = tables.table("image");
        this.tags = tables.table("image tag");
        this.parents = tables.table("index of an image");
        this.referrers = tables.table("referrer");
        this.pushes = tables.table("latest push");
    }

    private record Tag(String name, Digest digest) {}

    public Optional<StoredImage> find(RepositoryKey repository, Digest digest) {
        return images.find(repository.scope(), repository.row("@", digest));
    }

    public Optional<StoredImage> find(RepositoryKey repository, String tag) {
        return tags.find(repository.scope(), repository.row(":", tag)).flatMap(row -> find(repository, row.digest()));
    }

    /// Every image of the repository, in the order they were pushed.
    public List<StoredImage> all(RepositoryKey repository) {
        return images.startingWith(repository.scope(), repository.row("@", "")).stream()
                .sorted(BY_PUSH)
                .toList();
    }

    public boolean isEmpty(RepositoryKey repository) {
        return images.startingWith(repository.scope(), repository.row("@", "")).isEmpty();
    }

    /// Every tag of the repository, in the order of their text.
    public List<String> tags(RepositoryKey repository) {
        return tags.startingWith(repository.scope(), repository.row(":", "")).stream()
                .map(Tag::name)
                .toList();
    }

    /// The indexes that an image is part of.
    public List<Digest> parents(RepositoryKey repository, Digest image) {
        return parents.startingWith(repository.scope(), relation(repository, image, ""));
    }

    /// What is attached to `subject`, which need not be there itself.
    public List<StoredImage> referrers(RepositoryKey repository, Digest subject) {
        return referrers.startingWith(repository.scope(), relation(repository, subject, "")).stream()
                .flatMap(digest -> find(repository, digest).stream())
                .toList();
    }

    /// Puts an image in, or an image that is there under a further tag. What is there already is left as it is.
    public StoredImage put(RepositoryKey repository, Manifest manifest, @Nullable String tag) {
        if (tag != null) {
            mustBeFree(repository, tag, manifest.digest());
        }
        var image = find(repository, manifest.digest()).orElseGet(() -> add(repository, manifest));
        return tag == null || image.tags().contains(tag) ? image : tag(repository, image, tag);
    }

    private void mustBeFree(RepositoryKey repository, String tag, Digest digest) {
        var isTaken = find(repository, tag).filter(image -> !image.digest().equals(digest));
        if (isTaken.isPresent() && TagMutability.isImmutable(repositories.get(repository), tag)) {
            throw Errors.imageTagAlreadyExists(repository, tag);
        }
    }

    private StoredImage add(RepositoryKey repository, Manifest manifest) {
        repositories.mustExist(repository);
        mustHoldAll(repository, manifest);
        layers.use(repository, manifest.blobs());
        for (var child : manifest.children()) {
            parents.put(repository.scope(), relation(repository, child, manifest.digest()), manifest.digest());
        }
        if (manifest.subject() != null) {
            referrers.put(
                    repository.scope(), relation(repository, manifest.subject(), manifest.digest()), manifest.digest());
        }
        return put(repository, StoredImage.pushed(manifest, size(repository, manifest), nextPush(repository)));
    }

    private void mustHoldAll(RepositoryKey repository, Manifest manifest) {
        var missingLayers = manifest.blobs().stream()
                .map(Manifest.Blob::digest)
                .filter(digest -> layers.find(repository, digest).isEmpty())
                .toList();
        if (!missingLayers.isEmpty()) {
            throw Errors.layersNotFound(repository, missingLayers);
        }
        var missingImages = manifest.children().stream()
                .filter(digest -> find(repository, digest).isEmpty())
                .toList();
        if (!missingImages.isEmpty()) {
            throw Errors.referencedImagesNotFound(repository, missingImages);
        }
    }

    /// ECR counts an index as its largest image.
    private long size(RepositoryKey repository, Manifest manifest) {
        return manifest.children().stream()
                .flatMap(child -> find(repository, child).stream())
                .mapToLong(StoredImage::size)
                .max()
                .orElse(manifest.size());
    }

    /// The time of a push, later than that of any before it: clients sort by it to find the newest image.
    private Instant nextPush(RepositoryKey repository) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var latest = pushes.find(repository.scope(), repository.name());
        var next = latest.filter(before -> !before.isBefore(now))
                .map(before -> before.plusMillis(1))
                .orElse(now);
        return pushes.put(repository.scope(), repository.name(), next);
    }

    private StoredImage tag(RepositoryKey repository, StoredImage image, String tag) {
        find(repository, tag).ifPresent(before -> put(repository, before.withoutTag(tag)));
        tags.put(repository.scope(), repository.row(":", tag), new Tag(tag, image.digest()));
        return put(repository, image.withTag(tag));
    }

    /// Takes a tag off its image, which stays.
    StoredImage untag(RepositoryKey repository, StoredImage image, String tag) {
        tags.remove(repository.scope(), repository.row(":", tag));
        return put(repository, image.withoutTag(tag));
    }

    /// Takes an image out with its tags and all that is attached to it.
    public void remove(RepositoryKey repository, StoredImage image) {
        var manifest = image.manifest();
        images.remove(repository.scope(), repository.row("@", image.digest()));
        image.tags().forEach(tag -> tags.remove(repository.scope(), repository.row(":", tag)));
        for (var child : manifest.children()) {
            parents.remove(repository.scope(), relation(repository, child, manifest.digest()));
        }
        if (manifest.subject() != null) {
            referrers.remove(repository.scope(), relation(repository, manifest.subject(), manifest.digest()));
        }
        layers.free(repository, manifest.blobs());
        referrers(repository, image.digest()).forEach(attached -> remove(repository, attached));
    }

    /// Takes every image out of a repository that goes.
    public void removeAll(RepositoryKey repository) {
        for (var image : all(repository)) {
            find(repository, image.digest()).ifPresent(it -> remove(repository, it));
        }
        pushes.remove(repository.scope(), repository.name());
    }

    /// Notes that the image was pulled.
    public void pulled(RepositoryKey repository, StoredImage image) {
        put(repository, image.pulled(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    public StoredImage update(RepositoryKey repository, Digest digest, UnaryOperator<StoredImage> change) {
        return images.update(repository.scope(), repository.row("@", digest), change);
    }

    private StoredImage put(RepositoryKey repository, StoredImage image) {
        return images.put(repository.scope(), repository.row("@", image.digest()), image);
    }

    private static String relation(RepositoryKey repository, Digest to, Object from) {
        return repository.row("@", to) + "<" + from;
    }
}
