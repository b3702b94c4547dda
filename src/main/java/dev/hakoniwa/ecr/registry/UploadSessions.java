package dev.hakoniwa.ecr.registry;

import dev.hakoniwa.core.Tables;
import dev.hakoniwa.ecr.Ecr;
import dev.hakoniwa.ecr.RegistryAddress;
import dev.hakoniwa.ecr.RepositoryKey;
import dev.hakoniwa.ecr.blobs.Digest;
import dev.hakoniwa.ecr.blobs.Upload;
import dev.hakoniwa.ecr.layer.LayerUploads;
import dev.hakoniwa.ecr.layer.Layers;
import dev.hakoniwa.ecr.repository.Repositories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.regex.Pattern;

/// `/v2/NAME/blobs/uploads/`: layers on their way in, at once or chunk by chunk, or mounted from another repository.
final class UploadSessions {
    private static final int PIECE = 1 << 17;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern CONTENT_RANGE = Pattern.compile("(?:bytes )?(\\d{1,18})-(\\d{1,18})(?:/.*)?");

    private final Tables tables;
    private final Repositories repositories;
    private final Layers layers;
    private final LayerUploads uploads;

    UploadSessions(Ecr ecr) {
        this.tables = ecr.foundation().tables();
        this.repositories = ecr.repositories();
        this.layers = ecr.layers();
        this.uploads = ecr.uploads();
    }

    Answer begin(Exchange exchange, Route.Uploads route) throws IOException {
        if (!exchange.method().equals("POST")) {
            throw RegistryError.unsupported();
        }
        var repository = exchange.repository(route.name());
        tables.write(() -> repositories.mustExist(repository));
        var mount = exchange.parameter("mount").flatMap(Digest::parse);
        if (mount.isPresent() && isMounted(exchange, repository, mount.get())) {
            return created(route.name(), mount.get());
        }
        var digest = exchange.parameter("digest");
        if (digest.isPresent() && exchange.contentLength().orElse(1L) > 0) {
            return atOnce(exchange, route.name(), digest(digest.get()));
        }
        return accepted(route.name(), uploads.begin(repository));
    }

    private boolean isMounted(Exchange exchange, RepositoryKey repository, Digest digest) {
        var from = exchange.parameter("from")
                .map(name -> sibling(repository, name))
                .orElse(null);
        return tables.write(() -> layers.mount(repository, digest, from));
    }

    /// The other repository as the client knows it: with its registry before it, or as a name in the same one.
    private static RepositoryKey sibling(RepositoryKey repository, String name) {
        return RegistryAddress.repository(name).orElseGet(() -> new RepositoryKey(repository.scope(), name));
    }

    private Answer atOnce(Exchange exchange, String name, Digest digest) throws IOException {
        var repository = exchange.repository(name);
        var upload = uploads.begin(repository);
        try {
            receive(exchange, upload);
            complete(repository, upload, digest);
        } finally {
            if (!upload.hasEnded()) {
                uploads.cancel(upload);
            }
        }
        return created(name, digest);
    }

    Answer answer(Exchange exchange, Route.Session route) throws IOException {
        var repository = exchange.repository(route.name());
        tables.write(() -> repositories.mustExist(repository));
        return switch (exchange.method()) {
            case "GET", "HEAD" -> status(repository, route);
            case "PATCH" -> append(exchange, repository, route);
            case "PUT" -> finish(exchange, repository, route);
            case "DELETE" -> cancel(repository, route);
            default -> throw RegistryError.unsupported();
        };
    }

    private Answer status(RepositoryKey repository, Route.Session route) {
        var upload = take(repository, route);
        upload.release();
        return session(204, route.name(), upload);
    }

    private Answer append(Exchange exchange, RepositoryKey repository, Route.Session route) throws IOException {
        var upload = take(repository, route);
        try {
            if (isOutOfOrder(exchange, upload)) {
                return outOfOrder(route.name(), upload);
            }
            receive(exchange, upload);
            return accepted(route.name(), upload);
        } finally {
            upload.release();
        }
    }

    private Answer finish(Exchange exchange, RepositoryKey repository, Route.Session route) throws IOException {
        var digest = digest(exchange.parameter("digest").orElse(""));
        var upload = take(repository, route);
        try {
            if (isOutOfOrder(exchange, upload)) {
                return outOfOrder(route.name(), upload);
            }
            receive(exchange, upload);
            complete(repository, upload, digest);
            return created(route.name(), digest);
        } finally {
            upload.release();
        }
    }

    private Answer cancel(RepositoryKey repository, Route.Session route) throws IOException {
        var upload = take(repository, route);
        try {
            uploads.cancel(upload);
            return Answer.of(204);
        } finally {
            upload.release();
        }
    }

    private void complete(RepositoryKey repository, Upload upload, Digest digest) throws IOException {
        if (!upload.digest().equals(digest)) {
            uploads.cancel(upload);
            throw RegistryError.digestInvalid("provided digest did not match uploaded content");
        }
        uploads.complete(repository, upload, digest);
    }

    private Upload take(RepositoryKey repository, Route.Session route) {
        var upload = uploads.find(repository, route.id()).orElseThrow(RegistryError::uploadUnknown);
        if (!upload.take(PATIENCE)) {
            throw upload.hasEnded()
                    ? RegistryError.uploadUnknown()
                    : RegistryError.uploadInvalid(409, "another request is writing to this upload");
        }
        return upload;
    }

    private static void receive(Exchange exchange, Upload upload) throws IOException {
        var piece = ByteBuffer.allocate(PIECE);
        while (exchange.body().read(piece)) {
            upload.append(piece.flip());
            piece.clear();
        }
    }

    private static boolean isOutOfOrder(Exchange exchange, Upload upload) {
        var header = exchange.header("Content-Range");
        if (header.isEmpty()) {
            return false;
        }
        var range = CONTENT_RANGE.matcher(header.get().strip());
        if (!range.matches()) {
            throw RegistryError.uploadInvalid(400, "the Content-Range is not of the form START-END");
        }
        var first = Long.parseLong(range.group(1));
        var length = Long.parseLong(range.group(2)) - first + 1;
        if (exchange.contentLength().filter(sent -> sent != length).isPresent()) {
            throw RegistryError.sizeInvalid("the Content-Length does not match the Content-Range");
        }
        return first != upload.received();
    }

    private static Digest digest(String text) {
        return Digest.parse(text).orElseThrow(() -> RegistryError.digestInvalid("provided digest is no sha256 digest"));
    }

    private static Answer created(String name, Digest digest) {
        return Answer.of(201)
                .with("Location", "/v2/%s/blobs/%s".formatted(name, digest))
                .with("Docker-Content-Digest", digest);
    }

    private static Answer accepted(String name, Upload upload) {
        return session(202, name, upload);
    }

    private static Answer outOfOrder(String name, Upload upload) {
        return session(416, name, upload);
    }

    private static Answer session(int status, String name, Upload upload) {
        return Answer.of(status)
                .with("Location", "/v2/%s/blobs/uploads/%s".formatted(name, upload.id()))
                .with("Docker-Upload-UUID", upload.id())
                .with("Range", "0-" + Math.max(0, upload.received() - 1));
    }
}
