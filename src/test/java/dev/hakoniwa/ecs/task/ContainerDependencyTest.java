package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.Behaviour.Run;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.EngineEvent;
import dev.hakoniwa.runtime.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// Containers start after those they depend on, and stop before them (ecs-tasks.md §5).
final class ContainerDependencyTest {
    private final Story story = Story.calm();

    @Test
    void aContainerStartsAfterTheStartOfAnother() {
        story.define("web", after("db", "START", "app"), container("db"));

        var task = story.started("web");

        assertThat(story.onEngine(task, "app").startedAt())
                .isAfter(story.onEngine(task, "db").startedAt());
    }

    @Test
    void aContainerIsNotEvenPulledBeforeItsTurn() {
        sidecar("init", Run.of(Duration.ofSeconds(10), 0));
        story.define("web", helper("init"), after("init", "COMPLETE", "app"));
        var task = story.run("web");

        story.letPassSeconds(9);

        assertThat(story.aws().engine().images().find("app")).isEmpty();
        assertThat(story.now(task).lastStatus()).isEqualTo("PENDING");
        assertThat(status(task, "init")).isEqualTo("RUNNING");
        assertThat(status(task, "app")).isEqualTo("PENDING");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 137})
    void aContainerStartsAfterTheEndOfAnotherWhateverItsExitCode(int code) {
        sidecar("init", Run.of(Duration.ofSeconds(10), code));
        story.define("web", helper("init"), after("init", "COMPLETE", "app"));
        var task = story.run("web");

        story.letPassSeconds(12);

        var now = story.now(task);
        assertThat(now.lastStatus()).isEqualTo("RUNNING");
        assertThat(now.startedAt()).isAfter(now.createdAt().plusSeconds(10));
    }

    @Test
    void aContainerStartsAfterTheSuccessOfAnother() {
        sidecar("init", Run.of(Duration.ofSeconds(10), 0));
        story.define("web", helper("init"), after("init", "SUCCESS", "app"));
        var task = story.run("web");

        story.letPassSeconds(12);

        assertThat(story.now(task).lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void aTaskEndsIfAnEssentialContainerWaitsForASuccessThatDoesNotCome() {
        sidecar("init", Run.of(Duration.ofSeconds(10), 2));
        story.define("web", helper("init"), after("init", "SUCCESS", "app"));
        var task = story.run("web");

        story.letPassSeconds(12);

        var ended = story.now(task);
        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(ended.stoppedReason()).isEqualTo("Task failed to start");
        assertThat(ended.startedAt()).isNull();
        assertThat(ended.containers())
                .extracting(Container::name, Container::exitCode, Container::reason)
                .containsExactly(
                        tuple("init", 2, null),
                        tuple("app", null, "TaskDependencyError: dependency container init did not exit successfully"));
    }

    @Test
    void aTaskRunsThoughAContainerThatIsNotEssentialWaitsInVain() {
        sidecar("init", Run.of(Duration.ofSeconds(10), 2));
        story.define(
                "web",
                helper("init"),
                container("app"),
                container(
                        "side",
                        c -> c.essential(false)
                                .dependsOn(d -> d.containerName("init").condition("SUCCESS"))));
        var task = story.run("web");

        story.letPassSeconds(12);

        assertThat(story.now(task).lastStatus()).isEqualTo("RUNNING");
        assertThat(status(task, "side")).isEqualTo("STOPPED");
    }

    @Test
    void aContainerThatCouldNotStartIsNoEndToWaitFor() {
        story.aws().world().refusesPull("init", "manifest unknown");
        story.define("web", helper("init"), after("init", "COMPLETE", "app"));

        var ended = story.started("web");

        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(story.container(ended, "app").reason())
                .isEqualTo("TaskDependencyError: dependency container init failed to start");
    }

    @Test
    void aContainerStartsWhenAnotherIsHealthy() {
        story.aws().world().finds("db", Health.UNHEALTHY);
        story.define("web", checked("db", 5), after("db", "HEALTHY", "app"));
        var task = story.run("web");
        story.letPassSeconds(60);
        assertThat(status(task, "app")).isEqualTo("PENDING");

        story.aws().world().finds("db", Health.HEALTHY);
        story.letPassSeconds(7);

        assertThat(status(task, "app")).isEqualTo("RUNNING");
        assertThat(story.now(task).lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void healthIsAskedForAtTheStartOnly() {
        story.define("web", checked("db", 5), after("db", "HEALTHY", "app"));
        var task = story.run("web");
        story.letPassSeconds(10);

        story.aws().world().finds("db", Health.UNHEALTHY);
        story.letPassSeconds(60);

        assertThat(story.now(task).lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void aContainerThatEndsInsteadOfBecomingHealthyIsWaitedForNoLonger() {
        sidecar("db", Run.of(Duration.ofSeconds(3), 0));
        story.define(
                "web",
                container(
                        "db",
                        c -> c.essential(false)
                                .healthCheck(h -> h.command("CMD", "ok").interval(5))),
                after("db", "HEALTHY", "app"));
        var task = story.run("web");

        story.letPassSeconds(5);

        assertThat(story.now(task).lastStatus()).isEqualTo("STOPPED");
        assertThat(story.container(task, "app").reason())
                .isEqualTo("TaskDependencyError: dependency container db stopped before it became healthy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETE", "SUCCESS"})
    void aContainerWaitsNoLongerThanTheStartTimeoutOfAnother(String condition) {
        story.define(
                "web", container("init", c -> c.essential(false).startTimeout(20)), after("init", condition, "app"));
        var task = story.run("web");

        story.letPassSeconds(19);
        assertThat(story.now(task).lastStatus()).isEqualTo("PENDING");
        story.letPassSeconds(3);

        var ended = story.now(task);
        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(story.container(task, "app").reason())
                .isEqualTo("TaskDependencyError: dependency container init did not get there within its startTimeout");
        assertThat(story.onEngine(task)).isEmpty();
    }

    @Test
    void aStartTimeoutThatIsKeptHasNoEffect() {
        sidecar("init", Run.of(Duration.ofSeconds(10), 0));
        story.define(
                "web", container("init", c -> c.essential(false).startTimeout(20)), after("init", "COMPLETE", "app"));
        var task = story.run("web");

        story.letPassSeconds(60);

        assertThat(story.now(task).lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void aStartTimeoutDoesNotHoldForTheConditionStart() {
        story.define("web", container("db", c -> c.startTimeout(2)), after("db", "START", "app"));
        var task = story.run("web");

        story.letPassSeconds(60);

        assertThat(story.now(task).lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void dependenciesMakeChains() {
        sidecar("migrate", Run.of(Duration.ofSeconds(4), 0));
        story.define(
                "web",
                after("migrate", "SUCCESS", "app"),
                container(
                        "migrate",
                        c -> c.essential(false)
                                .dependsOn(d -> d.containerName("db").condition("HEALTHY"))),
                checked("db", 5));
        var task = story.run("web");

        story.letPassSeconds(15);

        assertThat(story.now(task).lastStatus()).isEqualTo("RUNNING");
        var migrated = story.onEngine(task, "migrate");
        assertThat(migrated.startedAt())
                .isAfter(story.onEngine(task, "db").startedAt().plusSeconds(5));
        assertThat(story.onEngine(task, "app").startedAt()).isAfter(migrated.finishedAt());
    }

    @Test
    void containersAreStoppedBeforeThoseTheyDependOn() {
        story.define(
                "web",
                container("db"),
                after("db", "START", "app"),
                container("proxy", c -> c.dependsOn(d -> d.containerName("app").condition("START"))));
        var task = story.started("web");
        var ended = new ArrayList<ContainerId>();
        story.aws().engine().listen(event -> {
            if (event instanceof EngineEvent.Exited exited) {
                ended.add(exited.container());
            }
        });
        var inReverse = List.of(story.id(task, "proxy"), story.id(task, "app"), story.id(task, "db"));

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);

        assertThat(ended).isEqualTo(inReverse);
    }

    private void sidecar(String name, Run run) {
        story.aws().world().runs(name, run);
    }

    private static ContainerDefinition helper(String name) {
        return container(name, c -> c.essential(false));
    }

    private static ContainerDefinition checked(String name, int interval) {
        return container(name, c -> c.healthCheck(h -> h.command("CMD", "ok").interval(interval)));
    }

    private static ContainerDefinition after(String other, String condition, String name) {
        Consumer<ContainerDefinition.Builder> dependency =
                c -> c.dependsOn(d -> d.containerName(other).condition(condition));
        return container(name, dependency);
    }

    private String status(Task task, String name) {
        return story.container(task, name).lastStatus();
    }
}
