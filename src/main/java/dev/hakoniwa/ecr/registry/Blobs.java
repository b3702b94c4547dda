package dev.hakoniwa.ecr.registry;

import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecr.Ecr;
import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.blobs.BlobStore;
import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.ecr.layer.Layers;
import dev.hakoniwa.ecr.layer.Layers.Layer;
import dev.hakoniwa.ecr.repository.Repositories;

/// `/v2/NAME/blobs/DIGEST`: layers, whole or in part.
final class Blobs {
    private final Tables tables;
    private final Repositories repositories;
    private final Layers layers;
    private final BlobStore store;

    Blobs(Ecr ecr) {
        this.tables = ecr.foundation().tables();
        this.repositories = ecr.repositories();
        this.layers = ecr.layers();
        this.store = ecr.store();
    }

    Answer answer(Exchange exchange, Route.Blob route) {
        var repository = exchange.repository(route.name());
        return switch (exchange.method()) {
            case "GET" -> get(exchange, find(repository, digest(route)));
            case "HEAD" -> whole(find(repository, digest(route)));
            default -> throw RegistryError.unsupported();
        };
    }

    private static Digest digest(Route.Blob route) {
        return Digest.parse(route.digest())
                .orElseThrow(() -> RegistryError.digestInvalid("provided digest is no sha256 digest"));
    }

    private Layer find(RepositoryKey repository, Digest digest) {
        return tables.write(() -> {
            repositories.mustExist(repository);
            return layers.offer(repository, digest).orElseThrow(RegistryError::blobUnknown);
        });
    }

    private Answer get(Exchange exchange, Layer layer) {
        var range = exchange.header("Range").map(header -> ByteRange.of(header, layer.size()));
        return switch (range.orElseGet(ByteRange.Whole::new)) {
            case ByteRange.Whole() -> whole(layer);
            case ByteRange.Part part ->
                Answer.file(206, store.path(layer.digest()), part.first(), part.length())
                        .with("Docker-Content-Digest", layer.digest())
                        .with("Accept-Ranges", "bytes")
                        .with("Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), layer.size()));
            case ByteRange.Unsatisfiable() -> Answer.of(416).with("Content-Range", "bytes */" + layer.size());
        };
    }

    private Answer whole(Layer layer) {
        return Answer.file(200, store.path(layer.digest()), 0, layer.size())
                .with("Docker-Content-Digest", layer.digest())
                .with("Accept-Ranges", "bytes");
    }
}
