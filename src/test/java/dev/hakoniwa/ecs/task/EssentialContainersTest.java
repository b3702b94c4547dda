package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import dev.hakoniwa.runtime.Behaviour.Run;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// A task lives as long as its essential containers do.
final class EssentialContainersTest {
    private final Story story = Story.calm();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 137, 139, 143})
    void aTaskEndsWithAnEssentialContainerWhateverItsExitCode(int code) {
        story.define("web", container("app"), container("side", c -> c.essential(false)));
        var task = story.started("web");

        story.exit(task, "app", code);
        story.letPass(Story.SOON);

        var ended = story.now(task);
        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.desiredStatus()).isEqualTo("STOPPED");
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(ended.stoppedReason()).isEqualTo("Essential container in task exited");
        assertThat(ended.containers())
                .extracting(Container::name, Container::lastStatus, Container::exitCode, Container::reason)
                .containsExactly(tuple("app", "STOPPED", code, null), tuple("side", "STOPPED", 143, null));
    }

    @Test
    void aTaskRunsOnWithoutAContainerThatIsNotEssential() {
        story.define("web", container("app"), container("side", c -> c.essential(false)));
        var task = story.started("web");

        story.exit(task, "side", 3);
        story.letPass(Story.SOON);

        var now = story.now(task);
        assertThat(now.lastStatus()).isEqualTo("RUNNING");
        assertThat(now.stopCode()).isNull();
        assertThat(now.executionStoppedAt()).isNull();
        assertThat(now.containers())
                .extracting(Container::name, Container::lastStatus, Container::exitCode)
                .containsExactly(tuple("app", "RUNNING", null), tuple("side", "STOPPED", 3));
    }

    @Test
    void aTaskRunsThoughAContainerThatIsNotEssentialHasEndedBefore() {
        story.aws().world().runs("setup", Run.of(Duration.ofMillis(5), 1));
        story.define(
                "web",
                container("setup", c -> c.essential(false)),
                container("app", c -> c.dependsOn(d -> d.containerName("setup").condition("COMPLETE"))));

        var task = story.started("web");

        assertThat(task.lastStatus()).isEqualTo("RUNNING");
        assertThat(task.containers())
                .extracting(Container::name, Container::lastStatus, Container::exitCode)
                .containsExactly(tuple("setup", "STOPPED", 1), tuple("app", "RUNNING", null));
    }

    @Test
    void executionStopsWhenTheFirstEssentialContainerEnds() {
        story.define("web", container("app"), container("db"));
        var task = story.started("web");

        story.exit(task, "app", 0);
        story.letPass(Story.SOON);

        var ended = story.now(task);
        assertThat(ended.executionStoppedAt()).isEqualTo(TestEmulator.START.plus(Story.SOON));
        assertThat(ended.stoppingAt()).isEqualTo(TestEmulator.START.plus(Story.SOON));
        assertThat(ended.stoppedAt()).isAfter(ended.stoppingAt());
    }

    @Test
    void aContainerThatEndsAtOnceEndsItsTaskAsOneThatHasRun() {
        story.aws().world().runs("app", Run.of(Duration.ZERO, 7));
        story.define("job", container("app"));

        var ended = story.started("job");

        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(ended.startedAt()).isNotNull();
        assertThat(ended.containers().getFirst().exitCode()).isEqualTo(7);
    }

    @Test
    void theEndOfAnEssentialContainerKeepsTheOthersFromStarting() {
        story.aws().world().runs("app", Run.of(Duration.ofSeconds(1), 0));
        story.define(
                "web",
                container("app", c -> c.healthCheck(h -> h.command("CMD", "ok").interval(30))),
                container(
                        "side",
                        c -> c.essential(false)
                                .dependsOn(d -> d.containerName("app").condition("HEALTHY"))));
        var task = story.run("web");

        story.letPassSeconds(60);

        var ended = story.now(task);
        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(ended.startedAt()).isNull();
        assertThat(ended.containers())
                .extracting(Container::name, Container::lastStatus, Container::exitCode, Container::runtimeId)
                .contains(tuple("side", "STOPPED", null, null));
        assertThat(story.onEngine(task)).isEmpty();
    }

    @Test
    void aContainerThatWantsTooMuchMemoryIsKilledForIt() {
        story.define("web", container("app"));
        var task = story.started("web");

        story.aws().engine().oom(story.id(task, "app"));
        story.letPass(Story.SOON);

        var ended = story.now(task);
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(ended.stoppedReason()).isEqualTo("Essential container in task exited");
        assertThat(ended.containers().getFirst().exitCode()).isEqualTo(137);
        assertThat(ended.containers().getFirst().reason())
                .isEqualTo("OutOfMemoryError: Container killed due to memory usage");
    }
}
