package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process of a container, by the number that it has on the engine's machine.
record ContainerProcess(ContainerId container, long number) {
    /// Whether the number is that process here as well: on another machine, or in a container of the emulator's, it may
    /// be another one.
    boolean isOurs() {
        try {
            return number > 0
                    && Files.readString(Path.of("/proc", Long.toString(number), "cgroup"))
                            .contains(container.value());
        } catch (IOException _) {
            return false;
        }
    }

    /// Ends it at once.
    ///
    /// @return false if that can't be done from here
    boolean kill() {
        return isOurs()
                && ProcessHandle.of(number).map(ProcessHandle::destroyForcibly).orElse(false);
    }
}
