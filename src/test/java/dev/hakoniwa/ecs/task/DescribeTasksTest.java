package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

/// DescribeTasks, how long it knows a task, and the tags of tasks.
final class DescribeTasksTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:task/default/" + ID;

    private final Story story = Story.calm();

    @Test
    void tasksAreNamedByIdOrArnAndWhatIsNotThereIsMissing() {
        story.define("web", container("app"));
        var one = story.run("web");
        var other = story.run("web");

        var answer = story.ecs().describeTasks(d -> d.tasks(Story.id(one), other.taskArn(), ID));

        assertThat(answer.tasks()).extracting(Task::taskArn).containsExactly(one.taskArn(), other.taskArn());
        assertThat(answer.failures()).extracting(Failure::arn, Failure::reason).containsExactly(tuple(ARN, "MISSING"));
    }

    @Test
    void tagsAreToldIfTheyAreAskedFor() {
        story.define("web", container("app"));
        var task = story.run("web", r -> r.tags(tag("a", "b")));

        assertThat(story.ecs()
                        .describeTasks(d -> d.tasks(task.taskArn()))
                        .tasks()
                        .getFirst()
                        .tags())
                .isEmpty();
        assertThat(story.ecs()
                        .describeTasks(d -> d.tasks(task.taskArn()).include(TaskField.TAGS))
                        .tasks()
                        .getFirst()
                        .tags())
                .containsExactly(tag("a", "b"));
    }

    @Test
    void everyContainerHasAnElementAmongTheOverrides() {
        story.define("web", container("app"), container("side"));

        var task = story.run(
                "web",
                r -> r.overrides(o -> o.containerOverrides(c -> c.name("side").command("x"))));

        assertThat(task.overrides().containerOverrides())
                .extracting(ContainerOverride::name, ContainerOverride::command)
                .containsExactly(tuple("app", List.of()), tuple("side", List.of("x")));
        assertThat(task.overrides().hasInferenceAcceleratorOverrides()).isTrue();
    }

    static Stream<Arguments> refusals() {
        var invalid = "InvalidParameterException";
        return Stream.of(
                Arguments.of(request(d -> {}), invalid, "Tasks cannot be empty."),
                Arguments.of(request(d -> d.tasks(List.of())), invalid, "Tasks cannot be empty."),
                Arguments.of(
                        request(d -> d.tasks(Collections.nCopies(101, ID))),
                        invalid,
                        "Tasks can have at most 100 items."),
                Arguments.of(
                        request(d -> d.tasks("arn:aws:ecs:us-east-1:000000000000:task/other/" + ID)),
                        invalid,
                        "Invalid identifier: Identifier is for cluster other. Your cluster is default"),
                Arguments.of(
                        request(d -> d.tasks("arn:aws:ecs:us-east-1:000000000000:cluster/default")),
                        invalid,
                        "Unsupported resource type: cluster"),
                Arguments.of(
                        request(d -> d.tasks(ID).cluster("nothing")),
                        "ClusterNotFoundException",
                        "Cluster not found."));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRequestThatCannotBeIsRefused(Consumer<DescribeTasksRequest.Builder> request, String code, String message) {
        var refusal = catchThrowableOfType(EcsException.class, () -> story.ecs().describeTasks(request));

        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo(message);
    }

    @Test
    void aStoppedTaskIsKnownForAnHour() {
        story.define("web", container("app"));
        var task = story.started("web");
        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);

        story.letPass(Duration.ofMinutes(59));
        assertThat(story.now(task).lastStatus()).isEqualTo("STOPPED");
        story.letPass(Duration.ofMinutes(1));

        assertThat(story.ecs().describeTasks(d -> d.tasks(task.taskArn())).failures())
                .extracting(Failure::reason)
                .containsExactly("MISSING");
        assertThat(story.ecs().listTasks(l -> l.desiredStatus("STOPPED")).taskArns())
                .isEmpty();
    }

    @Test
    void aRunningTasksTagsCanBeChanged() {
        story.define("web", container("app"));
        var task = story.run("web", r -> r.tags(tag("a", "1"), tag("b", "1")));

        story.ecs().tagResource(t -> t.resourceArn(task.taskArn()).tags(tag("b", "2"), tag("c", "2")));
        story.ecs().untagResource(t -> t.resourceArn(task.taskArn()).tagKeys("a"));

        assertThat(story.ecs()
                        .listTagsForResource(l -> l.resourceArn(task.taskArn()))
                        .tags())
                .containsExactlyInAnyOrder(tag("b", "2"), tag("c", "2"));
        assertThat(story.now(task).tags()).containsExactlyInAnyOrder(tag("b", "2"), tag("c", "2"));
    }

    @Test
    void aTaskThatIsNotThereHasNoTags() {
        var refusal = catchThrowableOfType(
                EcsException.class, () -> story.ecs().listTagsForResource(l -> l.resourceArn(ARN)));

        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterException");
        assertThat(refusal.awsErrorDetails().errorMessage())
                .isEqualTo("The specified task does not exist. Specify a valid task and try again.");
    }

    @Test
    void aClusterCountsItsTasks() {
        story.define("web", container("app"));
        story.started("web");
        story.run("web");

        var cluster = story.ecs().describeClusters().clusters().getFirst();

        assertThat(cluster.runningTasksCount()).isEqualTo(1);
        assertThat(cluster.pendingTasksCount()).isEqualTo(1);
    }

    @Test
    void aClusterWithTasksCannotBeDeleted() {
        story.define("web", container("app"));
        var task = story.started("web");

        var refusal =
                catchThrowableOfType(EcsException.class, () -> story.ecs().deleteCluster(d -> d.cluster("default")));
        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);
        story.ecs().deleteCluster(d -> d.cluster("default"));

        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ClusterContainsTasksException");
    }

    private static Consumer<DescribeTasksRequest.Builder> request(Consumer<DescribeTasksRequest.Builder> request) {
        return request;
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
