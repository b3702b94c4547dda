package dev.hakoniwa.ecr.blobs;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The uploads under way. One that nobody goes on with is dropped after a day.
public final class Uploads {
    private static final Duration LIFE = Duration.ofHours(24);

    private final BlobStore store;
    private final Foundation foundation;
    private final Map<String, Upload> byId = new ConcurrentHashMap<>();

    public Uploads(BlobStore store, Foundation foundation) {
        this.store = store;
        this.foundation = foundation;
    }

    public Upload begin(Scope scope, String repository) {
        var id = foundation.ids().uuid();
        var upload = new Upload(id, scope, repository, store.uploadPath(id));
        byId.put(id, upload);
        dropWhenAbandoned(upload);
        return upload;
    }

    /// The upload, if it is one of this repository's.
    public Optional<Upload> find(Scope scope, String repository, String id) {
        return Optional.ofNullable(byId.get(id)).filter(upload -> upload.belongsTo(scope, repository));
    }

    /// Makes what was uploaded the content of `digest`, then runs `link`; see [BlobStore#publish].
    public void complete(Upload upload, Digest digest, Runnable link) throws IOException {
        try {
            store.publish(upload, digest, link);
        } finally {
            if (upload.hasEnded()) {
                byId.remove(upload.id());
            }
        }
    }

    public void cancel(Upload upload) throws IOException {
        byId.remove(upload.id());
        upload.drop();
    }

    /// Drops every upload there is.
    public void cancelAll() throws IOException {
        for (var upload : List.copyOf(byId.values())) {
            cancel(upload);
        }
    }

    private void dropWhenAbandoned(Upload upload) {
        var before = upload.received();
        var _ = foundation.timers().after(LIFE, () -> lookAfter(upload, before));
    }

    private void lookAfter(Upload upload, long before) {
        if (upload.hasEnded()) {
            return;
        }
        if (upload.isTaken() || upload.received() > before) {
            dropWhenAbandoned(upload);
            return;
        }
        foundation.background().run("ecr-upload-" + upload.id(), () -> abandon(upload));
    }

    private void abandon(Upload upload) {
        try {
            cancel(upload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
