package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.Behaviour.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Task;

/// Services whose tasks fail to start, or don't stay.
final class FailingTasksTest {
    private final Story story = Story.calm();

    @Test
    void tasksThatFailToStartAreStartedLessAndLessOften() {
        broken();

        story.letPass(Duration.ofMinutes(50));

        var waits = waits(story.tasks("web", "STOPPED"));
        assertThat(waits.getFirst()).isLessThan(Duration.ofSeconds(1));
        assertThat(waits).extracting(Duration::toSeconds).isSorted();
        assertThat(waits.getLast()).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(16));
        assertThat(waits).hasSizeLessThan(20);
    }

    @Test
    void aServiceThatCannotStartItsTasksSaysSoOnce() {
        broken();

        story.letPass(Duration.ofHours(1));

        assertThat(story.events("web")).containsOnlyOnce("is unable to consistently start tasks successfully.");
        assertThat(story.events("web")).doesNotContain("has reached a steady state.");
    }

    @Test
    void aServiceWhoseTroubleEndsComesRoundByItself() {
        broken();
        story.letPass(Duration.ofMinutes(5));

        story.aws().world().allowsPull("broken");
        story.letPass(Duration.ofMinutes(10));

        assertThat(story.service("web").runningCount()).isEqualTo(1);
        assertThat(story.service("web").deployments().getFirst().failedTasks()).isZero();
        assertThat(story.events("web")).last().isEqualTo("has reached a steady state.");
    }

    @Test
    void anotherDeploymentStartsAtOnce() {
        broken();
        story.letPass(Duration.ofMinutes(20));

        story.define("web", container("app"));
        story.ecs().updateService(u -> u.service("web").taskDefinition("web"));
        story.letPass(Story.SOON);

        assertThat(story.service("web").runningCount()).isEqualTo(1);
    }

    @Test
    void aTaskThatRanIsReplacedAtOnceHoweverOftenItEnds() {
        story.aws().world().runs("short", Run.of(Duration.ofSeconds(2), 1));
        story.define("web", container("short"));
        story.createService("web", "web", 1);

        story.letPassSeconds(60);

        assertThat(story.tasks("web", "STOPPED")).hasSizeBetween(20, 30).allSatisfy(task -> {
            assertThat(task.stopCodeAsString()).isEqualTo("EssentialContainerExited");
            assertThat(task.startedAt()).isNotNull();
        });
        assertThat(story.events("web")).doesNotContain("is unable to consistently start tasks successfully.");
    }

    @Test
    void manyFailingTasksAreSlowedDownAsOne() {
        story.aws().world().refusesPull("broken", "manifest unknown");
        story.define("web", container("app", c -> c.image("broken")));
        story.createService("web", "web", 10);

        story.letPass(Duration.ofMinutes(10));

        assertThat(story.tasks("web", "STOPPED").size() + story.tasks("web").size())
                .isBetween(10, 100);
    }

    @Test
    void aPortThatIsTakenIsToldAndTriedAgain() {
        story.define(
                "fixed",
                container("app", c -> c.portMappings(p -> p.containerPort(80).hostPort(8080))));
        story.createService("first", "fixed", 1);
        story.letPassSeconds(10);

        story.createService("second", "fixed", 1);
        story.letPassSeconds(60);
        var waiting = story.service("second");
        var events = story.events("second");
        story.ecs().deleteService(d -> d.service("first").force(true));
        story.letPassSeconds(20);

        assertThat(waiting.runningCount()).isZero();
        assertThat(events)
                .singleElement()
                .asString()
                .startsWith("was unable to place a task because no container instance met all of its requirements. The "
                        + "closest matching (container-instance ")
                .endsWith(") is already using a port required by your task.");
        assertThat(story.service("second").runningCount()).isEqualTo(1);
    }

    private void broken() {
        story.aws().world().refusesPull("broken", "manifest unknown");
        story.define("web", container("app", c -> c.image("broken")));
        story.createService("web", "web", 1);
    }

    private static List<Duration> waits(List<Task> tasks) {
        List<Instant> starts = tasks.stream().map(Task::createdAt).sorted().toList();
        return IntStream.range(1, starts.size())
                .mapToObj(i -> Duration.between(starts.get(i - 1), starts.get(i)))
                .toList();
    }
}
