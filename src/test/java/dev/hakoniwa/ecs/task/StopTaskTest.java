package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.Behaviour.Run;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// StopTask, and how containers are stopped (ecs-tasks.md §4).
final class StopTaskTest {
    private final Story story = Story.calm();

    @ParameterizedTest
    @CsvSource({",Task stopped by user", "'',Task stopped by user", "not needed,not needed"})
    void theReasonIsTheCallersOrEcss(@Nullable String given, String told) {
        story.define("web", container("app"));
        var task = story.started("web");

        var answer =
                story.ecs().stopTask(s -> s.task(task.taskArn()).reason(given)).task();
        story.letPass(Story.SOON);

        assertThat(answer.lastStatus()).isEqualTo("RUNNING");
        assertThat(answer.desiredStatus()).isEqualTo("STOPPED");
        assertThat(answer.stoppedReason()).isEqualTo(told);
        var ended = story.now(task);
        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
        assertThat(ended.stoppedReason()).isEqualTo(told);
        assertThat(ended.containers().getFirst().exitCode()).isEqualTo(143);
        assertThat(ended.containers().getFirst().reason()).isNull();
        assertThat(story.onEngine(task)).isEmpty();
    }

    @Test
    void aTaskIsNamedByIdOrArn() {
        story.define("web", container("app"));
        var one = story.started("web");
        var other = story.started("web");

        story.ecs().stopTask(s -> s.task(Story.id(one)));
        story.ecs().stopTask(s -> s.task(other.taskArn()).cluster(other.clusterArn()));

        assertThat(story.ecs().listTasks().taskArns()).isEmpty();
    }

    @Test
    void aReasonHasUpTo1024Characters() {
        story.define("web", container("app"));
        var task = story.started("web");

        story.ecs().stopTask(s -> s.task(task.taskArn()).reason("r".repeat(1024)));

        assertThat(story.now(task).stoppedReason()).hasSize(1024);
    }

    @Test
    void aTaskThatStopsKeepsItsFirstReason() {
        story.define("web", container("app"));
        var task = story.started("web");
        story.ecs().stopTask(s -> s.task(task.taskArn()).reason("first"));

        var again = story.ecs()
                .stopTask(s -> s.task(task.taskArn()).reason("second"))
                .task();
        story.letPass(Story.SOON);

        assertThat(again.stoppedReason()).isEqualTo("first");
        assertThat(story.now(task).stoppedReason()).isEqualTo("first");
    }

    @Test
    void aTaskThatHasStoppedIsAnsweredAsItIs() {
        story.define("web", container("app"));
        var task = story.started("web");
        story.exit(task, "app", 0);
        story.letPass(Story.SOON);
        var ended = story.now(task);

        var again =
                story.ecs().stopTask(s -> s.task(task.taskArn()).reason("late")).task();

        assertThat(again).isEqualTo(ended);
        assertThat(story.now(task)).isEqualTo(ended);
    }

    @Test
    void aTaskLosesItsTags() {
        story.define("web", container("app"));
        var task =
                story.run("web", r -> r.tags(Tag.builder().key("a").value("b").build()));
        story.letPass(Story.SOON);
        assertThat(story.now(task).tags()).hasSize(1);

        story.ecs().stopTask(s -> s.task(task.taskArn()));

        assertThat(story.now(task).tags()).isEmpty();
    }

    static Stream<Arguments> refusals() {
        var invalid = "InvalidParameterException";
        var notFound = "The referenced task was not found.";
        var id = "0123456789abcdef0123456789abcdef";
        return Stream.of(
                refused(s -> {}, invalid, "Task can not be blank."),
                refused(s -> s.task(""), invalid, "Task can not be blank."),
                refused(s -> s.task("nothing"), invalid, notFound),
                refused(s -> s.task(id), invalid, notFound),
                refused(s -> s.task("arn:aws:ecs:us-east-1:000000000000:task/default/" + id), invalid, notFound),
                refused(
                        s -> s.task("arn:aws:ecs:us-east-1:000000000000:task/other/" + id),
                        invalid,
                        "Invalid identifier: Identifier is for cluster other. Your cluster is default"),
                refused(
                        s -> s.task("arn:aws:ecs:us-east-1:111111111111:task/default/" + id),
                        invalid,
                        "Identifier is for 111111111111. Your accountId is 000000000000"),
                refused(
                        s -> s.task("arn:aws:ecs:eu-west-1:000000000000:task/default/" + id),
                        invalid,
                        "Invalid Region in ARN"),
                refused(
                        s -> s.task("arn:aws:ecs:us-east-1:000000000000:service/default/web"),
                        invalid,
                        "Unsupported resource type: service"),
                refused(s -> s.task("arn:aws"), invalid, "Invalid arn syntax."),
                refused(s -> s.task(id).cluster("nothing"), "ClusterNotFoundException", "Cluster not found."));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aTaskThatCannotBeStoppedIsRefused(Consumer<StopTaskRequest.Builder> request, String code, String message) {
        var refusal = catchThrowableOfType(EcsException.class, () -> story.ecs().stopTask(request));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo(message);
    }

    @Test
    void aReasonThatIsTooLongStopsNothing() {
        story.define("web", container("app"));
        var task = story.started("web");

        var refusal = catchThrowableOfType(
                EcsException.class,
                () -> story.ecs().stopTask(s -> s.task(task.taskArn()).reason("r".repeat(1025))));

        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo("reason can have at most 1024 characters.");
        assertThat(story.now(task).desiredStatus()).isEqualTo("RUNNING");
    }

    /// How long the container may take by its stopTimeout, and how long it takes.
    @ParameterizedTest
    @CsvSource({", 29, 0", ", 31, 137", "60, 59, 0", "60, 61, 137", "2, 3, 137", "0, 1, 137"})
    void aContainerThatDoesNotStopInItsTimeIsKilled(@Nullable Integer timeout, int takes, int code) {
        story.aws().world().runs("app", Run.UNTIL_STOPPED.stopsIn(Duration.ofSeconds(takes), 0));
        story.define("web", container("app", c -> c.stopTimeout(timeout)));
        var task = story.started("web");

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);

        assertThat(story.container(task, "app").exitCode()).isEqualTo(code);
    }

    @Test
    void aContainerThatHearsNoSignalIsKilled() {
        story.aws().world().runs("app", Run.UNTIL_STOPPED.deaf());
        story.define("web", container("app", c -> c.stopTimeout(120)));
        var task = story.started("web");

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);

        assertThat(story.container(task, "app").exitCode()).isEqualTo(137);
    }

    /// At each moment of a task's start.
    @ParameterizedTest
    @CsvSource({"0", "3", "6", "9", "12", "15", "20", "30", "40", "50", "60"})
    void aTaskCanBeStoppedAtAnyMomentOfItsStart(int millis) {
        story.defineAwsvpc("web", container("app"), container("side"));
        var task = story.runAwsvpc("web");
        story.letPass(Duration.ofMillis(millis));

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);

        assertThat(story.now(task).lastStatus()).isEqualTo("STOPPED");
        assertThat(story.now(task).stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
        assertThat(story.onEngine(task)).isEmpty();
        assertThat(story.aws().ec2().describeNetworkInterfaces().networkInterfaces())
                .isEmpty();
    }

    private static Arguments refused(Consumer<StopTaskRequest.Builder> request, String code, String message) {
        return Arguments.of(request, code, message);
    }
}
