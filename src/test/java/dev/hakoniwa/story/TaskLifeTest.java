package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static dev.hakoniwa.story.TaskStory.container;
import static dev.hakoniwa.story.TaskStory.endless;
import static dev.hakoniwa.story.TaskStory.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.testing.DockerTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// How the containers of a task start, end and fail, and how the task shows it.
@DockerTest
final class TaskLifeTest {
    @RegisterExtension
    private static final TaskStory AWS = new TaskStory();

    @Test
    void aContainerStartsWhenAllThatItDependsOnIsAsItWants() {
        var task = AWS.running(AWS.run(AWS.define(
                endless("app")
                        .dependsOn(
                                d -> d.containerName("migrate").condition(ContainerCondition.SUCCESS),
                                d -> d.containerName("seed").condition(ContainerCondition.COMPLETE),
                                d -> d.containerName("db").condition(ContainerCondition.HEALTHY),
                                d -> d.containerName("agent").condition(ContainerCondition.START)),
                shell("migrate", "sleep 1").essential(false),
                shell("seed", "sleep 1; exit 3").essential(false),
                endless("db").healthCheck(h -> h.command("CMD-SHELL", "true").interval(5)),
                endless("agent"))));

        var app = startOf(task, "app");
        assertThat(app)
                .isAfter(startOf(task, "agent"))
                .isAfter(endOf(task, "migrate"))
                .isAfter(endOf(task, "seed"));
        assertThat(Duration.between(startOf(task, "db"), app)).isGreaterThan(Duration.ofSeconds(5));
        assertThat(container(task, "migrate").lastStatus()).isEqualTo("STOPPED");
        assertThat(container(task, "migrate").exitCode()).isZero();
        assertThat(container(task, "seed").exitCode()).isEqualTo(3);
        assertThat(container(task, "db").healthStatus()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void aContainerWhoseDependencyFailsNeverStarts() {
        var task = AWS.stopped(AWS.run(AWS.define(
                endless("app").dependsOn(d -> d.containerName("migrate").condition(ContainerCondition.SUCCESS)),
                shell("migrate", "exit 1").essential(false))));

        assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(container(task, "app").reason())
                .startsWith("TaskDependencyError: ")
                .contains("migrate");
        assertThat(container(task, "app").exitCode()).isNull();
        assertThat(container(task, "migrate").exitCode()).isEqualTo(1);
        assertThat(task.startedAt()).isNull();
    }

    @Test
    void aContainerThatTakesTooLongEndsTheWaitForIt() {
        var task = AWS.stopped(AWS.run(AWS.define(
                endless("app").dependsOn(d -> d.containerName("slow").condition(ContainerCondition.COMPLETE)),
                endless("slow").essential(false).startTimeout(2))));

        assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(container(task, "app").reason())
                .startsWith("TaskDependencyError: ")
                .contains("slow");
        assertThat(container(task, "slow").exitCode()).isEqualTo(143);
    }

    @Test
    void aTaskEndsWithItsEssentialContainerAndTheOthersAreStoppedAgainstTheOrderOfTheirStart() {
        var task = AWS.stopped(AWS.run(AWS.define(
                shell("app", "sleep 1; exit 7"),
                endless("log"),
                endless("web").dependsOn(d -> d.containerName("log").condition(ContainerCondition.START)))));

        assertThat(task.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(task.stoppedReason()).isEqualTo("Essential container in task exited");
        assertThat(container(task, "app").exitCode()).isEqualTo(7);
        assertThat(container(task, "web").exitCode()).isEqualTo(143);
        assertThat(container(task, "log").exitCode()).isEqualTo(143);
        assertThat(task.executionStoppedAt()).isNotNull().isBefore(task.stoppedAt());
    }

    @Test
    void aTaskOutlivesAContainerThatIsNotEssential() {
        var task = AWS.run(AWS.define(endless("app"), shell("sidecar", "exit 5").essential(false)));

        var running = AWS.await(
                task,
                t -> Integer.valueOf(5).equals(container(t, "sidecar").exitCode())
                        && t.lastStatus().equals("RUNNING"));

        assertThat(container(running, "sidecar").lastStatus()).isEqualTo("STOPPED");
        assertThat(container(running, "app").lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void aContainerThatWantsTooMuchMemoryIsKilledWithTheAgentsReason() {
        var task =
                AWS.stopped(AWS.run(AWS.define(shell("hungry", "tail /dev/zero").memory(16))));

        assertThat(task.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(container(task, "hungry").exitCode()).isEqualTo(137);
        assertThat(container(task, "hungry").reason())
                .isEqualTo("OutOfMemoryError: Container killed due to memory usage");
    }

    @Test
    void aStoppedTaskAsksItsContainersAndKillsTheDeafAfterTheirTime() {
        var task = AWS.running(AWS.run(AWS.define(
                endless("polite"),
                shell("deaf", "trap '' TERM; while :; do sleep 1000; done").stopTimeout(1))));

        var begin = Instant.now();
        var stopped = AWS.stop(task);

        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
        assertThat(container(stopped, "polite").exitCode()).isEqualTo(143);
        assertThat(container(stopped, "deaf").exitCode()).isEqualTo(137);
        assertThat(AWS.onEngine(task)).isEmpty();
    }

    @Test
    void healthChecksTellWhichContainersAreWell() {
        var task = AWS.run(
                AWS.define(checked("well", "true"), checked("ill", "exit 1").essential(false), endless("unchecked")));

        var checked = AWS.await(
                task,
                t -> container(t, "ill").healthStatus() == HealthStatus.UNHEALTHY
                        && t.healthStatus() != HealthStatus.UNKNOWN);

        assertThat(container(checked, "well").healthStatus()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(container(checked, "unchecked").healthStatus()).isEqualTo(HealthStatus.UNKNOWN);
        assertThat(checked.healthStatus()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(checked.lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void anEssentialContainerThatIsIllMakesTheTaskIll() {
        var task = AWS.run(AWS.define(checked("ill", "exit 1")));

        var checked = AWS.await(task, t -> t.healthStatus() == HealthStatus.UNHEALTHY);

        assertThat(checked.desiredStatus()).isEqualTo("RUNNING");
    }

    @Test
    void aTaskWhoseContainerIsKilledBehindItsBackEnds() {
        var task = AWS.running(AWS.run(AWS.define(endless("app"), endless("sidecar"))));

        AWS.containers().stop(AWS.onEngine(task, "app").id(), Duration.ZERO);

        var stopped = AWS.stopped(task);
        assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(container(stopped, "app").exitCode()).isIn(137, 143);
    }

    @Test
    void aTaskWhoseContainerOrNamespaceIsRemovedBehindItsBackEndsAndLeavesNothing() {
        var robbed = AWS.running(AWS.runAwsvpc(AWS.defineAwsvpc(endless("app"), endless("sidecar"))));
        var homeless = AWS.running(AWS.runAwsvpc(AWS.defineAwsvpc(endless("app"))));

        AWS.containers().remove(AWS.onEngine(robbed, "app").id());
        AWS.containers().remove(AWS.onEngine(homeless, "~internal~ecs~pause").id());

        var stopped = AWS.stopped(robbed);
        assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(container(stopped, "app").exitCode()).isEqualTo(137);
        assertThat(AWS.stopped(homeless).stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(AWS.onEngine(robbed)).isEmpty();
        assertThat(AWS.onEngine(homeless)).isEmpty();
    }

    @Test
    void anImageThatCannotBePulledIsTold() {
        var task = AWS.stopped(AWS.run(AWS.define(endless("app").image("localhost:1/nothing:here"))));

        assertFailedToStart(task, "CannotPullContainerError: Error response from daemon: .*localhost:1.*");
        assertThat(task.containers().getFirst().runtimeId()).isNull();
    }

    @Test
    void aContainerThatCannotBeCreatedIsTold() {
        var task = AWS.stopped(AWS.run(AWS.define(
                r -> r.volumes(v -> v.name("data")),
                endless("app").mountPoints(m -> m.sourceVolume("data").containerPath("relative")))));

        assertFailedToStart(task, "CannotCreateContainerError: Error response from daemon: .*relative.*");
    }

    @Test
    void aContainerThatCannotBeStartedIsTold() {
        var task = AWS.stopped(AWS.run(AWS.define(endless("app").entryPoint("/nonsense"))));

        assertFailedToStart(task, "CannotStartContainerError: Error response from daemon: .*/nonsense.*");
    }

    @Test
    void aFargateTaskThatFailsToStartTellsWhyItself() {
        var task = AWS.stopped(AWS.run(
                AWS.define(
                        r -> r.networkMode("awsvpc")
                                .requiresCompatibilitiesWithStrings("FARGATE")
                                .cpu("256")
                                .memory("512")
                                .executionRoleArn("arn:aws:iam::000000000000:role/execution"),
                        endless("app").entryPoint("/nonsense")),
                r -> r.launchType("FARGATE").networkConfiguration(TaskStory.network(AWS.defaultSubnets()))));

        assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(task.stoppedReason()).startsWith("CannotStartContainerError: Error response from daemon: ");
    }

    @Test
    void containersCarryTheAgentsLabelsAndNames() {
        var task = AWS.running(AWS.run(AWS.define(
                endless("app").dockerLabels(Map.of("traefik.enable", "true", "com.amazonaws.ecs.cluster", "forged")))));

        var container = AWS.onEngine(task, "app");
        var family = task.taskDefinitionArn().replaceAll(".*/(.*):\\d+", "$1");
        assertThat(container.name()).matches("ecs-" + family + "-1-app-[0-9a-f]{20}");
        assertThat(container.id().value()).isEqualTo(container(task, "app").runtimeId());
        assertThat(container.labels())
                .containsEntry("traefik.enable", "true")
                .containsEntry("com.amazonaws.ecs.cluster", "default")
                .containsEntry("com.amazonaws.ecs.task-arn", task.taskArn())
                .containsEntry("com.amazonaws.ecs.container-name", "app")
                .containsEntry("com.amazonaws.ecs.task-definition-family", family)
                .containsEntry("com.amazonaws.ecs.task-definition-version", "1");
    }

    @Test
    void overridesReachTheContainers() {
        var definition = AWS.define(shell("app", "echo nothing")
                .environment(
                        e -> e.name("COLOUR").value("green"),
                        e -> e.name("SIZE").value("big")));

        var task = AWS.stopped(AWS.run(
                definition,
                r -> r.overrides(o -> o.containerOverrides(c -> c.name("app")
                        .command(
                                "sh",
                                "-c",
                                "echo $COLOUR $SIZE $SHAPE; cat /sys/fs/cgroup/memory/memory.limit_in_bytes")
                        .environment(
                                e -> e.name("COLOUR").value("red"),
                                e -> e.name("SHAPE").value("round"))
                        .memory(24)))));

        assertThat(AWS.output(task, "app")).startsWith("red big round");
        assertThat(task.overrides().containerOverrides().getFirst().memory()).isEqualTo(24);
        assertThat(container(task, "app").memory()).isEqualTo("24");
    }

    @Test
    void anotherEmulatorLeavesThisOnesTasksAlone() {
        var mine = AWS.running(AWS.run(AWS.define(endless("app"))));
        try (var other = TaskStory.start()) {
            var theirs = other.running(other.run(other.define(endless("app"))));

            other.emulator().kill();
            try (var _ = RunningEmulator.startAt(other.emulator().port())) {
                eventually(() -> assertThat(other.onEngine(theirs)).isEmpty());
            }
        }

        assertThat(AWS.now(mine).lastStatus()).isEqualTo("RUNNING");
        assertThat(AWS.onEngine(mine, "app").status()).isEqualTo(ContainerState.Status.RUNNING);
    }

    private static ContainerDefinition.Builder checked(String name, String check) {
        return endless(name)
                .healthCheck(h -> h.command("CMD-SHELL", check).interval(5).retries(1));
    }

    private static void assertFailedToStart(Task task, String reason) {
        var container = task.containers().getFirst();
        assertThat(container.reason()).matches(reason);
        assertThat(container.exitCode()).isNull();
        assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(task.stoppedReason()).isEqualTo("Task failed to start");
        assertThat(task.startedAt()).isNull();
    }

    private static Instant startOf(Task task, String container) {
        return Objects.requireNonNull(AWS.onEngine(task, container).startedAt());
    }

    private static Instant endOf(Task task, String container) {
        return Objects.requireNonNull(AWS.onEngine(task, container).finishedAt());
    }
}
