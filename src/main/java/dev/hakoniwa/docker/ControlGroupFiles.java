package dev.hakoniwa.docker;

import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Groups.Share;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Control groups as folders of the kernel's file system, where Docker makes its own in the same way (its cgroupfs
/// driver): one tree in version 2, in version 1 one for each controller.
final class ControlGroupFiles implements ControlGroups {
    /// The scheduler's period in microseconds, as the ECS agent sets it.
    private static final int PERIOD = 100_000;

    private static final int LEAST_QUOTA = 1_000;

    private final Path root;
    private final boolean unified;

    private ControlGroupFiles(Path root, boolean unified) {
        this.root = root;
        this.unified = unified;
    }

    /// What is mounted here; empty if it isn't ours to change.
    static Optional<ControlGroupFiles> below(Path root) {
        if (Files.exists(root.resolve("cgroup.controllers"))) {
            return Files.isWritable(root.resolve("cgroup.subtree_control"))
                    ? Optional.of(new ControlGroupFiles(root, true))
                    : Optional.empty();
        }
        var writable = Stream.of("memory", "cpu").map(root::resolve).allMatch(Files::isWritable);
        return writable ? Optional.of(new ControlGroupFiles(root, false)) : Optional.empty();
    }

    @Override
    public Optional<String> create(String name, Share share) {
        try {
            if (unified) {
                createUnified(root.resolve(name), share);
            } else {
                createSplit(name, share);
            }
            return Optional.of("/" + name);
        } catch (IOException e) {
            throw new EngineException(Kind.REFUSED, "control group " + name + ": " + e, e);
        }
    }

    @Override
    public void remove(String parent) {
        for (var tree : trees()) {
            remove(tree.resolve(parent.substring(1)), parent);
        }
    }

    @Override
    public List<String> list(String prefix) {
        return trees().stream()
                .flatMap(tree -> folders(tree).stream())
                .map(folder -> folder.getFileName().toString())
                .filter(name -> name.startsWith(prefix))
                .map(name -> "/" + name)
                .distinct()
                .toList();
    }

    private void createUnified(Path group, Share share) throws IOException {
        Files.writeString(root.resolve("cgroup.subtree_control"), "+cpu +memory");
        Files.createDirectories(group);
        if (share.memory() != 0) {
            Files.writeString(group.resolve("memory.max"), Long.toString(share.memory()));
        }
        if (share.cpus() != 0) {
            Files.writeString(group.resolve("cpu.max"), quota(share) + " " + PERIOD);
        }
    }

    private void createSplit(String name, Share share) throws IOException {
        var memory = Files.createDirectories(root.resolve("memory").resolve(name));
        var cpu = Files.createDirectories(root.resolve("cpu").resolve(name));
        if (share.memory() != 0) {
            Files.writeString(memory.resolve("memory.limit_in_bytes"), Long.toString(share.memory()));
        }
        if (share.cpus() != 0) {
            Files.writeString(cpu.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD));
            Files.writeString(cpu.resolve("cpu.cfs_quota_us"), Long.toString(quota(share)));
        }
    }

    private static long quota(Share share) {
        return Math.max(LEAST_QUOTA, Math.round(share.cpus() * PERIOD));
    }

    private List<Path> trees() {
        return unified ? List.of(root) : folders(root);
    }

    private static List<Path> folders(Path parent) {
        try (var entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException _) {
            return List.of(); // it has just gone
        }
    }

    /// The folders that Docker has left below a group go with it. The files in them aren't files that could stay.
    private static void remove(Path group, String parent) {
        try (var below = Files.walk(group)) {
            var folders = below.filter(Files::isDirectory)
                    .sorted(Comparator.comparingInt(Path::getNameCount).reversed())
                    .toList();
            for (var folder : folders) {
                Files.deleteIfExists(folder);
            }
        } catch (NoSuchFileException | UncheckedIOException _) {
            // it isn't in this tree, or somebody else was quicker
        } catch (IOException e) {
            throw new EngineException(Kind.CONFLICT, "group " + parent + " has containers", e);
        }
    }
}
