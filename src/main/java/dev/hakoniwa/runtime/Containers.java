package dev.hakoniwa.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Containers of the engine. Every call blocks and may throw [EngineException].
public interface Containers {
    /// Creates a container, not started. Its image must be there.
    ContainerId create(ContainerSpec spec);

    /// Starts it. Starting one that runs is no error.
    void start(ContainerId id);

    /// Sends the image's stop signal, and SIGKILL when `timeout` has passed; returns when the container has ended.
    /// Stopping one that has ended is no error.
    void stop(ContainerId id, Duration timeout);

    /// Removes the container, killing it first if it runs, with its anonymous volumes. Removing one that is not there
    /// is no error.
    void remove(ContainerId id);

    ContainerState inspect(ContainerId id);

    /// Every container, running or not, that carries all these labels; an empty value stands for any.
    List<ContainerState> list(Map<String, String> labels);

    /// What the container uses, in the JSON of Docker's API: `read`, `cpu_stats`, `memory_stats`, `networks` and
    /// the rest; `preread` and `precpu_stats` are what an earlier call has found. Empty if it does not run.
    Optional<String> stats(ContainerId id);

    /// What the container takes of the engine's disk, its volumes not counted.
    Size size(ContainerId id);

    /// In bytes.
    ///
    /// @param image all the layers of its image, which other containers may share
    /// @param written what it has written itself
    record Size(long image, long written) {}

    /// Runs a command of this machine, not of the container, in the container's network namespace, and waits for it. It
    /// is REFUSED where the emulator may not enter that, and a CONFLICT if the container does not run.
    CommandResult runInNetworkOf(ContainerId id, List<String> command);

    /// How a command ended.
    ///
    /// @param output all that it wrote
    record CommandResult(int exitCode, String output) {}

    /// Runs a command in a running container at a terminal of its own, as root, with the container's environment and
    /// working directory. Returns when the command has begun. It is a CONFLICT if the container does not run, and
    /// REFUSED if the command can't be started; the text says what of it is missing.
    Terminal runAtTerminal(ContainerId id, List<String> command, Terminal.Watcher watcher);

    /// Tells every line that the container, once started, has written and writes, from its start, until it ends or
    /// the result is closed. Returns at once; `reader` is called on a thread of the engine's, one line at a time.
    /// An engine that is away for a while loses no line. A line of more than 1 MiB is told in pieces.
    Following follow(ContainerId id, Reader reader);

    /// Who hears what a container writes.
    @FunctionalInterface
    interface Reader {
        void hear(LogLine line);

        /// There is nothing more to hear, unless the container is started again.
        default void ended() {}
    }

    /// A reader at a container's output.
    interface Following extends AutoCloseable {
        /// Waits until the last line has been told, at most `timeout`.
        void await(Duration timeout);

        /// Goes on with what the container, which has been started again, writes after what has been told already.
        /// Returns at once.
        void resume();

        @Override
        void close();
    }
}
