package dev.hakoniwa.ecs.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DoesNotExistException;
import software.amazon.awssdk.services.ssm.model.SsmException;

/// What clients call SSM for.
final class SessionCallsTest {
    private final ExecStory exec = new ExecStory();
    private final Story story = exec.story();
    private final SsmClient ssm = story.aws().ssm();

    @Test
    void aSessionIsTerminated() {
        var answer = exec.execute(exec.task(), "sh");
        var id = answer.session().sessionId();
        var client = exec.connect(answer);

        assertThat(ssm.terminateSession(t -> t.sessionId(id)).sessionId()).isEqualTo(id);

        assertThat(client.received(Message.CHANNEL_CLOSED)).hasSize(1);
        assertThat(exec.sessions().exists(id)).isFalse();
        assertThat(ssm.terminateSession(t -> t.sessionId(id)).sessionId()).isEqualTo(id);
    }

    @Test
    void aClientThatComesBackFindsItsSessionAsItWas() {
        var answer = exec.execute(exec.task(), "sh");
        var client = exec.connect(answer);
        client.answerHandshake();
        story.letPass(ExecStory.MOMENT);
        client.acknowledging(false);
        client.type("echo a\r");
        client.disconnect();
        client.forget();
        story.letPass(Duration.ofMinutes(10));

        var resumed = ssm.resumeSession(r -> r.sessionId(answer.session().sessionId()));
        client.acknowledging(true);
        client.reconnect(resumed.tokenValue());
        client.type("echo b\r");

        assertThat(resumed.sessionId()).isEqualTo(answer.session().sessionId());
        assertThat(resumed.streamUrl()).isEqualTo(answer.session().streamUrl());
        assertThat(client.received(PayloadType.HANDSHAKE_REQUEST)).isEmpty();
        assertThat(client.shown()).contains("echo a\r\na\r\n", "echo b\r\nb\r\n");
    }

    @Test
    void theClientBeforeHasToGo() {
        var answer = exec.execute(exec.task(), "sh");
        var id = answer.session().sessionId();
        var first = exec.connect(answer);

        TestClient.connected(
                exec.sessions(), id, ssm.resumeSession(r -> r.sessionId(id)).tokenValue());

        assertThat(first.closedWith()).isEqualTo("1000 another client has come");
    }

    @Test
    void onlyWhatIsThereIsResumed() {
        assertThatThrownBy(() -> ssm.resumeSession(r -> r.sessionId("ecs-execute-command-0")))
                .isInstanceOfSatisfying(
                        DoesNotExistException.class,
                        e -> assertThat(e.awsErrorDetails().errorMessage())
                                .isEqualTo("Session ecs-execute-command-0 does not exist."));
    }

    @Test
    void theSessionMustBeNamed() {
        var missing = "1 validation error detected: Value null at 'sessionId' failed to satisfy constraint: Member must"
                + " not be null";

        assertThatThrownBy(() -> ssm.resumeSession(_ -> {}))
                .isInstanceOfSatisfying(SsmException.class, e -> assertMissing(e, missing));
        assertThatThrownBy(() -> ssm.terminateSession(_ -> {}))
                .isInstanceOfSatisfying(SsmException.class, e -> assertMissing(e, missing));
    }

    private static void assertMissing(SsmException refusal, String message) {
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo(message);
    }
}
