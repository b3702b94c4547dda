package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.Health;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// An engine that goes away, restarts and loses what it had to tell; in the end all is as it should be.
final class EngineTroubleTest {
    private final Story story = Story.calm();

    /// At each moment of a task's start.
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10, 15, 20, 25, 30, 40, 50, 60, 80})
    void aTaskStartsWhenTheEngineIsBack(int millis) {
        story.defineAwsvpc("web", container("app"), container("side"));
        var task = story.runAwsvpc("web");
        story.letPass(Duration.ofMillis(millis));

        story.aws().engine().goAway();
        story.letPassSeconds(600);
        assertThat(story.now(task).desiredStatus()).isEqualTo("RUNNING");
        story.aws().engine().comeBack();
        story.letPassSeconds(10);

        assertThat(story.now(task).lastStatus()).isEqualTo("RUNNING");
        assertThat(story.onEngine(task)).hasSize(3);
    }

    /// At each moment of a task's stop.
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10, 15, 20, 25, 30, 40})
    void aTaskStopsWhenTheEngineIsBack(int millis) {
        story.defineAwsvpc("web", container("app"), container("side"));
        var task = story.startedAwsvpc("web");
        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Duration.ofMillis(millis));

        story.aws().engine().goAway();
        story.letPassSeconds(600);
        story.aws().engine().comeBack();
        story.letPassSeconds(20);

        assertThat(story.now(task).lastStatus()).isEqualTo("STOPPED");
        assertThat(story.onEngine(task)).isEmpty();
        assertThat(story.aws().ec2().describeNetworkInterfaces().networkInterfaces())
                .isEmpty();
    }

    @Test
    void aTaskThatIsStoppedWhileTheEngineIsAwayStopsAfterwards() {
        story.define("web", container("app"));
        var task = story.started("web");
        story.aws().engine().goAway();

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPassSeconds(600);
        assertThat(story.now(task).lastStatus()).isEqualTo("STOPPING");
        story.aws().engine().comeBack();
        story.letPassSeconds(10);

        assertThat(story.now(task).lastStatus()).isEqualTo("STOPPED");
        assertThat(story.container(task, "app").exitCode()).isEqualTo(143);
    }

    @Test
    void aTaskThatNeverBeganIsStoppedWithoutTheEngine() {
        story.aws().engine().goAway();
        story.define("web", container("app"));
        var task = story.run("web");
        story.letPassSeconds(60);

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.aws().engine().comeBack();
        story.letPassSeconds(10);

        assertThat(story.now(task).lastStatus()).isEqualTo("STOPPED");
        assertThat(story.now(task).startedAt()).isNull();
        assertThat(story.onEngine(task)).isEmpty();
    }

    @Test
    void anEngineThatRestartsEndsItsTasks() {
        story.defineAwsvpc("web", container("app"));
        var task = story.startedAwsvpc("web");

        story.aws().engine().restart();
        story.letPassSeconds(10);

        var ended = story.now(task);
        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(ended.containers().getFirst().exitCode()).isEqualTo(137);
        assertThat(story.onEngine(task)).isEmpty();
    }

    @Test
    void anEndThatWasNotToldIsNoticed() {
        story.define("web", container("app"), container("side", c -> c.essential(false)));
        var task = story.started("web");
        story.aws().engine().goAway();
        story.exit(task, "side", 5);

        story.aws().engine().comeBack();
        story.letPassSeconds(10);

        assertThat(story.now(task).lastStatus()).isEqualTo("RUNNING");
        assertThat(story.now(task).containers())
                .extracting(Container::name, Container::lastStatus, Container::exitCode)
                .containsExactly(tuple("app", "RUNNING", null), tuple("side", "STOPPED", 5));
    }

    @Test
    void aHealthThatWasNotToldIsNoticed() {
        story.define(
                "web",
                container("app", c -> c.healthCheck(h -> h.command("CMD", "ok").interval(300))));
        var task = story.started("web");
        story.aws().engine().goAway();
        story.aws().engine().health(story.id(task, "app"), Health.UNHEALTHY);

        story.aws().engine().comeBack();
        story.letPassSeconds(10);

        assertThat(story.now(task).healthStatus()).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void aContainerThatSomebodyRemovesHasEnded() {
        story.define("web", container("app"));
        var task = story.started("web");

        story.aws().engine().containers().remove(story.id(task, "app"));
        story.letPass(Story.SOON);

        assertThat(story.now(task).lastStatus()).isEqualTo("STOPPED");
        assertThat(story.container(task, "app").exitCode()).isEqualTo(137);
    }

    @Test
    void aTaskEndsWithItsNamespace() {
        story.defineAwsvpc("web", container("app"));
        var task = story.startedAwsvpc("web");

        story.exit(task, "~internal~ecs~pause", 0);
        story.letPass(Story.SOON);

        var ended = story.now(task);
        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(ended.containers().getFirst().exitCode()).isEqualTo(143);
        assertThat(story.onEngine(task)).isEmpty();
    }

    @Test
    void aTaskWhoseNamespaceEndsBeforeItRunsHasFailedToStart() {
        story.aws().world().finds("app", Health.UNKNOWN);
        story.defineAwsvpc(
                "web",
                container("app", c -> c.healthCheck(h -> h.command("CMD", "ok").interval(5))),
                container("side", c -> c.dependsOn(d -> d.containerName("app").condition("HEALTHY"))));
        var task = story.startedAwsvpc("web");

        story.exit(task, "~internal~ecs~pause", 0);
        story.letPass(Story.SOON);

        assertThat(story.now(task).stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(story.now(task).stoppedReason())
                .isEqualTo("ContainerNetworkingError: the task's network namespace is gone");
    }
}
