package dev.hakoniwa.docker;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A registry on loopback that gives images away, to everybody or to whom brings a password.
final class TestRegistry implements AutoCloseable {
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private static final String JSON = "application/json";
    private static final byte[] NOTHING = {'{', '}'};
    private static final byte[] UNKNOWN = """
            {"errors": [{"code": "MANIFEST_UNKNOWN", "message": "manifest unknown"}]}""".getBytes(StandardCharsets.UTF_8);

    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private final @Nullable String authorization;
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    /// @param authorization the header that everybody has to bring; null for none
    TestRegistry(@Nullable String authorization) {
        this.authorization = authorization;
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /// The image's reference, without tag.
    String repository(String name) {
        return "127.0.0.1:" + server.actualPort() + "/" + name;
    }

    /// Publishes the image and gives back its manifest's digest.
    String publish(String name, String tag, ImageArchive image) throws IOException {
        var layer = compressed(image.layer());
        var manifest = """
                {"schemaVersion": 2, "mediaType": "%s",
                 "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": %d, "digest": "%s"},
                 "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": %d, "digest": "%s"}]}""".formatted(
                        MANIFEST, image.configuration().length, put(image.configuration()), layer.length, put(layer))
                .getBytes(StandardCharsets.UTF_8);
        var digest = digest(manifest);
        manifests.put(name + "/manifests/" + tag, manifest);
        manifests.put(name + "/manifests/" + digest, manifest);
        return digest;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String put(byte[] blob) {
        blobs.put(digest(blob), blob);
        return digest(blob);
    }

    private void answer(HttpServerRequest request) {
        var path = String.valueOf(request.path()).substring("/v2/".length());
        var blob = path.substring(path.lastIndexOf('/') + 1);
        if (authorization != null && !authorization.equals(request.getHeader("Authorization"))) {
            request.response().putHeader("WWW-Authenticate", "Basic realm=\"test\"");
            send(request, 401, JSON, NOTHING);
        } else if (path.isEmpty()) {
            send(request, 200, JSON, NOTHING);
        } else if (manifests.containsKey(path)) {
            request.response().putHeader("Docker-Content-Digest", digest(manifests.get(path)));
            send(request, 200, MANIFEST, manifests.get(path));
        } else if (blobs.containsKey(blob)) {
            send(request, 200, "application/octet-stream", blobs.get(blob));
        } else {
            send(request, 404, JSON, UNKNOWN);
        }
    }

    private static void send(HttpServerRequest request, int status, String type, byte[] body) {
        var response = request.response().setStatusCode(status).putHeader("Content-Type", type);
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Integer.toString(body.length)).end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }

    private static String digest(byte[] bytes) {
        return "sha256:" + ImageArchive.sha256(bytes);
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }
}
