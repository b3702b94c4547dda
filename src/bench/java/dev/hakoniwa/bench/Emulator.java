package dev.hakoniwa.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An emulator that runs: ours, or another that answers DescribeClusters on a port.
final class Emulator implements AutoCloseable {
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final byte[] DESCRIBE_CLUSTERS =
            """
            POST / HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/x-amz-json-1.1\r
            X-Amz-Target: AmazonEC2ContainerServiceV20141113.DescribeClusters\r
            Authorization: %s\r
            Content-Length: 2\r
            \r
            {}""".formatted(Aws.authorization("ecs")).getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final Child child;
    private final int port;
    private final double startSeconds;

    private Emulator(String name, Child child, int port, double startSeconds) {
        this.name = name;
        this.child = child;
        this.port = port;
        this.startSeconds = startSeconds;
    }

    static Emulator start(Setup setup, Flavour flavour, Map<String, String> environment, String... flags)
            throws IOException, InterruptedException {
        var port = Setup.freePort();
        var command = new ArrayList<>(flavour.command());
        command.addAll(List.of(
                "--port",
                String.valueOf(port),
                "--data-folder",
                setup.folder().resolve("data-" + port).toString()));
        command.addAll(List.of(flags));
        return start(setup, flavour.name(), environment, command, port);
    }

    static Emulator start(Setup setup, Flavour flavour, String... flags) throws IOException, InterruptedException {
        return start(setup, flavour, Map.of(), flags);
    }

    /// One of each flavour.
    static List<Emulator> startAll(Setup setup, Map<String, String> environment, String... flags)
            throws IOException, InterruptedException {
        var emulators = new ArrayList<Emulator>();
        for (var flavour : setup.flavours()) {
            emulators.add(start(setup, flavour, environment, flags));
        }
        return emulators;
    }

    static Emulator start(Setup setup, String name, Map<String, String> environment, List<String> command, int port)
            throws IOException, InterruptedException {
        var begin = System.nanoTime();
        var child = Child.start(setup, environment, command);
        while (!answers(port)) {
            child.mustRun();
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                child.close();
                throw new IOException(name + " does not answer");
            }
            Thread.sleep(0, 500_000);
        }
        return new Emulator(name, child, port, (System.nanoTime() - begin) / 1e9);
    }

    private static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.getOutputStream().write(DESCRIBE_CLUSTERS);
            var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return answer.endsWith(" 200");
        } catch (IOException _) {
            return false;
        }
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    long pid() {
        return child.pid();
    }

    /// From the start of its process to the first answer.
    double startSeconds() {
        return startSeconds;
    }

    Aws aws() {
        return new Aws(port);
    }

    @Override
    public void close() {
        child.close();
    }
}
