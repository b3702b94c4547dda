package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.runtime.Groups.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written where, in folders that stand for the kernel's.
final class ControlGroupFilesTest {
    private static final Share SHARE = new Share(0.25, 512 << 20);

    @TempDir
    private Path root;

    @Test
    void version2HasOneTree() throws IOException {
        Files.createFile(root.resolve("cgroup.controllers"));
        Files.createFile(root.resolve("cgroup.subtree_control"));
        var groups = ControlGroupFiles.below(root).orElseThrow();

        var parent = groups.create("hakoniwa-1", SHARE);

        assertThat(parent).hasValue("/hakoniwa-1");
        assertThat(root.resolve("cgroup.subtree_control")).hasContent("+cpu +memory");
        assertThat(root.resolve("hakoniwa-1/memory.max")).hasContent("536870912");
        assertThat(root.resolve("hakoniwa-1/cpu.max")).hasContent("25000 100000");
        assertThat(groups.list("hakoniwa-")).containsExactly("/hakoniwa-1");
    }

    @Test
    void version1HasOneForEachController() throws IOException {
        Files.createDirectories(root.resolve("memory"));
        Files.createDirectories(root.resolve("cpu"));
        Files.createDirectories(root.resolve("pids"));
        var groups = ControlGroupFiles.below(root).orElseThrow();

        var parent = groups.create("hakoniwa-1", SHARE);

        assertThat(parent).hasValue("/hakoniwa-1");
        assertThat(root.resolve("memory/hakoniwa-1/memory.limit_in_bytes")).hasContent("536870912");
        assertThat(root.resolve("cpu/hakoniwa-1/cpu.cfs_period_us")).hasContent("100000");
        assertThat(root.resolve("cpu/hakoniwa-1/cpu.cfs_quota_us")).hasContent("25000");
        assertThat(root.resolve("pids/hakoniwa-1")).doesNotExist();
    }

    @Test
    void whatDockerHasMadeInItGoesWithAGroup() throws IOException {
        Files.createDirectories(root.resolve("memory"));
        Files.createDirectories(root.resolve("cpu"));
        Files.createDirectories(root.resolve("pids/hakoniwa-1/a-container/a-group-of-its-own"));
        var groups = ControlGroupFiles.below(root).orElseThrow();

        groups.remove("/hakoniwa-1");

        assertThat(groups.list("hakoniwa-")).isEmpty();
    }

    @Test
    void otherFoldersAreNoControlGroups() {
        assertThat(ControlGroupFiles.below(root)).isEmpty();
    }
}
