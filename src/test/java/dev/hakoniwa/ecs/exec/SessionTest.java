package dev.hakoniwa.ecs.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The conversation of a session, with time moved by hand.
final class SessionTest {
    private static final Duration TWENTY_MINUTES = Duration.ofMinutes(20);

    private final ExecStory exec = new ExecStory();
    private final Story story = exec.story();

    @Test
    void theServerAsksForAHandshakeAndCompletesIt() {
        var client = exec.connect(exec.execute(exec.task(), "sh"));

        client.answerHandshake();

        var request = client.received(PayloadType.HANDSHAKE_REQUEST).getFirst();
        var complete = client.received(PayloadType.HANDSHAKE_COMPLETE).getFirst();
        assertThat(request.sequence()).isZero();
        assertThat(request.text())
                .isEqualTo("{\"AgentVersion\":\"3.3.0.0\",\"RequestedClientActions\":[{\"ActionType\":\"SessionType\","
                        + "\"ActionParameters\":{\"SessionType\":\"InteractiveCommands\",\"Properties\":{}}}]}");
        assertThat(complete.sequence()).isEqualTo(1);
        assertThat(complete.text()).isEqualTo("{\"HandshakeTimeToComplete\":0,\"CustomerMessage\":\"\"}");
    }

    @Test
    void whatIsTypedIsHeardAndAcknowledged() {
        var client = exec.shell(exec.task(), "/bin/sh");

        client.type("echo hello\r");

        assertThat(client.shown()).isEqualTo("/ # echo hello\r\nhello\r\n/ # ");
        assertThat(client.received(Message.ACKNOWLEDGE)).hasSize(2);
        var last = client.received(Message.ACKNOWLEDGE).getLast();
        assertThat(last.flags()).isEqualTo(3);
        assertThat(last.sequence()).isZero();
        assertThat(last.text())
                .contains(
                        "\"AcknowledgedMessageType\":\"input_stream_data\"", "\"AcknowledgedMessageSequenceNumber\":1");
    }

    @Test
    void whatIsTypedBeforeTheCommandHasBegunWaits() {
        var client = exec.connect(exec.execute(exec.task(), "sh"));
        client.answerHandshake();
        client.resize(100, 30);
        client.type("stty size\r");

        story.letPass(ExecStory.MOMENT);

        assertThat(client.shown()).contains("\n30 100\r\n");
    }

    @Test
    void theTerminalHasTheClientsSize() {
        var client = exec.shell(exec.task(), "sh");

        client.resize(132, 43);
        story.letPass(ExecStory.MOMENT);
        client.type("stty size\r");

        assertThat(client.shown()).contains("\n43 132\r\n");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-1,5", "80,0", "99999,24"})
    void aSizeThatIsNoneChangesNothing(int columns, int rows) {
        var client = exec.shell(exec.task(), "sh");

        client.resize(columns, rows);
        story.letPass(ExecStory.MOMENT);
        client.type("stty size\r");

        assertThat(client.shown()).contains("\n24 80\r\n");
    }

    @Test
    void aClientMayTypeWithoutAHandshake() {
        var client = exec.connect(exec.execute(exec.task(), "sh"));

        client.type("echo a\r");
        story.letPass(ExecStory.MOMENT);

        assertThat(client.shown()).contains("\na\r\n");
    }

    @Test
    void aClientMayTellItsSizeWithoutAHandshake() {
        var client = exec.connect(exec.execute(exec.task(), "sh"));

        client.resize(100, 30);
        story.letPass(ExecStory.MOMENT);

        assertThat(client.shown()).isEqualTo("/ # ");
    }

    @Test
    void aClientThatCanNotShakeHandsIsSentAway() {
        var client = exec.connect(exec.execute(exec.task(), "sh"));

        client.answerHandshake(3, "Unsupported action");

        assertThat(farewell(client)).contains("\"Output\":\"Handshake with the client failed: Unsupported action\"");
        assertThat(client.closedWith()).startsWith("1000");
    }

    @Test
    void aCommandThatEndsClosesTheChannel() {
        var client = exec.shell(exec.task(), "sh -c \"echo 'done'\"");

        assertThat(client.shown()).contains("done");
        assertThat(farewell(client))
                .contains("\"MessageType\":\"channel_closed\"", "\"SchemaVersion\":1", "\"Output\":\"\"");
        assertThat(client.closedWith()).startsWith("1000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing -x    | Failed to start pty: exec: \\"nothing\\": executable file not found in $PATH
            sh -c "echo   | EOF found when expecting closing quote
            """)
    void aCommandThatCanNotBeginIsToldInTheEnd(String command, String reason) {
        var client = exec.shell(exec.task(), command);

        assertThat(farewell(client)).contains("\"Output\":\"Unable to start command: " + reason + "\"");
        assertThat(client.closedWith()).startsWith("1000");
    }

    @Test
    void theChannelClosesWhenTheLastOutputIsAcknowledged() {
        var client = exec.shell(exec.task(), "sh");
        client.acknowledging(false);

        client.type("exit\r");
        var before = client.received(Message.CHANNEL_CLOSED);
        client.received(PayloadType.OUTPUT).forEach(client::acknowledge);

        assertThat(before).isEmpty();
        assertThat(client.received(Message.CHANNEL_CLOSED)).hasSize(1);
    }

    @Test
    void theChannelOfASilentClientClosesAWhileAfterTheCommand() {
        var client = exec.shell(exec.task(), "sh");
        client.acknowledging(false);

        client.type("exit\r");
        story.letPass(Duration.ofSeconds(6));

        assertThat(client.received(Message.CHANNEL_CLOSED)).hasSize(1);
    }

    @Test
    void outputThatIsNotAcknowledgedIsSentAgain() {
        var client = exec.shell(exec.task(), "sh");
        client.acknowledging(false);
        client.type("a");
        client.type("b");
        client.forget();

        story.letPass(Duration.ofSeconds(1));
        client.acknowledging(true);
        story.letPass(Duration.ofSeconds(3));
        var shown = client.shown();
        client.forget();
        story.letPass(Duration.ofSeconds(10));

        assertThat(shown).isEqualTo("ab");
        assertThat(client.received(Message.OUTPUT)).isEmpty();
    }

    @Test
    void aClientThatNeverAcknowledgesIsGivenUp() {
        var client = exec.shell(exec.task(), "sh");
        client.acknowledging(false);
        client.type("a");

        story.letPass(Duration.ofMinutes(18));

        assertThat(client.closedWith()).startsWith("1000");
        assertThat(client.received(PayloadType.OUTPUT)).hasSize(3_002);
    }

    @Test
    void inputIsProcessedInItsOrderAndOnce() {
        var client = exec.shell(exec.task(), "sh");
        var late = client.message(1, PayloadType.OUTPUT, "echo ".getBytes(StandardCharsets.UTF_8));

        client.skipTo(2);
        client.type("a\r");
        var before = client.shown();
        client.send(late);
        client.send(late);

        assertThat(before).isEqualTo("/ # ");
        assertThat(client.shown()).isEqualTo("/ # echo a\r\na\r\n/ # ");
        assertThat(client.received(Message.ACKNOWLEDGE)).hasSize(4);
    }

    @Test
    void whatIsNoMessageIsLeftAlone() {
        var client = exec.shell(exec.task(), "sh");
        client.forget();

        client.sendBytes(new byte[0]);
        client.sendBytes("no message".getBytes(StandardCharsets.UTF_8));
        client.send(PayloadType.SIZE, "{");
        client.type("a");

        assertThat(client.received(Message.ACKNOWLEDGE)).hasSize(2);
        assertThat(client.shown()).isEqualTo("a");
    }

    @Test
    void aTokenIsGoodOnce() {
        var answer = exec.execute(exec.task(), "sh");
        exec.connect(answer);

        var second = exec.connect(answer);

        assertThat(second.closedWith()).isEqualTo("1008 the token is not valid");
        assertThat(second.received(Message.OUTPUT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"wrong", "''"})
    void aWrongTokenOpensNothing(String token) {
        var answer = exec.execute(exec.task(), "sh");

        var client = TestClient.connected(exec.sessions(), answer.session().sessionId(), token);

        assertThat(client.closedWith()).isEqualTo("1008 the token is not valid");
        assertThat(exec.connect(answer).received(Message.OUTPUT)).hasSize(1);
    }

    @Test
    void theTokenComesFirst() {
        var answer = exec.execute(exec.task(), "sh");
        var client = new TestClient(exec.sessions(), answer.session().sessionId());

        client.type("echo");

        assertThat(client.closedWith()).isEqualTo("1008 the token is missing");
    }

    @Test
    void twoSessionsOfOneContainerAreApart() {
        var task = exec.task();
        var one = exec.shell(task, "sh");
        var other = exec.shell(task, "sh");

        one.type("echo one\r");
        other.type("exit\r");

        assertThat(one.shown()).contains("\none\r\n");
        assertThat(other.shown()).doesNotContain("one");
        assertThat(one.closedWith()).isEmpty();
        assertThat(other.closedWith()).startsWith("1000");
    }

    @Test
    void theClientCanEndTheSession() {
        var client = exec.shell(exec.task(), "sh");

        client.flag(1);
        var before = client.closedWith();
        client.flag(2);

        assertThat(before).isEmpty();
        assertThat(client.received(Message.CHANNEL_CLOSED)).hasSize(1);
        assertThat(client.closedWith()).startsWith("1000");
    }

    @Test
    void aSessionEndsWithItsTask() {
        var task = exec.task();
        var client = exec.shell(task, "sh");

        story.ecs().stopTask(t -> t.task(task.taskArn()));
        story.letPass(Story.SOON);

        assertThat(client.received(Message.CHANNEL_CLOSED)).hasSize(1);
    }

    @Test
    void aSessionWithoutUseEndsAfterTwentyMinutes() {
        var client = exec.shell(exec.task(), "sh");
        story.letPass(TWENTY_MINUTES.minusSeconds(1));
        client.type("a");

        story.letPass(TWENTY_MINUTES.minusSeconds(1));
        var before = client.closedWith();
        story.letPass(Duration.ofSeconds(2));

        assertThat(before).isEmpty();
        assertThat(farewell(client)).contains("timed out due to inactivity.");
        assertThat(client.closedWith()).startsWith("1000");
    }

    @Test
    void aSessionThatNobodyOpensEndsToo() {
        var answer = exec.execute(exec.task(), "sh");

        story.letPass(TWENTY_MINUTES);

        assertThat(exec.sessions().exists(answer.session().sessionId())).isFalse();
    }

    @Test
    void allSessionsEndWithTheEmulator() {
        var client = exec.shell(exec.task(), "sh");

        exec.sessions().close();

        assertThat(client.closedWith()).startsWith("1000");
    }

    private static String farewell(TestClient client) {
        assertThat(client.received(Message.CHANNEL_CLOSED)).hasSize(1);
        return client.received(Message.CHANNEL_CLOSED).getFirst().text();
    }
}
