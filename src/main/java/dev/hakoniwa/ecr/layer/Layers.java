package dev.hakoniwa.ecr.layer;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.blobs.BlobStore;
import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.ecr.image.Manifest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Which repositories hold which content. Only touched inside a step, but for [#sweep].
///
/// Content is shared by all repositories of all registries, and goes when the last lets go of it: at once when that
/// repository goes, else some time after its last image has gone, as a push that was told of the content may still
/// count on it.
public final class Layers {
    private static final Logger LOG = Logger.getLogger(Layers.class);
    private static final Duration UNUSED_LIFE = Duration.ofHours(24);
    private static final Duration FREED_LIFE = Duration.ofHours(1);

    /// A client that asks again and again sets no timer each time.
    private static final Duration PRECISION = Duration.ofMinutes(1);

    private final Foundation foundation;
    private final Tables tables;
    private final BlobStore store;
    private final Table<Layer> rows;
    private final Table<RepositoryKey> holders;

    public Layers(Foundation foundation, BlobStore store) {
        this.foundation = foundation;
        this.tables = foundation.tables();
        this.store = store;
        this.rows = tables.table("layer");
        this.holders = tables.table("layer's repository");
    }

    /// Content that a repository holds.
    ///
    /// @param mediaType as an image's manifest has it; null before there is one
    /// @param images how many images of the repository are made of it
    /// @param since when it was last put in, asked for or let go
    public record Layer(Digest digest, long size, @Nullable String mediaType, int images, Instant since) {
        private Layer with(@Nullable String type, int count, Instant now) {
            return new Layer(digest, size, type, count, now);
        }

        boolean isUsed() {
            return images > 0;
        }
    }

    public Optional<Layer> find(RepositoryKey repository, Digest digest) {
        return rows.find(repository.scope(), row(repository, digest));
    }

    /// The layer for a client that asks whether it has to push it, and will count on the answer.
    public Optional<Layer> offer(RepositoryKey repository, Digest digest) {
        var layer = find(repository, digest);
        var now = foundation.clock().instant();
        layer.filter(it -> !it.isUsed() && it.since().plus(PRECISION).isBefore(now))
                .ifPresent(it -> {
                    put(repository, it.with(it.mediaType(), 0, now));
                    expire(repository, digest, UNUSED_LIFE);
                });
        return layer;
    }

    /// Puts content that is in the store into a repository.
    void link(RepositoryKey repository, Digest digest, long size) {
        if (offer(repository, digest).isEmpty()) {
            put(repository, new Layer(digest, size, null, 0, foundation.clock().instant()));
            holders.put(repository.scope(), holder(repository, digest), repository);
            expire(repository, digest, UNUSED_LIFE);
        }
    }

    /// Puts content of another repository of the registry into this one; false if there is none.
    ///
    /// @param from null for any repository
    public boolean mount(RepositoryKey repository, Digest digest, @Nullable RepositoryKey from) {
        if (from != null && !from.scope().equals(repository.scope())) {
            return false;
        }
        var sources = from == null ? holders.startingWith(repository.scope(), digest + "@") : List.of(from);
        var source =
                sources.stream().flatMap(other -> find(other, digest).stream()).findFirst();
        source.ifPresent(layer -> link(repository, digest, layer.size()));
        return source.isPresent();
    }

    /// Counts a further image that is made of these; the repository must hold them.
    public void use(RepositoryKey repository, Collection<Manifest.Blob> blobs) {
        for (var blob : blobs) {
            var layer = rows.get(repository.scope(), row(repository, blob.digest()));
            put(repository, layer.with(blob.mediaType(), layer.images() + 1, layer.since()));
        }
    }

    /// Counts one image less.
    public void free(RepositoryKey repository, Collection<Manifest.Blob> blobs) {
        for (var blob : blobs) {
            var layer = rows.get(repository.scope(), row(repository, blob.digest()));
            put(
                    repository,
                    layer.with(
                            layer.mediaType(),
                            layer.images() - 1,
                            foundation.clock().instant()));
            if (layer.images() == 1) {
                expire(repository, blob.digest(), FREED_LIFE);
            }
        }
    }

    /// Takes everything out of a repository that goes.
    public void removeAll(RepositoryKey repository) {
        for (var layer : rows.startingWith(repository.scope(), repository.row("@", ""))) {
            remove(repository, layer.digest());
        }
    }

    /// Deletes the content if no repository holds it, once the step is over.
    void collect(Digest digest) {
        tables.afterwards(() -> foundation.background().run("ecr-collect", () -> discard(digest)));
    }

    /// Deletes all content that no repository holds; blocks.
    public void sweep() {
        try {
            store.sweep(this::isHeld);
        } catch (IOException e) {
            LOG.warnf("unused layers could not be deleted: %s", e.getMessage());
        }
    }

    private void discard(Digest digest) {
        try {
            store.discard(digest, () -> isHeld(digest));
        } catch (IOException e) {
            LOG.warnf("the unused layer %s could not be deleted: %s", digest, e.getMessage());
        }
    }

    private boolean isHeld(Digest digest) {
        return tables.write(() -> holders.scopes().stream()
                .anyMatch(scope -> !holders.startingWith(scope, digest + "@").isEmpty()));
    }

    private void expire(RepositoryKey repository, Digest digest, Duration life) {
        var since = foundation.clock().instant();
        tables.afterwards(() ->
                foundation.timers().after(life, () -> tables.write(() -> removeIfUnused(repository, digest, since))));
    }

    private void removeIfUnused(RepositoryKey repository, Digest digest, Instant since) {
        find(repository, digest)
                .filter(layer -> !layer.isUsed() && !layer.since().isAfter(since))
                .ifPresent(_ -> remove(repository, digest));
    }

    private void remove(RepositoryKey repository, Digest digest) {
        rows.remove(repository.scope(), row(repository, digest));
        holders.remove(repository.scope(), holder(repository, digest));
        collect(digest);
    }

    private void put(RepositoryKey repository, Layer layer) {
        rows.put(repository.scope(), row(repository, layer.digest()), layer);
    }

    private static String row(RepositoryKey repository, Digest digest) {
        return repository.row("@", digest);
    }

    private static String holder(RepositoryKey repository, Digest digest) {
        return digest + "@" + repository.name();
    }
}
