package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import dev.hakoniwa.ecs.TestWorld;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// Containers that never run, and what the agent says of it.
final class ContainerFailureTest {
    private final Story story = Story.calm();

    static Stream<Arguments> failures() {
        return Stream.of(
                failure(
                        world -> world.refusesPull("app", "manifest unknown"),
                        "CannotPullContainerError: Error response from daemon: manifest unknown",
                        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve "
                                + "ref app: manifest unknown"),
                failure(
                        world -> world.refusesCreate("app", "invalid mount config"),
                        "CannotCreateContainerError: Error response from daemon: invalid mount config",
                        "CannotCreateContainerError: Error response from daemon: invalid mount config"),
                failure(
                        world -> world.refusesStart("app", "exec: \"x\": executable file not found in $PATH"),
                        "CannotStartContainerError: Error response from daemon: exec: \"x\": executable file not found "
                                + "in $PATH",
                        "CannotStartContainerError: Error response from daemon: exec: \"x\": executable file not found "
                                + "in $PATH"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void onEc2TheContainerTellsWhy(Consumer<TestWorld> trouble, String onEc2, String onFargate) {
        trouble.accept(story.aws().world());
        story.define("web", container("app"), container("side", c -> c.essential(false)));

        var ended = story.started("web");

        assertFailed(ended);
        assertThat(ended.stoppedReason()).isEqualTo("Task failed to start");
        assertThat(story.container(ended, "app").reason()).isEqualTo(onEc2);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void onFargateTheTaskTellsItToo(Consumer<TestWorld> trouble, String onEc2, String onFargate) {
        trouble.accept(story.aws().world());
        story.defineFargate("web", container("app", c -> c.memory(null)));
        var task = story.run("web", r -> r.launchType("FARGATE").networkConfiguration(story.network()));

        story.letPass(Story.SOON);

        assertFailed(story.now(task));
        assertThat(story.now(task).stoppedReason()).isEqualTo(onFargate);
        assertThat(story.container(task, "app").reason()).isEqualTo(onFargate);
        assertThat(story.aws().ec2().describeNetworkInterfaces().networkInterfaces())
                .isEmpty();
    }

    @Test
    void whatRunsAlreadyIsStopped() {
        story.aws().world().refusesStart("app", "no");
        story.define(
                "web",
                container("db", c -> c.essential(false)),
                container("app", c -> c.dependsOn(d -> d.containerName("db").condition("START"))));

        var ended = story.started("web");

        assertFailed(ended);
        assertThat(ended.containers())
                .extracting(Container::name, Container::exitCode, Container::reason)
                .containsExactly(
                        tuple("db", 143, null),
                        tuple("app", null, "CannotStartContainerError: Error response from daemon: no"));
    }

    @Test
    void aTaskRunsThoughAContainerThatIsNotEssentialCannotStart() {
        story.aws().world().refusesPull("side", "manifest unknown");
        story.define("web", container("app"), container("side", c -> c.essential(false)));

        var task = story.started("web");

        assertThat(task.lastStatus()).isEqualTo("RUNNING");
        assertThat(story.container(task, "side").lastStatus()).isEqualTo("STOPPED");
        assertThat(story.container(task, "side").reason())
                .isEqualTo("CannotPullContainerError: Error response from daemon: manifest unknown");
    }

    @Test
    void aReasonHasAtMost1024Characters() {
        story.aws().world().refusesStart("app", "x".repeat(2000));
        story.define("web", container("app"));

        var ended = story.started("web");

        assertThat(ended.containers().getFirst().reason())
                .hasSize(1024)
                .startsWith("CannotStartContainerError: Error response from daemon: xxx");
    }

    @Test
    void anImageOfThisEmulatorsRegistryIsPulledFromThere() {
        var image = TestEmulator.OWN_IMAGE;
        story.define("web", container("app", c -> c.image(image)));

        var task = story.started("web");

        assertThat(task.lastStatus()).isEqualTo("RUNNING");
        assertThat(story.container(task, "app").image()).isEqualTo(image);
        assertThat(story.container(task, "app").imageDigest()).startsWith("sha256:");
        assertThat(story.aws().engine().images().find(TestEmulator.REGISTRY + "web:1"))
                .isPresent();
    }

    private void assertFailed(Task ended) {
        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(ended.startedAt()).isNull();
        assertThat(ended.containers())
                .filteredOn(c -> c.name().equals("app"))
                .extracting(Container::lastStatus, Container::exitCode)
                .containsExactly(tuple("STOPPED", null));
        assertThat(story.onEngine(ended)).isEmpty();
    }

    private static Arguments failure(Consumer<TestWorld> trouble, String onEc2, String onFargate) {
        return Arguments.of(trouble, onEc2, onFargate);
    }
}
