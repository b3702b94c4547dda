package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hakoniwa.ecs.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/// ListTasks: what its filters leave, and its pages (ecs-tasks.md §17).
final class TaskListingTest {
    private final Story story = Story.calm();

    @Test
    void tasksAreListedByWhatIsWantedOfThem() {
        story.define("web", container("app"));
        var stopping = story.started("web");
        story.ecs().stopTask(s -> s.task(stopping.taskArn()));
        var pending = story.run("web");

        assertThat(list(l -> {})).containsExactly(pending.taskArn());
        assertThat(list(l -> l.desiredStatus("RUNNING"))).containsExactly(pending.taskArn());
        assertThat(list(l -> l.desiredStatus("STOPPED"))).containsExactly(stopping.taskArn());
        assertThat(list(l -> l.desiredStatus("PENDING"))).isEmpty();
    }

    @Test
    void tasksAreListedByFamilyStarterAndLaunchType() {
        story.define("web", container("app"));
        story.define("web-2", container("app"));
        story.defineFargate("far", container("app", c -> c.memory(null)));
        var web = story.run("web", r -> r.startedBy("me"));
        var second = story.run("web-2");
        var far = story.run("far", r -> r.launchType("FARGATE").networkConfiguration(story.network()));

        assertThat(list(l -> l.family("web"))).containsExactly(web.taskArn());
        assertThat(list(l -> l.family("nothing"))).isEmpty();
        assertThat(list(l -> l.startedBy("me"))).containsExactly(web.taskArn());
        assertThat(list(l -> l.startedBy("you"))).isEmpty();
        assertThat(list(l -> l.launchType("FARGATE"))).containsExactly(far.taskArn());
        assertThat(list(l -> l.launchType("EC2"))).containsExactlyInAnyOrder(web.taskArn(), second.taskArn());
        assertThat(list(l -> l.launchType("EC2").family("far"))).isEmpty();
    }

    @Test
    void tasksAreListedByTheirContainerInstance() {
        story.define("web", container("app"));
        story.defineFargate("far", container("app", c -> c.memory(null)));
        var web = story.run("web");
        story.run("far", r -> r.launchType("FARGATE").networkConfiguration(story.network()));
        var instance = web.containerInstanceArn();

        assertThat(list(l -> l.containerInstance(instance))).containsExactly(web.taskArn());
        assertThat(list(l -> l.containerInstance(instance.substring(instance.lastIndexOf('/') + 1))))
                .containsExactly(web.taskArn());
    }

    @Test
    void tasksAreListedByTheirService() {
        story.define("web", container("app"));
        story.createService("web", "web", 2);
        story.run("web");
        story.letPass(Story.SOON);

        assertThat(list(l -> l.serviceName("web"))).hasSize(2);
        assertThat(list(l -> {})).hasSize(3);
    }

    @Test
    void eachClusterListsItsOwn() {
        story.define("web", container("app"));
        story.ecs().createCluster(c -> c.clusterName("other"));
        var here = story.run("web");
        var there = story.run("web", r -> r.cluster("other"));

        assertThat(list(l -> {})).containsExactly(here.taskArn());
        assertThat(list(l -> l.cluster("other"))).containsExactly(there.taskArn());
        assertThat(list(l -> l.cluster(there.clusterArn()))).containsExactly(there.taskArn());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 100})
    void pagesTogetherAreTheWhole(int size) {
        story.define("web", container("app"));
        var all = story.ecs().runTask(r -> r.taskDefinition("web").count(10)).tasks().stream()
                .map(Task::taskArn)
                .toList();

        var pages = new ArrayList<String>();
        var first = story.ecs().listTasksPaginator(l -> l.maxResults(size));
        first.stream().forEach(page -> {
            assertThat(page.taskArns()).hasSizeLessThanOrEqualTo(size);
            pages.addAll(page.taskArns());
        });

        assertThat(pages).containsExactlyInAnyOrderElementsOf(all);
    }

    static Stream<Arguments> refusals() {
        var invalid = "InvalidParameterException";
        return Stream.of(
                refused(l -> l.maxResults(0), invalid, "maxResults should be between 1 and 100."),
                refused(l -> l.maxResults(101), invalid, "maxResults should be between 1 and 100."),
                refused(l -> l.nextToken("nonsense"), invalid, "Invalid token."),
                refused(
                        l -> l.desiredStatus("SLEEPING"),
                        invalid,
                        "desiredStatus should be one of [RUNNING,PENDING,STOPPED]"),
                refused(
                        l -> l.launchType("LAMBDA"),
                        invalid,
                        "launchType should be one of [EC2,FARGATE,EXTERNAL,MANAGED_INSTANCES]"),
                refused(
                        l -> l.startedBy("me").family("web"),
                        invalid,
                        "startedBy must be the only filter besides cluster."),
                refused(
                        l -> l.serviceName("arn:aws:ecs:us-east-1:000000000000:service/other/web"),
                        invalid,
                        "Invalid identifier: Identifier is for cluster other. Your cluster is default"),
                refused(
                        l -> l.containerInstance("arn:aws:ecs:us-east-1:000000000000:container-instance/other/0a1b"),
                        invalid,
                        "Invalid identifier: Identifier is for cluster other. Your cluster is default"),
                refused(l -> l.serviceName("nothing"), "ServiceNotFoundException", "Service not found."),
                refused(l -> l.cluster("nothing"), "ClusterNotFoundException", "Cluster not found."));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aListingThatCannotBeIsRefused(Consumer<ListTasksRequest.Builder> request, String code, String message) {
        var refusal = catchThrowableOfType(EcsException.class, () -> story.ecs().listTasks(request));

        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo(message);
    }

    private List<String> list(Consumer<ListTasksRequest.Builder> request) {
        return story.ecs().listTasks(request).taskArns();
    }

    private static Arguments refused(Consumer<ListTasksRequest.Builder> request, String code, String message) {
        return Arguments.of(request, code, message);
    }
}
