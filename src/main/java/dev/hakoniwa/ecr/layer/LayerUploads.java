package dev.hakoniwa.ecr.layer;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.ecr.blobs.Upload;
import dev.hakoniwa.ecr.blobs.Uploads;
import dev.hakoniwa.ecr.repository.Repositories;
import java.io.IOException;
import java.util.Optional;

/// Uploads into repositories, by the API and by the registry alike. What touches files blocks, and is no step.
public final class LayerUploads {
    private final Tables tables;
    private final Repositories repositories;
    private final Layers layers;
    private final Uploads uploads;

    public LayerUploads(Tables tables, Repositories repositories, Layers layers, Uploads uploads) {
        this.tables = tables;
        this.repositories = repositories;
        this.layers = layers;
        this.uploads = uploads;
    }

    public Upload begin(RepositoryKey repository) {
        return uploads.begin(repository.scope(), repository.name());
    }

    public Optional<Upload> find(RepositoryKey repository, String id) {
        return uploads.find(repository.scope(), repository.name(), id);
    }

    /// Makes what was uploaded, whose digest this is, a layer of the repository; blocks.
    public void complete(RepositoryKey repository, Upload upload, Digest digest) throws IOException {
        var size = upload.received();
        try {
            uploads.complete(upload, digest, () -> tables.write(() -> link(repository, digest, size)));
        } catch (AwsError repositoryWasDeleted) {
            tables.write(() -> layers.collect(digest));
            throw repositoryWasDeleted;
        }
    }

    private void link(RepositoryKey repository, Digest digest, long size) {
        repositories.mustExist(repository);
        layers.link(repository, digest, size);
    }

    /// Drops an upload; blocks.
    public void cancel(Upload upload) throws IOException {
        uploads.cancel(upload);
    }

    public void cancelAll() throws IOException {
        uploads.cancelAll();
    }
}
