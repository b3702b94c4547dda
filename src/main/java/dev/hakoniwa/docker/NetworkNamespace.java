package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.Containers.CommandResult;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The network namespace of a container whose first process runs on this machine.
record NetworkNamespace(ContainerId container, long process) {
    private static final int SECONDS = 5;

    /// Runs a command of this machine in the namespace. Only root may.
    CommandResult run(List<String> command) {
        var namespace = Path.of("/proc", Long.toString(process), "ns", "net");
        if (!new ContainerProcess(container, process).isOurs() || !Files.isReadable(namespace)) {
            throw refused("its network namespace can't be entered from here; that takes root on the engine's machine");
        }
        var enter = Stream.concat(Stream.of("nsenter", "--net=" + namespace), command.stream());
        try {
            return result(
                    new ProcessBuilder(enter.toList()).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw refused(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw refused("interrupted");
        }
    }

    private CommandResult result(Process running) throws IOException, InterruptedException {
        running.getOutputStream().close();
        if (!running.waitFor(SECONDS, TimeUnit.SECONDS)) {
            running.destroyForcibly();
            throw refused("a command in its network namespace has not ended within " + SECONDS + " s");
        }
        var output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandResult(running.exitValue(), output);
    }

    private EngineException refused(String why) {
        return new EngineException(Kind.REFUSED, "container " + container + ": " + why);
    }
}
