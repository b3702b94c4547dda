package dev.hakoniwa.ecs.task;

import dev.hakoniwa.runtime.ContainerSpec.Limits;
import dev.hakoniwa.runtime.ContainerSpec.Ulimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.UlimitName;

/// What a container may use (ecs-tasks.md §13). The task's own limits hold for each of its containers: the engine has
/// no limit for several containers together that could be set without touching the host's control groups.
final class ContainerLimits {
    private static final long MIB = 1024L * 1024;
    private static final int MAX_CPU_SHARES = 262_144;
    private static final long FARGATE_OPEN_FILES = 65_535;

    private ContainerLimits() {}

    static Limits of(TaskSpec task, ContainerDefinition container) {
        var cpu = Objects.requireNonNullElse(container.cpu(), 0);
        var memory = memory(task, container);
        var linux = container.linuxParameters();
        var maxSwap = linux == null ? null : linux.maxSwap();
        return new Limits(
                Math.clamp(cpu, 2, MAX_CPU_SHARES),
                taskNumber(task.overrides().cpu(), task.definition().cpu()) / 1024.0,
                memory,
                Objects.requireNonNullElse(container.memoryReservation(), 0) * MIB,
                maxSwap == null || memory == 0 ? 0 : memory + maxSwap * MIB,
                linux == null ? null : linux.swappiness(),
                ulimits(task, container));
    }

    private static long memory(TaskSpec task, ContainerDefinition container) {
        if (container.memory() != null) {
            return container.memory() * MIB;
        }
        return taskNumber(task.overrides().memory(), task.definition().memory()) * MIB;
    }

    private static long taskNumber(@Nullable String override, @Nullable String defined) {
        var text = override == null ? defined : override;
        return text == null ? 0 : Long.parseLong(text);
    }

    private static List<Ulimit> ulimits(TaskSpec task, ContainerDefinition container) {
        var limits = new ArrayList<Ulimit>();
        container.ulimits().forEach(u -> limits.add(new Ulimit(u.nameAsString(), u.softLimit(), u.hardLimit())));
        var ownOpenFiles = container.ulimits().stream().anyMatch(u -> u.name() == UlimitName.NOFILE);
        if (!ownOpenFiles && task.compute().launchType() == LaunchType.FARGATE) {
            limits.add(new Ulimit(UlimitName.NOFILE.toString(), FARGATE_OPEN_FILES, FARGATE_OPEN_FILES));
        }
        return limits;
    }
}
