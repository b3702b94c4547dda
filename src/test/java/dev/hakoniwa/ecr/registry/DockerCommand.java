package dev.hakoniwa.ecr.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The `docker` command, with a configuration of its own so that nobody's logins are touched.
final class DockerCommand {
    private final Path configuration;

    DockerCommand(Path configuration) {
        this.configuration = configuration;
    }

    /// Runs the command to its end and gives its output, errors included; throws if it fails.
    String run(String... arguments) {
        return runWithInput(new byte[0], arguments);
    }

    String runWithInput(byte[] input, String... arguments) {
        return run(
                input,
                Stream.concat(Stream.of("docker", "--config", configuration.toString()), Stream.of(arguments))
                        .toList());
    }

    /// Makes an image of nothing but the machine's own busybox, and gives its id.
    String importBusybox(String image) {
        var busybox = runBinary(new byte[0], List.of("tar", "-C", "/bin", "-c", "busybox"));
        return runWithInput(busybox, "import", "--change", "LABEL dev.hakoniwa=test", "-", image)
                .strip();
    }

    private static String run(byte[] input, List<String> command) {
        return new String(runBinary(input, command), StandardCharsets.UTF_8);
    }

    private static byte[] runBinary(byte[] input, List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input);
            }
            var output = process.getInputStream().readAllBytes();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                var text = new String(output, StandardCharsets.UTF_8);
                throw new IllegalStateException(String.join(" ", command) + "\n" + text);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
