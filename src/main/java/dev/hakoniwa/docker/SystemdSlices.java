package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Groups.Share;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Control groups where systemd governs them (Docker's systemd driver): a slice each, whose limits systemd keeps as
/// runtime properties. Whatever is written to such a control group by itself, systemd overwrites.
final class SystemdSlices implements ControlGroups {
    private static final Path PROPERTIES = Path.of("/run/systemd/system.control");
    private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");

    private SystemdSlices() {}

    /// The machine's own systemd; empty if it isn't ours to change.
    static Optional<SystemdSlices> usual() {
        var isSystemd = Files.isDirectory(Path.of("/run/systemd/system"));
        return isSystemd && Files.isWritable(Path.of("/run/systemd"))
                ? Optional.of(new SystemdSlices())
                : Optional.empty();
    }

    @Override
    public Optional<String> create(String name, Share share) {
        var command = new ArrayList<>(List.of("set-property", "--runtime", name + ".slice"));
        if (share.memory() != 0) {
            command.add("MemoryMax=" + share.memory());
        }
        if (share.cpus() != 0) {
            command.add("CPUQuota=" + Math.max(1, Math.round(share.cpus() * 100)) + "%");
        }
        var _ = systemctl(command);
        return Optional.of(name + ".slice");
    }

    @Override
    public void remove(String parent) {
        if (!Files.exists(PROPERTIES.resolve(parent + ".d"))) {
            return;
        }
        if (hasMembers(systemctl(List.of("show", "--value", "--property", "ControlGroup", parent)))) {
            throw new EngineException(Kind.CONFLICT, "group " + parent + " has containers");
        }
        var _ = systemctl(List.of("stop", parent));
        var _ = systemctl(List.of("revert", parent));
    }

    @Override
    public List<String> list(String prefix) {
        try (var entries = Files.list(PROPERTIES)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith(prefix) && name.endsWith(".slice.d"))
                    .map(name -> name.substring(0, name.length() - ".d".length()))
                    .toList();
        } catch (IOException _) {
            return List.of(); // no unit has such properties
        }
    }

    /// In version 1 of control groups systemd has a tree of its own.
    private static boolean hasMembers(String path) {
        return !path.isEmpty()
                && Stream.of(CONTROL_GROUPS, CONTROL_GROUPS.resolve("systemd"))
                        .map(root -> Path.of(root + path))
                        .anyMatch(SystemdSlices::hasFolders);
    }

    private static boolean hasFolders(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.anyMatch(Files::isDirectory);
        } catch (IOException _) {
            return false;
        }
    }

    private static String systemctl(List<String> arguments) {
        var command = new ArrayList<>(List.of("systemctl"));
        command.addAll(arguments);
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() == 0) {
                return output;
            }
            throw new EngineException(Kind.REFUSED, String.join(" ", command) + ": " + output);
        } catch (IOException e) {
            throw new EngineException(Kind.REFUSED, String.join(" ", command) + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.UNAVAILABLE, "interrupted", e);
        }
    }
}
