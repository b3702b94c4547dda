package dev.hakoniwa.aot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Makes the cache with which a JVM starts the runnable jar in a fraction of the time: it has the emulator start and
/// answer a few calls, and the JVM keep what it has loaded and linked (JEP 483 and 514).
///
///     java src/aot/java/dev/hakoniwa/aot/AotCache.java JAR CACHE
final class AotCache {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofMillis(50);

    private AotCache() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        var jar = Path.of(arguments[0]);
        var cache = Path.of(arguments[1]);
        Files.deleteIfExists(cache); // that of another build
        var folder = Files.createTempDirectory("hakoniwa-aot-");
        var output = folder.resolve("output");
        var port = freePort();
        var emulator = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:AOTCacheOutput=" + cache,
                        "-jar",
                        jar.toString(),
                        "--port",
                        String.valueOf(port),
                        "--engine",
                        "simulated",
                        "--log-level",
                        "ERROR",
                        "--data-folder",
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            use(URI.create("http://127.0.0.1:" + port + "/"), emulator);
            emulator.destroy(); // the JVM writes the cache when it ends
            if (!emulator.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || !Files.exists(cache)) {
                throw new IOException("the JVM wrote no cache: " + Files.readString(output));
            }
        } finally {
            emulator.destroyForcibly();
            delete(folder);
        }
    }

    private static void use(URI endpoint, Process emulator) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (!answers(client, endpoint)) {
                if (!emulator.isAlive() || System.nanoTime() > end) {
                    throw new IOException("the emulator does not answer");
                }
                Thread.sleep(STEP);
            }
            for (var call : List.of("DescribeClusters", "ListServices", "ListTasks")) {
                var _ = ecs(client, endpoint, call, "{}");
            }
            var _ = ecs(client, endpoint, "CreateCluster", "{\"clusterName\": \"aot\"}");
        }
    }

    private static boolean answers(HttpClient client, URI endpoint) throws InterruptedException {
        try {
            return ecs(client, endpoint, "ListClusters", "{}") == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private static int ecs(HttpClient client, URI endpoint, String operation, String json)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + operation)
                .POST(BodyPublishers.ofString(json))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
