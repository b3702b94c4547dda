package dev.hakoniwa.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecr.TestEcr;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LargeLayerTest {
    private static final int BLOCK = 1 << 20;
    private static final long SIZE = 256L * BLOCK;
    private static final long LITTLE = 48L * BLOCK;

    @TempDir
    private Path folder;

    private TestRegistry registry;
    private HttpClient http;

    @BeforeEach
    void start() {
        registry = new TestRegistry(folder);
        registry.aws().client().createRepository(r -> r.repositoryName("app"));
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterEach
    void stop() {
        http.close();
        registry.close();
    }

    @Test
    void aLargeLayerIsNeverInMemory() throws Exception {
        var digest = digest(new Layer());
        var upload = registry.begin("app");
        var before = used();
        var sent = new Layer();

        var patched = patch(upload, sent);
        var put = registry.send("PUT", upload + "?digest=" + digest);
        var downloaded = download(digest);

        assertThat(patched).isEqualTo(202);
        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(downloaded.digest()).isEqualTo(digest);
        assertThat(sent.usedHalfway - before).isLessThan(LITTLE);
        assertThat(downloaded.usedHalfway() - before).isLessThan(LITTLE);
    }

    private int patch(String path, Layer layer) throws IOException, InterruptedException {
        var body = BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> layer), SIZE);
        return http.send(request(path).method("PATCH", body).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private record Download(String digest, long usedHalfway) {}

    /// Reads half of the layer, lets the server fill what it has of buffers, and reads the rest.
    private Download download(String digest) throws Exception {
        var request = request("/v2/app/blobs/" + digest).build();
        try (var content = http.send(request, BodyHandlers.ofInputStream()).body()) {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var hashed = new DigestInputStream(content, sha256);
            readHalf(hashed);
            var used = used();
            hashed.transferTo(OutputStream.nullOutputStream());
            return new Download("sha256:" + HexFormat.of().formatHex(sha256.digest()), used);
        }
    }

    private static void readHalf(InputStream content) throws IOException {
        var block = new byte[BLOCK];
        for (var read = 0L; read < SIZE / 2; read += BLOCK) {
            content.readNBytes(block, 0, BLOCK);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + registry.port() + path))
                .header("Authorization", registry.login(TestEcr.ACCOUNT, TestEcr.REGION));
    }

    private static String digest(InputStream content) throws Exception {
        var sha256 = MessageDigest.getInstance("SHA-256");
        new DigestInputStream(content, sha256).transferTo(OutputStream.nullOutputStream());
        return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    }

    /// The memory that is in use once the garbage is gone.
    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// The layer's content. It notes how much memory is in use when half of it has been sent.
    private static final class Layer extends InputStream {
        private final byte[] block = new byte[BLOCK];
        private long read;
        private volatile long usedHalfway;

        Layer() {
            new Random(1).nextBytes(block);
        }

        @Override
        public int read() {
            return read < SIZE ? block[(int) (read++ % BLOCK)] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (read == SIZE) {
                return -1;
            }
            if (read >= SIZE / 2 && usedHalfway == 0) {
                usedHalfway = used();
            }
            var start = (int) (read % BLOCK);
            var count = Math.min(length, BLOCK - start);
            System.arraycopy(block, start, into, offset, count);
            read += count;
            return count;
        }
    }
}
