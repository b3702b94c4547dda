package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.ecs.Errors;
import java.util.Objects;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/// How much CPU and memory the containers of a task may have, and the task itself.
final class SizeRules {
    private static final int LEAST_MEMORY = 6;
    private static final int MOST_CPU = 262_144;

    private SizeRules() {}

    static void check(Draft draft) {
        for (var container : draft.containers()) {
            cpu(container);
            memory(draft, container);
        }
        draft.cpu().ifPresent(cpu -> cpuTogether(draft, cpu));
        draft.memory().ifPresent(memory -> memoryTogether(draft, memory));
    }

    private static void cpu(ContainerDefinition container) {
        if (container.cpu() < 0 || container.cpu() > MOST_CPU) {
            throw Invalid.container(container.name(), "cpu");
        }
    }

    private static void memory(Draft draft, ContainerDefinition container) {
        var name = container.name();
        var limit = container.memory();
        var reservation = container.memoryReservation();
        if (limit == null && reservation == null && draft.memory().isEmpty()) {
            throw Invalid.containerBecause(name, "At least one of 'memory' or 'memoryReservation' must be specified.");
        }
        if ((limit != null && limit < LEAST_MEMORY) || (reservation != null && reservation < LEAST_MEMORY)) {
            throw Invalid.containerBecause(name, "The minimum memory size is %d MB.".formatted(LEAST_MEMORY));
        }
        if (limit != null && reservation != null && limit < reservation) {
            throw Invalid.containerBecause(name, "'memory' must be greater than or equal to 'memoryReservation'.");
        }
    }

    private static void cpuTogether(Draft draft, int task) {
        if (draft.containers().stream().mapToLong(ContainerDefinition::cpu).sum() > task) {
            throw Errors.client(
                    "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.");
        }
    }

    private static void memoryTogether(Draft draft, int task) {
        for (var container : draft.containers()) {
            if (container.memory() != null && container.memory() > task) {
                throw tooMuch("memory", container);
            }
            if (container.memoryReservation() != null && container.memoryReservation() > task) {
                throw tooMuch("memoryReservation", container);
            }
        }
        if (draft.containers().stream().mapToLong(SizeRules::reserved).sum() > task) {
            throw Errors.client(
                    "The sum of all container 'memory' values cannot be greater than the value of the task 'memory'.");
        }
    }

    private static AwsError tooMuch(String setting, ContainerDefinition container) {
        return Errors.client("The '%s' setting for container '%s' is greater than for the task."
                .formatted(setting, container.name()));
    }

    /// What a container takes of the task's memory for sure: its reservation, else its limit.
    private static long reserved(ContainerDefinition container) {
        var limit = Objects.requireNonNullElse(container.memory(), 0);
        return Objects.requireNonNullElse(container.memoryReservation(), limit);
    }
}
