package dev.hakoniwa.story;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A command of the emulator's that has ended: what it said, and its exit code.
record Invocation(int exitCode, List<String> output, List<String> complaints) {
    private static final int PATIENCE_SECONDS = 60;

    static Invocation of(String... arguments) {
        return with(Map.of(), arguments);
    }

    /// Runs a command with these variables in its environment.
    static Invocation with(Map<String, String> environment, String... arguments) {
        try {
            var builder = new ProcessBuilder(RunningEmulator.command(List.of(arguments)));
            builder.environment().putAll(environment);
            var process = builder.start();
            var output = lines(process.getInputStream());
            var complaints = lines(process.getErrorStream());
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it does not end");
            }
            return new Invocation(process.exitValue(), output, complaints);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> lines(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
}
