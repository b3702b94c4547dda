package dev.hakoniwa.bench;

import static dev.hakoniwa.bench.TaskStart.seconds;

import dev.hakoniwa.bench.Benchmark.Section;
import dev.hakoniwa.bench.Table.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// How fast blobs and images go into the registry and come out again, against Debian's docker-registry.
final class RegistryTransfers implements Section {
    private static final int BLOB = 256 * 1024 * 1024;
    private static final int LAYER = 64 * 1024 * 1024;
    private static final String PEER = "docker-registry";
    private static final Measure PUT = new Measure("PUT of 256 MiB", Unit.BYTES_PER_SECOND, "≥ 1.5 ×");
    private static final Measure GET = new Measure("GET of 256 MiB", Unit.BYTES_PER_SECOND, "≥ 0.8 ×");
    private static final Measure PUSH = new Measure("docker push of 64 MiB", Unit.SECONDS);
    private static final Measure PULL = new Measure("docker pull of it", Unit.SECONDS);
    private static final String PEER_CONFIGURATION = """
            version: 0.1
            log: {level: error, accesslog: {disabled: true}}
            storage:
              filesystem: {rootdirectory: %s}
              cache: {blobdescriptor: inmemory}
            http: {addr: "127.0.0.1:%d"}
            """;

    /// A registry that runs.
    record Registry(String name, int port, Optional<String> login) {
        BlobClient client() {
            return new BlobClient(port, login.map(text -> "Basic " + text));
        }
    }

    @Override
    public void measure(Setup setup, Table table) throws Exception {
        var emulators = Emulator.startAll(setup, Map.of());
        try (var peer = Peer.start(setup, table)) {
            var registries = new ArrayList<Registry>();
            for (var emulator : emulators) {
                registries.add(registry(emulator));
            }
            peer.registry().ifPresent(registries::add);
            blobs(setup, table, registries);
            if (Setup.find("docker").isPresent()) {
                images(setup, table, registries);
            } else {
                table.note("docker is not installed.");
            }
        } finally {
            emulators.forEach(Emulator::close);
        }
    }

    private static Registry registry(Emulator emulator) throws Exception {
        var prefix = "AmazonEC2ContainerRegistry_V20150921.";
        var _ = emulator.aws().json("ecr", prefix + "CreateRepository", "{\"repositoryName\": \"bench\"}");
        var answer = emulator.aws().json("ecr", prefix + "GetAuthorizationToken", "{}");
        var login = Aws.first("\"authorizationToken\":\"([^\"]+)\"", answer);
        return new Registry(emulator.name(), emulator.port(), Optional.of(login));
    }

    private static void blobs(Setup setup, Table table, List<Registry> registries) throws Exception {
        var content = new byte[BLOB];
        new Random(1).nextBytes(content);
        var digests = new ArrayList<String>();
        for (var round = 0; round <= setup.rounds(); round++) {
            content[0]++;
            var digest = BlobClient.digest(content);
            digests.add(digest);
            for (var registry : registries) {
                var took = registry.client().put("bench", digest, content);
                if (round > 0) {
                    table.add(PUT, registry.name(), BLOB / took);
                }
            }
        }
        for (var registry : registries) {
            var _ = registry.client().get("bench", digests.getFirst());
        }
        setup.alternate(setup.rounds(), registries, registry -> {
            var took = registry.client().get("bench", digests.getLast());
            table.add(GET, registry.name(), BLOB / took);
        });
    }

    private static void images(Setup setup, Table table, List<Registry> registries) throws Exception {
        var random = new Random(2);
        for (var registry : registries) {
            if (registry.login().isPresent()) {
                var token =
                        new String(Base64.getDecoder().decode(registry.login().get()));
                var _ = Child.run(
                        "docker",
                        "--config",
                        setup.folder().resolve("docker").toString(),
                        "login",
                        "-u",
                        "AWS",
                        "-p",
                        token.substring(4),
                        "127.0.0.1:" + registry.port());
            }
        }
        setup.alternate(setup.rounds(), registries, registry -> {
            var image = "127.0.0.1:%d/bench:latest".formatted(registry.port());
            build(setup, random, image);
            var config = setup.folder().resolve("docker").toString();
            table.add(PUSH, registry.name(), seconds(() -> Child.run("docker", "--config", config, "push", image)));
            var _ = Child.run("docker", "rmi", image);
            table.add(PULL, registry.name(), seconds(() -> Child.run("docker", "--config", config, "pull", image)));
            var _ = Child.run("docker", "rmi", image);
        });
    }

    /// An image with a layer that nobody has seen, half of which can be compressed.
    private static void build(Setup setup, Random random, String image) throws IOException, InterruptedException {
        var folder = Files.createDirectories(setup.folder().resolve("layer"));
        var content = new byte[LAYER];
        var half = new byte[LAYER / 2];
        random.nextBytes(half);
        System.arraycopy(half, 0, content, 0, half.length);
        Files.write(folder.resolve("content"), content);
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY content /content\n");
        var _ = Child.run("docker", "build", "-q", "-t", image, folder.toString());
    }

    /// Debian's docker-registry, where it is installed.
    private record Peer(Optional<Child> child, Optional<Registry> registry) implements AutoCloseable {
        static Peer start(Setup setup, Table table) throws IOException, InterruptedException {
            if (Setup.find(PEER).isEmpty()) {
                table.note("docker-registry is not installed.");
                return new Peer(Optional.empty(), Optional.empty());
            }
            var port = Setup.freePort();
            var data = setup.folder().resolve("registry");
            var configuration = setup.write("registry.yml", PEER_CONFIGURATION.formatted(data, port));
            var child = Child.start(setup, Map.of(), List.of(PEER, "serve", configuration.toString()));
            Thread.sleep(1000);
            child.mustRun();
            return new Peer(Optional.of(child), Optional.of(new Registry(PEER, port, Optional.empty())));
        }

        @Override
        public void close() {
            child.ifPresent(Child::close);
        }
    }
}
