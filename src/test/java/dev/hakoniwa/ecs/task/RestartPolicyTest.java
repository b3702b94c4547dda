package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.Behaviour.Run;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.ecs.model.ContainerRestartPolicy;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// A container that ends runs again in its place, if its restart policy says so (ecs-tasks.md §6).
final class RestartPolicyTest {
    private final Story story = Story.calm();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 137})
    void aContainerRunsAgainWhateverItsExitCode(int code) {
        var task = started(p -> p.enabled(true));
        story.letPassSeconds(300);

        story.exit(task, "app", code);
        story.letPass(Story.SOON);

        var now = story.now(task);
        var app = story.container(task, "app");
        assertThat(now.lastStatus()).isEqualTo("RUNNING");
        assertThat(now.version()).isEqualTo(task.version());
        assertThat(app.lastStatus()).isEqualTo("RUNNING");
        assertThat(app.exitCode()).isNull();
        assertThat(app.runtimeId()).isEqualTo(task.containers().getFirst().runtimeId());
        assertThat(story.onEngine(task, "app").status()).isEqualTo(Status.RUNNING);
        assertThat(restarts(task)).isEqualTo(1);
    }

    @Test
    void aContainerThatDoesNotHoldOutForThePeriodEndsForGood() {
        var task = started(p -> p.enabled(true));
        story.letPassSeconds(290);

        story.exit(task, "app", 1);
        story.letPass(Story.SOON);

        assertThat(story.now(task).stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(story.container(task, "app").exitCode()).isEqualTo(1);
    }

    @Test
    void thePeriodCountsFromTheLastRestart() {
        var task = started(p -> p.enabled(true).restartAttemptPeriod(60));
        story.letPassSeconds(60);
        story.exit(task, "app", 1);
        story.letPassSeconds(62);
        story.exit(task, "app", 1);
        story.letPassSeconds(50);
        var twice = restarts(task);

        story.exit(task, "app", 4);
        story.letPass(Story.SOON);

        assertThat(twice).isEqualTo(2);
        assertThat(story.now(task).lastStatus()).isEqualTo("STOPPED");
        assertThat(story.container(task, "app").exitCode()).isEqualTo(4);
    }

    @Test
    void anExitCodeThatIsIgnoredEndsAContainerForGood() {
        var task = started(p -> p.enabled(true).ignoredExitCodes(0, 7).restartAttemptPeriod(60));
        story.letPassSeconds(60);

        story.exit(task, "app", 7);
        story.letPass(Story.SOON);

        assertThat(story.now(task).stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
    }

    @Test
    void aPolicyThatIsOffDoesNothing() {
        var task = started(p -> p.enabled(false).restartAttemptPeriod(60));
        story.letPassSeconds(600);
        var restarts = restarts(task);

        story.exit(task, "app", 1);
        story.letPass(Story.SOON);

        assertThat(story.now(task).lastStatus()).isEqualTo("STOPPED");
        assertThat(restarts).isNull();
    }

    @Test
    void aTaskThatIsToStopStartsNothingAgain() {
        var task = started(p -> p.enabled(true).restartAttemptPeriod(60));
        story.letPassSeconds(100);

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);

        assertThat(story.now(task).lastStatus()).isEqualTo("STOPPED");
        assertThat(story.now(task).stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
        assertThat(story.container(task, "app").exitCode()).isEqualTo(143);
    }

    @Test
    void aTaskThatIsStoppedWhileAContainerStartsAgainStops() {
        var task = started(p -> p.enabled(true).restartAttemptPeriod(60));
        story.letPassSeconds(100);

        story.exit(task, "app", 1);
        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);

        assertThat(story.now(task).lastStatus()).isEqualTo("STOPPED");
        assertThat(story.now(task).stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
        assertThat(story.onEngine(task)).isEmpty();
    }

    @Test
    void aContainerThatCanNotStartAgainHasEnded() {
        var task = started(p -> p.enabled(true).restartAttemptPeriod(60));
        story.letPassSeconds(100);
        story.aws().world().refusesStart("app", "no more room");

        story.exit(task, "app", 9);
        story.letPass(Story.SOON);

        assertThat(story.now(task).stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(story.container(task, "app").exitCode()).isEqualTo(9);
    }

    @Test
    void aContainerThatSomebodyRemovesDoesNotRunAgain() {
        var task = started(p -> p.enabled(true).restartAttemptPeriod(60));
        story.letPassSeconds(100);

        story.aws().engine().containers().remove(story.id(task, "app"));
        story.letPass(Story.SOON);

        assertThat(story.now(task).stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(story.container(task, "app").exitCode()).isEqualTo(137);
    }

    @Test
    void aContainerThatEndsAtOnceAfterItsRestartEndsForGood() {
        var task = started(p -> p.enabled(true).restartAttemptPeriod(60));
        story.letPassSeconds(100);
        story.aws().world().runs("app", Run.of(Duration.ZERO, 5));

        story.exit(task, "app", 1);
        story.letPass(Story.SOON);

        assertThat(story.now(task).lastStatus()).isEqualTo("STOPPED");
        assertThat(story.container(task, "app").exitCode()).isEqualTo(5);
    }

    @Test
    void anEndThatWasNotToldIsNoticedAndMended() {
        var task = started(p -> p.enabled(true).restartAttemptPeriod(60));
        story.letPassSeconds(100);
        story.aws().engine().goAway();
        story.exit(task, "app", 5);

        story.aws().engine().comeBack();
        story.letPassSeconds(10);

        assertThat(story.now(task).lastStatus()).isEqualTo("RUNNING");
        assertThat(restarts(task)).isEqualTo(1);
    }

    @Test
    void healthBeginsAnew() {
        story.define(
                "web",
                container(
                        "app",
                        c -> c.restartPolicy(p -> p.enabled(true).restartAttemptPeriod(60))
                                .healthCheck(h -> h.command("CMD", "ok").interval(30))));
        var task = story.started("web");
        story.letPassSeconds(100);
        var before = story.now(task).healthStatus();
        story.aws().world().finds("app", Health.UNHEALTHY);

        story.exit(task, "app", 1);
        story.letPass(Story.SOON);

        assertThat(before).isEqualTo(HealthStatus.HEALTHY);
        assertThat(story.now(task).healthStatus()).isEqualTo(HealthStatus.UNKNOWN);
        story.letPassSeconds(90);
        assertThat(story.now(task).healthStatus()).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void linesGoOnInTheSameStream() {
        story.aws().logs().createLogGroup(g -> g.logGroupName("g"));
        story.define(
                "web",
                container(
                        "app",
                        c -> c.restartPolicy(p -> p.enabled(true).restartAttemptPeriod(60))
                                .logConfiguration(l -> l.logDriver("awslogs")
                                        .options(Map.of("awslogs-group", "g", "awslogs-region", "us-east-1")))));
        var task = story.started("web");
        story.letPassSeconds(100);
        story.aws().engine().write(story.id(task, "app"), "stdout", "first life");

        story.exit(task, "app", 1);
        story.letPass(Story.SOON);
        story.aws().engine().write(story.id(task, "app"), "stdout", "second life");

        assertThat(lines(story.id(task, "app").value())).containsExactly("first life", "second life");
    }

    private List<String> lines(String stream) {
        return story
                .aws()
                .logs()
                .getLogEvents(g -> g.logGroupName("g").logStreamName(stream).startFromHead(true))
                .events()
                .stream()
                .map(OutputLogEvent::message)
                .toList();
    }

    private Task started(Consumer<ContainerRestartPolicy.Builder> policy) {
        story.define("web", container("app", c -> c.restartPolicy(policy)));
        return story.started("web");
    }

    private @Nullable Integer restarts(Task task) {
        var environment = story.aws().engine().spec(story.id(task, "app")).environment();
        var url = environment.getOrDefault("ECS_CONTAINER_METADATA_URI_V4", "");
        var endpoint = story.aws().agent().endpoint(url.substring(url.lastIndexOf('/') + 1));
        return endpoint.orElseThrow().container().restarts();
    }
}
