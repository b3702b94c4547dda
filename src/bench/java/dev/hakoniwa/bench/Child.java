package dev.hakoniwa.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process of ours.
final class Child implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Child start(Setup setup, Map<String, String> environment, List<String> command) throws IOException {
        var log = Files.createTempFile(setup.folder(), "log-", ".txt");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        return new Child(process, log);
    }

    /// Runs a command to its end and gives back what it printed; fails if the command does.
    static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
        return output.strip();
    }

    long pid() {
        return process.pid();
    }

    /// Fails if the process has ended.
    void mustRun() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(process.info().commandLine().orElse("a child") + " has ended: " + log());
        }
    }

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        if (!process.isAlive()) {
            System.err.println("ended too early: " + log());
        }
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
        }
    }
}
