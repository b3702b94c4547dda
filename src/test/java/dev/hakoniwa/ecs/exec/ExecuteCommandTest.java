package dev.hakoniwa.ecs.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandRequest;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ManagedAgent;
import software.amazon.awssdk.services.ecs.model.ManagedAgentName;

final class ExecuteCommandTest {
    private static final String NOT_ENABLED =
            "The execute command failed because execute command was not enabled when the task was run or the execute"
                    + " command agent isn’t running. Wait and try again or run a new task with execute command enabled"
                    + " and try again.";

    private final ExecStory exec = new ExecStory();
    private final Story story = exec.story();

    @Test
    void aSessionIsGivenWithAllThatAClientNeeds() {
        var task = exec.task();

        var answer = exec.execute(task, "/bin/sh");

        var container = task.containers().getFirst();
        assertThat(answer.clusterArn()).isEqualTo(task.clusterArn());
        assertThat(answer.taskArn()).isEqualTo(task.taskArn());
        assertThat(answer.containerArn()).isEqualTo(container.containerArn());
        assertThat(answer.containerName()).isEqualTo("web");
        assertThat(answer.interactive()).isTrue();
        assertThat(answer.session().sessionId()).matches("ecs-execute-command-[a-z0-9]{17,}");
        assertThat(answer.session().tokenValue()).hasSizeGreaterThan(40);
        assertThat(answer.session().streamUrl())
                .endsWith("/v1/data-channel/" + answer.session().sessionId() + "?role=publish_subscribe")
                .startsWith("ws://localhost");
    }

    @Test
    void everySessionIsItsOwn() {
        var task = exec.task();

        var one = exec.execute(task, "sh").session();
        var other = exec.execute(task, "sh").session();

        assertThat(one.sessionId()).isNotEqualTo(other.sessionId());
        assertThat(one.tokenValue()).isNotEqualTo(other.tokenValue());
    }

    @Test
    void aTaskCanBeNamedByItsId() {
        var task = exec.task();

        assertThat(exec.execute(task, r -> r.task(Story.id(task)).command("sh")).taskArn())
                .isEqualTo(task.taskArn());
    }

    @Test
    void oneOfSeveralContainersMustBeNamed() {
        exec.define("two", Story.container("web"), Story.container("side"));
        var task = exec.started("two");

        assertThat(exec.execute(task, r -> r.command("sh").container("side")).containerName())
                .isEqualTo("side");
        refused(
                () -> exec.execute(task, "sh"),
                "The task provided has multiple containers running in it. Provide a container name, and then try"
                        + " again.");
        refused(
                () -> exec.execute(task, r -> r.command("sh").container("other")),
                "The container other was not found in the task. Provide the name of a container of the task, and then"
                        + " try again.");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            false, sh,  Interactive is the only mode supported currently.
            ,      sh,  Interactive is the only mode supported currently.
            true,  ' ', Command can not be blank.
            true,  ,    Command can not be blank.
            """)
    void whatIsMissingIsRefused(Boolean interactive, String command, String message) {
        var task = exec.task();

        refused(() -> exec.execute(task, r -> r.interactive(interactive).command(command)), message);
    }

    @Test
    void theTaskMustBeThere() {
        exec.task();
        Consumer<ExecuteCommandRequest.Builder> unknown =
                r -> r.command("sh").interactive(true).task("0".repeat(32));

        refused(() -> story.ecs().executeCommand(unknown), "The referenced task was not found.");
        refused(() -> story.ecs().executeCommand(r -> r.command("sh").interactive(true)), "Task can not be blank.");
        assertThatThrownBy(() -> story.ecs().executeCommand(unknown.andThen(r -> r.cluster("nowhere"))))
                .isInstanceOf(ClusterNotFoundException.class);
    }

    @Test
    void theTaskMustHaveBeenRunForIt() {
        story.define("plain", Story.container("web"));
        var task = story.started("plain");

        refused(() -> exec.execute(task, "sh"), NOT_ENABLED);
        assertThat(task.enableExecuteCommand()).isFalse();
        assertThat(task.containers().getFirst().hasManagedAgents()).isFalse();
    }

    @Test
    void theContainerMustRun() {
        exec.define("late", Story.container("web"));
        var task = story.run("late", r -> r.enableExecuteCommand(true));

        refused(() -> exec.execute(task, "sh"), NOT_ENABLED);
        story.letPass(Story.SOON);
        exec.execute(task, "sh");
        story.exit(task, "web", 0);
        story.letPass(Story.SOON);
        refused(() -> exec.execute(task, "sh"), NOT_ENABLED);
    }

    @Test
    void theAgentLivesAsLongAsItsContainer() {
        exec.define("web", Story.container("web"));
        var task = story.run("web", r -> r.enableExecuteCommand(true));
        var before = agent(story.container(task, "web").managedAgents().getFirst());

        story.letPass(Story.SOON);
        var running = story.container(task, "web").managedAgents().getFirst();
        story.exit(task, "web", 0);
        story.letPass(Story.SOON);
        var after = story.container(task, "web").managedAgents().getFirst();

        assertThat(before).isEqualTo("PENDING never");
        assertThat(running.name()).isEqualTo(ManagedAgentName.EXECUTE_COMMAND_AGENT);
        assertThat(running.lastStatus()).isEqualTo("RUNNING");
        assertThat(running.lastStartedAt()).isNotNull();
        assertThat(after.lastStatus()).isEqualTo("STOPPED");
        assertThat(after.lastStartedAt()).isEqualTo(running.lastStartedAt());
    }

    @Test
    void aServicesTasksHaveItIfTheServiceHas() {
        exec.define("web", Story.container("web"));

        story.createService("web", "web", 1, s -> s.enableExecuteCommand(true));
        story.letPass(Story.SOON);

        var task = story.tasks("web").getFirst();
        assertThat(task.enableExecuteCommand()).isTrue();
        assertThat(task.containers().getFirst().managedAgents()).hasSize(1);
        assertThat(exec.execute(task, "sh").taskArn()).isEqualTo(task.taskArn());
    }

    @Test
    void aContainerHasAThousandSessionsAtMost() {
        var task = exec.task();
        IntStream.range(0, 1_000).forEach(_ -> exec.execute(task, "sh"));

        assertThatThrownBy(() -> exec.execute(task, "sh"))
                .isInstanceOfSatisfying(
                        ClientException.class,
                        e -> assertThat(e.awsErrorDetails().errorMessage())
                                .isEqualTo("Unable to start new execute sessions because the maximum session limit of"
                                        + " 1000 has been reached."));
    }

    private static String agent(ManagedAgent agent) {
        return agent.lastStatus() + " " + (agent.lastStartedAt() == null ? "never" : "once");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EcsException.class,
                        e -> assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message))
                .isInstanceOf(InvalidParameterException.class);
    }
}
