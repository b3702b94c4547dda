package dev.hakoniwa.ecr.registry;

import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecr.Constraints;
import dev.hakoniwa.ecr.Ecr;
import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.ecr.image.Images;
import dev.hakoniwa.ecr.image.Manifest;
import dev.hakoniwa.ecr.image.ManifestReader;
import dev.hakoniwa.ecr.image.StoredImage;
import dev.hakoniwa.ecr.repository.Repositories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `/v2/NAME/manifests/REFERENCE`: images by tag and by digest.
final class Manifests {
    private static final int MOST = 4 << 20;

    private final Tables tables;
    private final Repositories repositories;
    private final Images images;

    Manifests(Ecr ecr) {
        this.tables = ecr.foundation().tables();
        this.repositories = ecr.repositories();
        this.images = ecr.images();
    }

    Answer answer(Exchange exchange, Route.Manifest route) throws IOException {
        var repository = exchange.repository(route.name());
        return switch (exchange.method()) {
            case "GET", "HEAD" -> get(exchange, repository, route.reference());
            case "PUT" -> put(exchange, repository, route);
            default -> throw RegistryError.unsupported();
        };
    }

    private Answer get(Exchange exchange, RepositoryKey repository, String reference) {
        var image = tables.write(() -> pull(repository, reference, !exchange.isHead()));
        return Answer.bytes(200, image.manifest().mediaType(), image.manifest().bytes())
                .with("Docker-Content-Digest", image.digest());
    }

    private StoredImage pull(RepositoryKey repository, String reference, boolean counts) {
        repositories.mustExist(repository);
        var image = find(repository, reference).orElseThrow(RegistryError::manifestUnknown);
        if (!image.isActive()) {
            throw RegistryError.imageArchived();
        }
        if (counts) {
            images.pulled(repository, image);
        }
        return image;
    }

    private Optional<StoredImage> find(RepositoryKey repository, String reference) {
        return isDigest(reference) ? images.find(repository, digest(reference)) : images.find(repository, reference);
    }

    private Answer put(Exchange exchange, RepositoryKey repository, Route.Manifest route) throws IOException {
        var tags = tags(exchange, route.reference());
        tables.write(() -> repositories.mustExist(repository));
        var manifest = ManifestReader.read(text(exchange), mediaType(exchange).orElse(null));
        if (isDigest(route.reference()) && !digest(route.reference()).equals(manifest.digest())) {
            throw RegistryError.digestInvalid("provided digest did not match uploaded content");
        }

        tables.write(() -> put(repository, manifest, tags));
        var answer = Answer.of(201)
                .with("Location", "/v2/%s/manifests/%s".formatted(route.name(), manifest.digest()))
                .with("Docker-Content-Digest", manifest.digest());
        if (isDigest(route.reference()) && !tags.isEmpty()) {
            answer = answer.with("OCI-Tag", String.join(", ", tags));
        }
        return manifest.subject() == null ? answer : answer.with("OCI-Subject", manifest.subject());
    }

    private void put(RepositoryKey repository, Manifest manifest, List<String> tags) {
        if (tags.isEmpty()) {
            images.put(repository, manifest, null);
        }
        tags.forEach(tag -> images.put(repository, manifest, tag));
    }

    /// A manifest that is put by its digest may get several tags along with it.
    private static List<String> tags(Exchange exchange, String reference) {
        var tags = new ArrayList<String>();
        if (isDigest(reference)) {
            digest(reference);
            tags.addAll(exchange.parameters("tag"));
        } else {
            tags.add(reference);
        }
        for (var tag : tags) {
            if (!Constraints.isTag(tag)) {
                throw RegistryError.tagInvalid(tag);
            }
        }
        return tags;
    }

    private static Optional<String> mediaType(Exchange exchange) {
        return exchange.header("Content-Type")
                .map(type -> type.split(";", 2)[0].strip())
                .filter(type -> !type.isEmpty());
    }

    private static String text(Exchange exchange) throws IOException {
        if (exchange.contentLength().orElse(0L) > MOST) {
            throw RegistryError.manifestTooLarge(MOST);
        }
        var bytes = exchange.body().readAll(MOST);
        if (bytes == null) {
            throw RegistryError.manifestTooLarge(MOST);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            throw RegistryError.manifestInvalid("the manifest is not encoded in UTF-8");
        }
    }

    private static boolean isDigest(String reference) {
        return reference.indexOf(':') >= 0;
    }

    private static Digest digest(String reference) {
        return Digest.parse(reference)
                .orElseThrow(() -> RegistryError.digestInvalid("provided digest is no sha256 digest"));
    }
}
