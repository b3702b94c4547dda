package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.task.state.TaskSpec;
import dev.hakoniwa.runtime.ContainerSpec.Limits;
import dev.hakoniwa.runtime.ContainerSpec.Ulimit;
import dev.hakoniwa.runtime.Groups.Share;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/// What a container may use, and its task (ecs-tasks.md §13). The containers of a task share its CPU and memory in a
/// group; where the engine has no groups, the task's limits hold for each container.
final class ContainerLimits {
    private static final long MIB = 1024L * 1024;
    private static final int MAX_CPU_SHARES = 262_144;

    private ContainerLimits() {}

    /// What all containers of a task may use together; empty if it says nothing of that.
    static Optional<Share> share(TaskSpec task) {
        var share = new Share(cpus(task), taskMemory(task));
        return share.cpus() == 0 && share.memory() == 0 ? Optional.empty() : Optional.of(share);
    }

    /// @param group of the task; empty for none
    static Limits of(TaskSpec task, ContainerDefinition container, String group) {
        var cpu = Objects.requireNonNullElse(container.cpu(), 0);
        var memory = memory(task, container);
        var linux = container.linuxParameters();
        var maxSwap = linux == null ? null : linux.maxSwap();
        return new Limits(
                Math.clamp(cpu, 2, MAX_CPU_SHARES),
                group.isEmpty() ? cpus(task) : 0,
                memory,
                Objects.requireNonNullElse(container.memoryReservation(), 0) * MIB,
                maxSwap == null || memory == 0 ? 0 : memory + maxSwap * MIB,
                linux == null ? null : linux.swappiness(),
                ulimits(container),
                group);
    }

    /// Those of the container that holds the task's namespaces.
    static Limits pause(String group) {
        return new Limits(0, 0, 0, 0, 0, null, List.of(), group);
    }

    private static double cpus(TaskSpec task) {
        return taskNumber(task.overrides().cpu(), task.definition().cpu()) / 1024.0;
    }

    private static long taskMemory(TaskSpec task) {
        return taskNumber(task.overrides().memory(), task.definition().memory()) * MIB;
    }

    private static long memory(TaskSpec task, ContainerDefinition container) {
        if (container.memory() != null) {
            return container.memory() * MIB;
        }
        return taskMemory(task);
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
