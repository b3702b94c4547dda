package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.task.state.TaskSpec;
import dev.hakoniwa.runtime.ContainerSpec.Limits;
import dev.hakoniwa.runtime.ContainerSpec.Ulimit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/// What a container may use (ecs-tasks.md §13). The task's own limits hold for each of its containers: the engine has
/// no limit for several containers together that could be set without touching the host's control groups.
final class ContainerLimits {
    private static final long MIB = 1024L * 1024;
    private static final int MAX_CPU_SHARES = 262_144;

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
                ulimits(container));
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

    /// Fargate gives every container 65,535 open files. A machine whose engine may not have so many can't start a
    /// container that asks for them, so the engine's own default stands unless the definition says otherwise.
    private static List<Ulimit> ulimits(ContainerDefinition container) {
        return container.ulimits().stream()
                .map(limit -> new Ulimit(limit.nameAsString(), limit.softLimit(), limit.hardLimit()))
                .toList();
    }
}
