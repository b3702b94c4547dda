package dev.hakoniwa.story;

import static io.restassured.RestAssured.given;

import dev.hakoniwa.testing.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/// An emulator in a process of its own: the native executable where `hakoniwa.executable` names one, else the runnable
/// jar.
public final class RunningEmulator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration STEP = Duration.ofMillis(20);
    private static final String ANSWERS = "Hakoniwa answers at ";

    private final int port;
    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CountDownLatch answers = new CountDownLatch(1);

    private RunningEmulator(int port, List<String> command, Map<String, String> environment) {
        this.port = port;
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("output of the emulator").start(this::listen);
    }

    /// Starts one on a free port, and waits until it answers.
    public static RunningEmulator start(String... flags) {
        return startAt(FreePort.next(), flags);
    }

    public static RunningEmulator startAt(int port, String... flags) {
        return start(port, command(flags(port, flags)), Map.of());
    }

    /// Starts one with these variables in its environment.
    public static RunningEmulator startWith(Map<String, String> environment, String... flags) {
        var port = FreePort.next();
        return start(port, command(flags(port, flags)), environment);
    }

    /// Starts one in a container, and waits until it answers.
    ///
    /// @param options how the container is to run, as `docker run` takes it
    static RunningEmulator startInContainer(int port, String image, List<String> options) {
        var command = new ArrayList<>(
                List.of("docker", "run", "--rm", "--volume", "/var/run/docker.sock:/var/run/docker.sock"));
        command.addAll(options);
        command.add(image);
        command.addAll(flags(port));
        return start(port, command, Map.of());
    }

    /// Starts one that heeds SIGINT even where all of the build's processes were told to ignore it, as shells tell what
    /// they run in the background. It may not answer yet.
    static RunningEmulator beginInterruptible(Map<String, String> environment, String... flags) {
        var port = FreePort.next();
        var command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(command(flags(port, flags)));
        return new RunningEmulator(port, command, environment);
    }

    private static RunningEmulator start(int port, List<String> command, Map<String, String> environment) {
        var emulator = new RunningEmulator(port, command, environment);
        emulator.waitUntilItAnswers();
        return emulator;
    }

    private static List<String> flags(int port, String... flags) {
        return Stream.concat(Stream.of("--port", String.valueOf(port)), Stream.of(flags))
                .toList();
    }

    /// What starts the emulator with these arguments.
    public static List<String> command(List<String> arguments) {
        var executable = System.getProperty("hakoniwa.executable", "");
        var command = new ArrayList<>(
                executable.isEmpty()
                        ? List.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:AOTCache=target/quarkus-app/hakoniwa.aot",
                                "-jar",
                                "target/quarkus-app/quarkus-run.jar")
                        : List.of(executable));
        command.addAll(arguments);
        return command;
    }

    public int port() {
        return port;
    }

    public URI endpoint() {
        return URI.create("http://localhost:" + port);
    }

    /// A client as users make it, of the configured account.
    public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, Region.US_EAST_1);
    }

    public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder, Region region) {
        return builder.endpointOverride(endpoint())
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /// What everything that it makes on the engine is labelled with.
    public String instance() {
        return given().get(endpoint() + "/_hakoniwa/health")
                .then()
                .statusCode(200)
                .extract()
                .path("instance");
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /// The lines that it has written so far.
    public List<String> output() {
        return List.copyOf(output);
    }

    /// Sends SIGTERM and waits for the end; gives back the exit code.
    public int terminate() {
        process.toHandle().destroy(); // the process would close its output, too
        return end();
    }

    /// Sends SIGINT, as ctrl-C does, and doesn't wait.
    void interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sends SIGKILL, which lets it clean nothing up.
    public void kill() {
        process.toHandle().destroyForcibly();
        var _ = end();
    }

    @Override
    public void close() {
        var _ = terminate();
    }

    /// Asserts until the assertion holds, two minutes at most.
    public static void eventually(Runnable assertion) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                assertion.run();
                return;
            } catch (AssertionError _) {
                LockSupport.parkNanos(STEP.toNanos());
            }
        }
        assertion.run();
    }

    /// Lets the emulator do what it does meanwhile.
    static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    /// Waits for the end; gives back the exit code.
    int end() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the emulator did not end:\n" + String.join("\n", output));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void waitUntilItAnswers() {
        try {
            if (!answers.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    || output.stream().noneMatch(line -> line.contains(ANSWERS))) {
                process.destroyForcibly();
                throw new AssertionError("the emulator does not answer:\n" + String.join("\n", output));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.contains(ANSWERS)) {
                    answers.countDown();
                }
            }
        } catch (IOException e) {
            output.add("its output could not be read: " + e.getMessage());
        } finally {
            answers.countDown();
        }
    }
}
