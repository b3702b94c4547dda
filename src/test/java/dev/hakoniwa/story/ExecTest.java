package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static dev.hakoniwa.story.TaskStory.container;
import static dev.hakoniwa.story.TaskStory.endless;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.DockerTest;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Session;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ssm.SsmClient;

/// Commands in the containers of running tasks, over the data channel.
@DockerTest
final class ExecTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/task";

    @RegisterExtension
    private static final TaskStory AWS = new TaskStory();

    @Test
    void aShellIsTypedAtAndSeen() {
        var task = task(endless("app").environment(e -> e.name("GREETING").value("hello")));

        try (var client = ExecClient.connect(execute(task, "/bin/sh"))) {
            client.type("echo $GREETING; id -u\r");

            eventually(() -> assertThat(client.shown()).contains("hello\r\n0\r\n"));
            client.resize(132, 43);
            eventually(() -> {
                client.type("stty size\r");
                assertThat(client.shown()).contains("43 132\r\n");
            });
            client.type("exit 3\r");
            eventually(() -> assertThat(client.farewell()).contains("\"Output\":\"\""));
            eventually(() -> assertThat(client.closed()).isEqualTo(1000));
        }
        assertThat(container(task, "app").managedAgents())
                .singleElement()
                .satisfies(agent -> assertThat(agent.lastStatus()).isEqualTo("RUNNING"));
        assertThat(AWS.now(task).lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void ctrlCEndsWhatRunsInTheForeground() {
        var task = task(endless("app"));

        try (var client = ExecClient.connect(execute(task, "sh"))) {
            client.type("sh -c 'echo runs $((6 + 1)); sleep 1000'\r");
            eventually(() -> assertThat(client.shown()).contains("\r\nruns 7\r\n"));
            client.type("\u0003");
            client.type("echo still $((6 * 7))\r");

            eventually(() -> assertThat(client.shown()).contains("still 42\r\n"));
        }
    }

    @Test
    void moreOutputThanIsHeldAtOnceComesThrough() {
        var task = task(endless("app"));

        try (var client = ExecClient.connect(execute(task, "sh -c 'seq 1 200000; echo over'"))) {
            eventually(() -> assertThat(client.farewell()).isNotNull());

            assertThat(client.shown()).contains("\r\n100000\r\n", "\r\n200000\r\nover\r\n");
        }
    }

    @Test
    void twoSessionsAreApart() {
        var task = task(endless("app"));

        try (var one = ExecClient.connect(execute(task, "sh"));
                var other = ExecClient.connect(execute(task, "sh"))) {
            one.type("X=one; tty; echo $X\r");
            other.type("X=other; tty; echo $X\r");
            eventually(() -> assertThat(one.shown()).contains("\r\none\r\n"));
            eventually(() -> assertThat(other.shown()).contains("\r\nother\r\n"));
            one.terminate();

            eventually(() -> assertThat(one.closed()).isEqualTo(1000));
            other.type("echo $X again\r");
            eventually(() -> assertThat(other.shown()).contains("other again\r\n"));
        }
    }

    @Test
    void aLostAcknowledgementLeadsToARepetition() {
        var task = task(endless("app"));

        try (var client = ExecClient.connect(execute(task, "sh"))) {
            client.type("echo first\r");
            eventually(() -> assertThat(client.shown()).contains("\r\nfirst\r\n"));
            client.loseAcknowledgement();
            client.type("echo second\r");

            eventually(() -> assertThat(client.repeated()).isPositive());
            eventually(() -> assertThat(client.shown()).containsOnlyOnce("\r\nsecond\r\n"));
        }
    }

    @Test
    void aCommandThatIsNotThereIsTold() {
        var task = task(endless("app"));

        try (var client = ExecClient.connect(execute(task, "no-such-shell"))) {
            eventually(() -> assertThat(client.farewell())
                    .contains(
                            "Unable to start command: Failed to start pty: exec: \\\"no-such-shell\\\": executable file"
                                    + " not found in $PATH"));
            eventually(() -> assertThat(client.closed()).isEqualTo(1000));
        }
    }

    @Test
    void aSessionEndsWithItsTask() {
        var task = task(endless("app"));

        try (var client = ExecClient.connect(execute(task, "sh"))) {
            client.type("echo here\r");
            eventually(() -> assertThat(client.shown()).contains("\r\nhere\r\n"));
            AWS.stop(task);

            eventually(() -> assertThat(client.closed()).isEqualTo(1000));
        }
        assertThat(container(AWS.now(task), "app").managedAgents().getFirst().lastStatus())
                .isEqualTo("STOPPED");
    }

    @Test
    void aClientComesBackToItsSession() {
        var task = task(endless("app"));
        var session = execute(task, "sh");
        try (var lost = ExecClient.connect(session)) {
            lost.type("X=kept\r");
            eventually(() -> assertThat(lost.shown()).contains("X=kept\r\n"));
        }

        try (var ssm = AWS.emulator().client(SsmClient.builder())) {
            var token = ssm.resumeSession(r -> r.sessionId(session.sessionId())).tokenValue();
            try (var back = ExecClient.connect(session, token)) {
                back.startAt(2);
                back.type("echo $X by then\r");

                eventually(() -> assertThat(back.shown()).contains("kept by then\r\n"));
                ssm.terminateSession(t -> t.sessionId(session.sessionId()));
                eventually(() -> assertThat(back.closed()).isEqualTo(1000));
            }
        }
    }

    @Test
    void onlyTheTokenOpensASession() {
        var session = execute(task(endless("app")), "sh");

        try (var stranger = ExecClient.connect(session, "guessed")) {
            eventually(() -> assertThat(stranger.closed()).isEqualTo(1008));
        }
        var nowhere = session.toBuilder()
                .streamUrl(session.streamUrl().replace(session.sessionId(), "ecs-execute-command-0"))
                .build();
        assertThatThrownBy(() -> ExecClient.connect(nowhere)).isInstanceOf(CompletionException.class);
    }

    private static Task task(ContainerDefinition.Builder container) {
        var definition = AWS.define(r -> r.taskRoleArn(ROLE), container);
        return AWS.running(AWS.run(definition, r -> r.enableExecuteCommand(true)));
    }

    private static Session execute(Task task, String command) {
        var answer = AWS.ecs()
                .executeCommand(e -> e.task(task.taskArn()).command(command).interactive(true));
        assertThat(answer.session().streamUrl())
                .startsWith("ws://localhost:" + AWS.emulator().port() + "/v1/data-channel/");
        return answer.session();
    }
}
