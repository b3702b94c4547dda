package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Connectivity;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// The states that a task goes through, and what DescribeTasks tells of each.
final class TaskLadderTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Story story = Story.calm();

    @Test
    void anAwsvpcTaskClimbsAndDescendsTheWholeLadder() {
        story.defineAwsvpc("web", container("app"));
        var task = story.runAwsvpc("web");

        var up = watch(task, 500);
        story.ecs().stopTask(s -> s.task(task.taskArn()));
        var down = watch(task, 500);

        assertThat(statuses(up)).containsExactly("PROVISIONING", "PENDING", "RUNNING");
        assertThat(statuses(down)).containsExactly("STOPPING", "DEPROVISIONING", "STOPPED");
        assertThat(up).extracting(Task::desiredStatus).containsOnly("RUNNING");
        assertThat(down).extracting(Task::desiredStatus).containsOnly("STOPPED");
    }

    @Test
    void aTaskWithoutAnInterfaceBeginsPending() {
        story.define("job", container("app"));

        var task = story.run("job");

        assertThat(task.lastStatus()).isEqualTo("PENDING");
        assertThat(statuses(watch(task, 500))).containsExactly("PENDING", "RUNNING");
    }

    @Test
    void theAnswerToRunTaskShowsATaskThatHasNotBegun() {
        var definition = story.defineAwsvpc("web", container("app"));

        var task = story.runAwsvpc("web");

        assertThat(task.lastStatus()).isEqualTo("PROVISIONING");
        assertThat(task.desiredStatus()).isEqualTo("RUNNING");
        assertThat(task.version()).isEqualTo(1);
        assertThat(task.createdAt()).isEqualTo(TestEmulator.START);
        assertThat(task.taskDefinitionArn()).isEqualTo(definition);
        assertThat(task.group()).isEqualTo("family:web");
        assertThat(task.connectivity()).isNull();
        assertThat(task.containers()).extracting(c -> c.lastStatus()).containsExactly("PENDING");
        assertThat(task.attachments()).extracting(Attachment::status).containsExactly("PRECREATED");
        assertThat(task.attachments().getFirst().details())
                .extracting(detail -> detail.name())
                .containsExactly("subnetId");
    }

    @Test
    void theInterfacesAttachmentWalksFromPrecreatedToDeleted() {
        story.defineAwsvpc("web", container("app"));
        var task = story.runAwsvpc("web");

        var up = watch(task, 500);
        story.ecs().stopTask(s -> s.task(task.taskArn()));
        var down = watch(task, 500);

        assertThat(attachments(up)).containsExactly("PRECREATED", "ATTACHING", "ATTACHED");
        assertThat(attachments(down)).containsExactly("ATTACHED", "DETACHING", "DELETED");
        assertThat(down.getLast().attachments().getFirst().details())
                .extracting(detail -> detail.name())
                .containsExactly(
                        "subnetId", "networkInterfaceId", "macAddress", "privateDnsName", "privateIPv4Address");
    }

    @Test
    void everyMomentOfALifeIsTold() {
        story.defineAwsvpc("web", container("app"));
        var started = story.startedAwsvpc("web");
        story.ecs().stopTask(s -> s.task(started.taskArn()));
        story.letPass(Story.SOON);

        var ended = story.now(started);

        assertThat(ended.connectivity()).isEqualTo(Connectivity.CONNECTED);
        assertThat(inOrder(
                        ended.createdAt(),
                        ended.connectivityAt(),
                        ended.pullStartedAt(),
                        ended.pullStoppedAt(),
                        ended.startedAt(),
                        ended.stoppingAt(),
                        ended.executionStoppedAt(),
                        ended.stoppedAt()))
                .isTrue();
        assertThat(ended.stoppingAt()).isEqualTo(TestEmulator.START.plus(Story.SOON));
    }

    @Test
    void aTaskThatNeverRanWasNeverStarted() {
        story.aws().world().refusesPull("app", "manifest unknown");
        story.define("job", container("app"));
        var task = story.run("job");

        story.letPass(Story.SOON);

        var ended = story.now(task);
        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.startedAt()).isNull();
        assertThat(ended.executionStoppedAt()).isNull();
        assertThat(ended.stoppedAt()).isNotNull();
    }

    @Test
    void theVersionGrowsWithEveryStep() {
        story.defineAwsvpc("web", container("app"));
        var task = story.runAwsvpc("web");

        var up = watch(task, 500);
        story.ecs().stopTask(s -> s.task(task.taskArn()));
        var down = watch(task, 500);

        assertThat(up.getFirst().version()).isEqualTo(1);
        assertThat(up.getLast().version()).isEqualTo(3);
        assertThat(down.getLast().version()).isEqualTo(7);
    }

    @Test
    void aTaskStoppedWhileItStartsNeverRuns() {
        story.defineAwsvpc("web", container("app"));
        var task = story.runAwsvpc("web");
        story.letPass(Duration.ofMillis(15));

        story.ecs().stopTask(s -> s.task(task.taskArn()).reason("changed my mind"));
        story.letPass(Story.SOON);

        var ended = story.now(task);
        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.startedAt()).isNull();
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
        assertThat(ended.stoppedReason()).isEqualTo("changed my mind");
        assertThat(ended.containers()).extracting(c -> c.exitCode()).containsOnlyNulls();
        assertThat(story.onEngine(task)).isEmpty();
    }

    private List<Task> watch(Task task, int moments) {
        var seen = new ArrayList<Task>();
        seen.add(story.now(task));
        for (var i = 0; i < moments; i++) {
            story.letPass(MOMENT);
            seen.add(story.now(task));
        }
        return seen;
    }

    private static List<String> statuses(List<Task> seen) {
        return seen.stream().map(Task::lastStatus).distinct().toList();
    }

    private static List<String> attachments(List<Task> seen) {
        return seen.stream()
                .map(task -> task.attachments().getFirst().status())
                .distinct()
                .toList();
    }

    private static boolean inOrder(Instant... times) {
        return List.of(times).stream().sorted().toList().equals(List.of(times));
    }
}
