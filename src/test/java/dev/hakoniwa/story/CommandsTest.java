package dev.hakoniwa.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.EcsClient;

/// What the program says, and its exit codes.
final class CommandsTest {
    private static final Map<String, String> NO_ENGINE = Map.of("DOCKER_HOST", "unix:///nowhere/docker.sock");

    @Test
    @EnabledIfSystemProperty(named = "hakoniwa.executable", matches = ".+")
    void theExecutableKeepsLittleOfItsCodeInMemoryAtRest() {
        try (var emulator = RunningEmulator.start("--engine", "simulated");
                var ecs = emulator.client(EcsClient.builder())) {
            RunningEmulator.eventually(
                    () -> assertThat(code(emulator, "Rss:")).isLessThan(code(emulator, "Size:") / 8));
            ecs.createCluster(c -> c.clusterName("main"));
            ecs.describeClusters();
            assertThat(code(emulator, "Rss:")).isGreaterThan(code(emulator, "Size:") / 8);

            RunningEmulator.eventually(
                    () -> assertThat(code(emulator, "Rss:")).isLessThan(code(emulator, "Size:") / 8));
        }
    }

    @Test
    void helpNamesEveryCommandAndSetting() {
        var help = Invocation.of("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.complaints()).isEmpty();
        assertThat(String.join("\n", help.output()))
                .contains("usage: hakoniwa", "serve", "env", "health", "clean", "--port", "HAKONIWA_PORT");
    }

    @Test
    void theVersionIsOneLine() {
        var version = Invocation.of("--version");

        assertThat(version.exitCode()).isZero();
        assertThat(version.output()).singleElement().asString().matches("hakoniwa \\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void envTellsAwsToolsWhereTheEmulatorIs() {
        var env = Invocation.of("env", "--port", "4700", "--host", "0.0.0.0", "--region", "eu-west-1");

        assertThat(env.exitCode()).isZero();
        assertThat(env.complaints()).isEmpty();
        assertThat(env.output())
                .containsExactly(
                        "export AWS_ENDPOINT_URL=\"http://localhost:4700\"",
                        "export AWS_ACCESS_KEY_ID=\"test\"",
                        "export AWS_SECRET_ACCESS_KEY=\"test\"",
                        "export AWS_REGION=\"eu-west-1\"",
                        "export AWS_DEFAULT_REGION=\"eu-west-1\"");
    }

    @Test
    void settingsComeFromTheEnvironmentUnlessAFlagSaysOtherwise() {
        var env =
                Invocation.with(Map.of("HAKONIWA_PORT", "4701", "HAKONIWA_REGION", "sa-east-1"), "--port=4702", "env");

        assertThat(env.output())
                .contains("export AWS_ENDPOINT_URL=\"http://localhost:4702\"", "export AWS_REGION=\"sa-east-1\"");
    }

    @Test
    void whatIsWrongWithTheCommandLineIsToldAtOnce() {
        var refused = Invocation.with(
                Map.of("HAKONIWA_REGION", "Mars!"), "start", "--colour", "--port", "70000", "--engine", "podman");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output()).isEmpty();
        assertThat(refused.complaints())
                .containsExactly(
                        "hakoniwa: --colour: no such setting; --help lists them",
                        "hakoniwa: start: no such command; --help lists them",
                        "hakoniwa: port: must be between 1 and 65535: 70000",
                        "hakoniwa: region: not a region's name: Mars!",
                        "hakoniwa: engine: must be docker or simulated: podman");
    }

    @Test
    void aPortInUseIsOneLineThatSaysWhatToDo(@TempDir Path folder) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = String.valueOf(taken.getLocalPort());

            var refused = Invocation.with(NO_ENGINE, "--port", port, "--data-folder", folder.toString());

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.output()).isEmpty();
            assertThat(refused.complaints())
                    .containsExactly("hakoniwa: port " + port + " of 127.0.0.1 is in use: stop what listens there, "
                            + "or choose another port with --port or HAKONIWA_PORT");
        }
    }

    @Test
    void aSecondEmulatorOnThePortHarmsNotTheFirst(@TempDir Path folder) {
        try (var first = RunningEmulator.start("--engine", "simulated");
                var ecs = first.client(EcsClient.builder())) {
            ecs.createCluster(c -> c.clusterName("kept"));

            var second = Invocation.of(
                    "--port",
                    String.valueOf(first.port()),
                    "--engine",
                    "simulated",
                    "--data-folder",
                    folder.toString());

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(ecs.listClusters().clusterArns()).hasSize(1);
        }
    }

    @Test
    void anAddressOfAnotherMachineCannotBeBound() {
        var refused = Invocation.with(NO_ENGINE, "--host", "192.0.2.1", "--engine", "simulated");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.complaints())
                .containsExactly("hakoniwa: port 4566 of 192.0.2.1 can't be bound: Cannot assign requested address");
    }

    @Test
    void aDataFolderThatCannotBeMadeIsNamed() {
        var port = String.valueOf(FreePort.next());

        var refused = Invocation.of("--port", port, "--engine", "simulated", "--data-folder", "/proc/hakoniwa/data");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.complaints())
                .singleElement()
                .asString()
                .startsWith("hakoniwa: the data folder /proc/hakoniwa/data can't be used")
                .contains("--data-folder");
    }

    @Test
    void aDataFolderOfAnotherEmulatorIsLeftToIt(@TempDir Path folder) {
        try (var _ = RunningEmulator.start("--engine", "simulated", "--data-folder", folder.toString())) {
            var port = String.valueOf(FreePort.next());

            var refused = Invocation.of("--port", port, "--engine", "simulated", "--data-folder", folder.toString());

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.complaints())
                    .containsExactly("hakoniwa: another emulator uses the data folder " + folder);
        }
    }

    @Test
    void healthAsksTheEmulatorAndTellsInOneLine() {
        try (var emulator = RunningEmulator.start("--engine", "simulated")) {
            var well = Invocation.of("health", "--port", String.valueOf(emulator.port()));

            assertThat(well.exitCode()).isZero();
            assertThat(well.output())
                    .singleElement()
                    .asString()
                    .endsWith("runs at http://127.0.0.1:%d; simulated: no container runs for real"
                            .formatted(emulator.port()));
        }
    }

    @Test
    void healthFailsWhereNobodyAnswers() {
        var port = FreePort.next();

        var unwell = Invocation.of("health", "--port", String.valueOf(port));

        assertThat(unwell.exitCode()).isEqualTo(1);
        assertThat(unwell.complaints())
                .containsExactly("hakoniwa: no emulator answers at http://127.0.0.1:" + port + ": Connection refused");
    }

    @Test
    void cleanNeedsAnEngine() {
        var refused = Invocation.with(NO_ENGINE, "clean");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).isEmpty();
        assertThat(refused.complaints())
                .containsExactly("hakoniwa: Cannot connect to the Docker daemon at unix:///nowhere/docker.sock. "
                        + "Is the docker daemon running?");
    }

    @Test
    void withoutAnEngineItServesAndSaysSo() {
        try (var emulator = RunningEmulator.startWith(NO_ENGINE);
                var ecs = emulator.client(EcsClient.builder())) {
            ecs.createCluster(c -> c.clusterName("main"));

            RunningEmulator.eventually(() -> assertThat(emulator.output())
                    .anyMatch(line -> line.contains("the container engine is away: Cannot connect to the Docker")));
        }
    }

    /// A figure of the largest mapping that holds code of the executable's, in KiB, as the kernel tells it.
    private static long code(RunningEmulator emulator, String figure) {
        var mappings = Path.of("/proc", String.valueOf(emulator.process().pid()), "smaps");
        try (var lines = Files.lines(mappings)) {
            var code = false;
            var largest = 0L;
            for (var line : (Iterable<String>) lines::iterator) {
                if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                    code = line.matches(".* r-xp .*/hakoniwa[^/]*");
                } else if (code && line.startsWith(figure)) {
                    largest = Math.max(largest, Long.parseLong(line.replaceAll("\\D", "")));
                }
            }
            return largest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
