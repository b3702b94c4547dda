package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The container that this process runs in. Engines mount a few files into every container from a folder that bears the
/// container's id.
final class OwnContainer {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Pattern FOLDER = Pattern.compile("containers/([0-9a-f]{64})/");

    private OwnContainer() {}

    static Optional<ContainerId> id() {
        try {
            return id(Files.readAllLines(MOUNTS));
        } catch (IOException _) {
            return Optional.empty(); // another system
        }
    }

    /// The container in what the kernel tells of this process's mounts.
    static Optional<ContainerId> id(List<String> mounts) {
        return mounts.stream()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length > 4 && fields[4].equals("/etc/hostname"))
                .flatMap(fields -> FOLDER.matcher(fields[3]).results())
                .map((MatchResult folder) -> new ContainerId(folder.group(1)))
                .findFirst();
    }
}
