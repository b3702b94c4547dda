package dev.hakoniwa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// `docker run`, for comparison, with the options that the emulator gives its containers. Its containers carry a label
/// of their own, by which they are removed.
final class BareDocker implements AutoCloseable {
    static final String IMAGE = "hakoniwa-bench";
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String LABEL =
            "hakoniwa-bench=" + ProcessHandle.current().pid();
    private static final String NETWORK =
            "hakoniwa-bench-" + ProcessHandle.current().pid();

    private final String network;

    private BareDocker(String network) {
        this.network = network;
    }

    /// Makes the image: a shell that waits, and ends when it is asked to. Empty, with a note of why, where that can't
    /// be.
    static Optional<BareDocker> open(Setup setup, Table table) throws IOException, InterruptedException {
        if (Setup.find("docker").isEmpty() || !Files.exists(BUSYBOX)) {
            table.note("docker, or Debian's busybox-static to make an image of, is not installed.");
            return Optional.empty();
        }
        var folder = Files.createDirectories(setup.folder().resolve("image"));
        Files.copy(BUSYBOX, folder.resolve("sh"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("Dockerfile"), """
                FROM scratch
                COPY sh /bin/sh
                CMD ["/bin/sh", "-c", "trap 'exit 0' TERM; sleep 3600 & wait"]
                """);
        try {
            Child.run("docker", "build", "-q", "-t", IMAGE, folder.toString());
            return Optional.of(new BareDocker(Child.run("docker", "network", "create", "--label", LABEL, NETWORK)));
        } catch (IOException e) {
            table.note("docker doesn't build the image, or makes no network: " + e.getMessage());
            return Optional.empty();
        }
    }

    /// Runs a container; gives back its id when it has started.
    String run(String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("docker", "run", "--detach", "--label", LABEL));
        command.addAll(List.of("--memory", "64m", "--cpu-shares", "128", "--env", "AWS_REGION=us-east-1"));
        command.addAll(List.of("--log-driver", "json-file", "--log-opt", "max-size=10m", "--log-opt", "max-file=1"));
        command.addAll(List.of(options));
        command.add(IMAGE);
        return Child.run(command.toArray(String[]::new));
    }

    /// A network of its own, as a VPC's tasks have.
    String network() {
        return network;
    }

    /// Runs that many at once.
    void runAll(int count) throws Exception {
        atOnce(Collections.nCopies(count, () -> run()));
    }

    /// Stops all of them at once and removes them.
    void stopAll() throws Exception {
        var stops = containers().stream()
                .map(id -> (Callable<String>) () -> Child.run("docker", "stop", id))
                .toList();
        atOnce(stops);
        removeAll();
    }

    void removeAll() throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("docker", "rm", "--force"));
        var containers = containers();
        if (!containers.isEmpty()) {
            command.addAll(containers);
            var _ = Child.run(command.toArray(String[]::new));
        }
    }

    private static List<String> containers() throws IOException, InterruptedException {
        return Child.run("docker", "ps", "--all", "--quiet", "--filter", "label=" + LABEL)
                .lines()
                .toList();
    }

    private static void atOnce(List<Callable<String>> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(work)) {
                var _ = done.get();
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        removeAll();
        var _ = Child.run("docker", "network", "rm", network);
        var _ = Child.run("docker", "rmi", "--force", IMAGE);
    }
}
