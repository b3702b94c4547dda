package dev.hakoniwa.ecs.task.life;

import static dev.hakoniwa.ecs.task.state.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.TestEmulator;
import dev.hakoniwa.ecs.task.life.TaskPlan.Move;
import dev.hakoniwa.ecs.task.state.ContainerLife;
import dev.hakoniwa.ecs.task.state.Infrastructure.State;
import dev.hakoniwa.ecs.task.state.LiveTask.Draining;
import dev.hakoniwa.ecs.task.state.Phase;
import dev.hakoniwa.ecs.task.state.StopCause;
import dev.hakoniwa.ecs.task.state.TaskBuilder;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import dev.hakoniwa.ecs.task.state.TaskStatus;
import dev.hakoniwa.runtime.Health;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

final class TaskPlanTest {
    @Test
    void everythingBeginsWithTheInfrastructure() {
        var task = task().container("app").infrastructure(State.ABSENT);

        assertThat(next(task)).contains(new Move.Prepare());
        assertThat(next(task.infrastructure(State.PREPARING))).isEmpty();
    }

    @Test
    void aTaskWithItsInterfaceIsPending() {
        var task = task().container("app").status(TaskStatus.PROVISIONING);

        assertThat(next(task)).contains(new Move.Advance(TaskStatus.PENDING));
    }

    @ParameterizedTest
    @CsvSource({"WAITING, Pull", "PULLING, ", "PULLED, Start", "STARTING, "})
    void aContainerIsPulledThenStarted(Phase phase, @Nullable String move) {
        var task = task().container("app").containerIs("app", c -> c.to(phase));

        assertThat(next(task).map(TaskPlanTest::name)).isEqualTo(Optional.ofNullable(move));
    }

    @Test
    void aTaskRunsWhenEveryContainerHasStarted() {
        var task = task().container("app")
                .container("side", c -> c.essential(false))
                .containerIs("app", TaskPlanTest::running);

        assertThat(next(task.containerIs("side", c -> c.to(Phase.STARTING)))).isEmpty();
        assertThat(next(task.containerIs("side", c -> running(c).exited(0, false, TestEmulator.START))))
                .contains(new Move.BecomeRunning());
        assertThat(next(task.status(TaskStatus.RUNNING))).isEmpty();
    }

    @Test
    void anEssentialContainersEndIsTheTasks() {
        var task = task().container("app").containerIs("app", c -> running(c).exited(0, false, TestEmulator.START));

        assertThat(cause(task))
                .isEqualTo(
                        new StopCause(TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited"));
    }

    @Test
    void aContainerThatIsNotEssentialMayEndOrNeverStart() {
        var task = task().container("app")
                .container("side", c -> c.essential(false))
                .containerIs("app", TaskPlanTest::running);

        assertThat(next(task.containerIs("side", c -> c.failed("CannotPullContainerError: no")))
                        .map(TaskPlanTest::name))
                .contains("BecomeRunning");
    }

    @Test
    void onFargateTheTaskTellsWhyAContainerDidNotStart() {
        var task = task().container("app").containerIs("app", c -> c.failed("CannotPullContainerError: no"));

        assertThat(cause(task)).isEqualTo(StopCause.failedToStart("Task failed to start"));
        assertThat(cause(task.fargate())).isEqualTo(StopCause.failedToStart("CannotPullContainerError: no"));
    }

    /// What a container that depends on another does, by the condition and what has become of the other.
    static Stream<Object[]> gates() {
        UnaryOperator<TaskContainer> waiting = c -> c;
        UnaryOperator<TaskContainer> runs = TaskPlanTest::running;
        UnaryOperator<TaskContainer> healthy = c -> running(c).healthy(Health.HEALTHY);
        UnaryOperator<TaskContainer> unhealthy = c -> running(c).healthy(Health.UNHEALTHY);
        UnaryOperator<TaskContainer> succeeded = c -> running(c).exited(0, false, TestEmulator.START);
        UnaryOperator<TaskContainer> failed = c -> running(c).exited(2, false, TestEmulator.START);
        UnaryOperator<TaskContainer> neverRan = c -> c.failed("CannotPullContainerError: no");
        return Stream.of(
                new Object[] {ContainerCondition.START, waiting, "waits"},
                new Object[] {ContainerCondition.START, runs, "goes on"},
                new Object[] {ContainerCondition.START, failed, "goes on"},
                new Object[] {ContainerCondition.COMPLETE, runs, "waits"},
                new Object[] {ContainerCondition.COMPLETE, failed, "goes on"},
                new Object[] {ContainerCondition.COMPLETE, neverRan, "failed to start"},
                new Object[] {ContainerCondition.SUCCESS, runs, "waits"},
                new Object[] {ContainerCondition.SUCCESS, succeeded, "goes on"},
                new Object[] {ContainerCondition.SUCCESS, failed, "did not exit successfully"},
                new Object[] {ContainerCondition.SUCCESS, neverRan, "did not exit successfully"},
                new Object[] {ContainerCondition.HEALTHY, runs, "waits"},
                new Object[] {ContainerCondition.HEALTHY, healthy, "goes on"},
                new Object[] {ContainerCondition.HEALTHY, unhealthy, "waits"},
                new Object[] {ContainerCondition.HEALTHY, succeeded, "stopped before it became healthy"});
    }

    @ParameterizedTest
    @MethodSource("gates")
    void aContainerWaitsForThoseItDependsOn(
            ContainerCondition condition, UnaryOperator<TaskContainer> other, String expected) {
        var task = task().container("first", c -> c.essential(false))
                .container(
                        "second", c -> c.dependsOn(d -> d.containerName("first").condition(condition)))
                .containerIs("first", c -> c.to(Phase.STARTING))
                .containerIs("first", other);

        var move = Stream.of(TaskPlan.next(task.build()))
                .flatMap(Optional::stream)
                .filter(found -> found.toString().contains("second"))
                .findFirst();

        assertThat(move.map(TaskPlanTest::reaction).orElse("waits")).isEqualTo(expected);
    }

    @Test
    void linksAndVolumesFromAreDependenciesToo() {
        var linked = task().container("db", c -> c.essential(false))
                .container("app", c -> c.links("db:database"))
                .containerIs("db", c -> c.to(Phase.STARTING));
        var mounted = task().container("db", c -> c.essential(false))
                .container("app", c -> c.volumesFrom(v -> v.sourceContainer("db")))
                .containerIs("db", c -> c.to(Phase.STARTING));

        assertThat(next(linked)).isEmpty();
        assertThat(next(mounted)).isEmpty();
        assertThat(next(linked.containerIs("db", TaskPlanTest::running))).contains(new Move.Pull("app"));
    }

    @Test
    void aTaskThatIsToStopLeavesItsTargetGroupsFirst() {
        var task = running().stopping();

        assertThat(next(task.draining(Draining.REGISTERED))).contains(new Move.Deregister());
        assertThat(next(task.draining(Draining.DRAINING))).contains(new Move.Advance(TaskStatus.DEACTIVATING));
        assertThat(next(task.status(TaskStatus.DEACTIVATING))).isEmpty();
        assertThat(next(task.draining(Draining.DRAINED))).contains(new Move.Advance(TaskStatus.STOPPING));
    }

    @Test
    void aTaskThatLosesItsCapacityDoesNotWaitForItsTargets() {
        var task = running().stopping(StopCause.spotInterruption());

        assertThat(next(task.draining(Draining.REGISTERED))).contains(new Move.Deregister());
        assertThat(next(task.draining(Draining.DRAINING))).contains(new Move.Advance(TaskStatus.STOPPING));
    }

    @Test
    void containersStopInTheReverseOrderOfTheirDependencies() {
        var task = task().container("db")
                .container("app", c -> c.dependsOn(d -> d.containerName("db").condition(ContainerCondition.START)))
                .containerIs("db", TaskPlanTest::running)
                .containerIs("app", TaskPlanTest::running)
                .status(TaskStatus.STOPPING)
                .stopping();

        assertThat(next(task)).contains(new Move.Stop("app"));
        assertThat(next(task.containerIs("app", c -> c.to(Phase.STOPPING)))).isEmpty();
        assertThat(next(task.containerIs("app", c -> c.exited(0, false, TestEmulator.START))))
                .contains(new Move.Stop("db"));
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "PULLING", "PULLED"})
    void aContainerThatHasNotStartedIsAbandoned(Phase phase) {
        var task = task().container("app")
                .containerIs("app", c -> c.to(phase))
                .status(TaskStatus.STOPPING)
                .stopping();

        assertThat(next(task)).contains(new Move.Abandon("app"));
    }

    @Test
    void aContainerThatIsBeingStartedIsWaitedFor() {
        var task = task().container("app")
                .containerIs("app", c -> c.to(Phase.STARTING))
                .status(TaskStatus.STOPPING)
                .stopping();

        assertThat(next(task)).isEmpty();
    }

    @Test
    void whatATaskHeldIsReleasedAtTheEnd() {
        var task = running()
                .containerIs("app", c -> c.exited(0, false, TestEmulator.START))
                .stopping();

        assertThat(next(task)).contains(new Move.Release());
        assertThat(next(task.infrastructure(State.RELEASING))).contains(new Move.Advance(TaskStatus.DEPROVISIONING));
        assertThat(next(task.status(TaskStatus.DEPROVISIONING))).isEmpty();
        assertThat(next(task.infrastructure(State.RELEASED))).contains(new Move.Advance(TaskStatus.STOPPED));
        assertThat(next(task.status(TaskStatus.STOPPED))).isEmpty();
    }

    @Test
    void infrastructureThatIsBeingMadeIsWaitedForBeforeItIsReleased() {
        var task = task().container("app")
                .containerIs("app", c -> c.to(Phase.STOPPED))
                .infrastructure(State.PREPARING)
                .stopping();

        assertThat(next(task)).isEmpty();
    }

    private static TaskBuilder running() {
        return task().container("app").containerIs("app", TaskPlanTest::running).running();
    }

    private static TaskContainer running(TaskContainer container) {
        var life = new ContainerLife(TestEmulator.START, TestEmulator.START, null, "", List.of(), 0);
        return new TaskContainer(
                container.definition(),
                container.uuid(),
                container.endpointId(),
                Phase.RUNNING,
                container.image(),
                container.runtime(),
                null,
                "",
                container.health(),
                life);
    }

    private static Optional<Move> next(TaskBuilder task) {
        return TaskPlan.next(task.build());
    }

    private static StopCause cause(TaskBuilder task) {
        return Stream.of(next(task))
                .flatMap(Optional::stream)
                .map(Move.BeginStop.class::cast)
                .map(Move.BeginStop::cause)
                .findFirst()
                .orElseThrow();
    }

    private static String name(Move move) {
        return move.getClass().getSimpleName();
    }

    private static String reaction(Move move) {
        return move instanceof Move.Fail fail
                ? fail.reason().replace("TaskDependencyError: dependency container first ", "")
                : "goes on";
    }
}
