package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.ConflictException;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailuresTest {
    private final Failures failures = new Failures("unix:///var/run/docker.sock");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | No such container: abc | NOT_FOUND",
                "409 | Conflict. The container name is taken | CONFLICT",
                "403 | Address already in use | CONFLICT",
                "403 | Pool overlaps with other one on this address space | CONFLICT",
                "403 | network a id b has active endpoints | CONFLICT",
                "500 | Bind for 0.0.0.0:80 failed: port is already allocated | CONFLICT",
                "500 | listen tcp4 0.0.0.0:80: bind: address already in use | CONFLICT",
                "400 | exec: \"/x\": permission denied: unknown | REFUSED",
                "403 | operation not permitted on predefined bridge network | REFUSED",
                "401 | who are you | UNAUTHORIZED",
                "500 | something else | REFUSED"
            })
    void theStatusAndTheTextSayWhatKindOfRefusalItIs(int status, String text, Kind kind) {
        var refusal = Failures.refusal(status, "{\"message\": \"" + text.replace("\"", "\\\"") + "\"}");

        assertThat(refusal.text()).isEqualTo(text);
        assertThat(refusal.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pull access denied for a, repository does not exist or may require 'docker login' | UNAUTHORIZED",
                "Head \"https://r/v2/a/manifests/1\": no basic auth credentials | UNAUTHORIZED",
                "unauthorized: authentication required | UNAUTHORIZED",
                "denied: Your authorization token has expired. Reauthenticate and try again. | UNAUTHORIZED",
                "manifest for a:1 not found: manifest unknown: manifest unknown | NOT_FOUND",
                "toomanyrequests: Rate exceeded | REFUSED"
            })
    void aRegistrysRefusalShowsInTheTextOfAPull(String text, Kind kind) {
        assertThat(Failures.ofRegistry(new EngineException(Kind.REFUSED, text)).kind())
                .isEqualTo(kind);
    }

    @Test
    void anAnswerThatIsNoJsonIsTheMessage() {
        assertThat(Failures.refusal(502, "Bad Gateway\n").text()).isEqualTo("Bad Gateway");
    }

    @Test
    void dockerJavasOwnPrefixIsNotTold() {
        var failure = failures.of(new ConflictException("{\"message\":\"taken\"}"));

        assertThat(failure.text()).isEqualTo("taken");
        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void aConnectionThatFailsIsToldAsDockerTellsIt() {
        var failure = failures.of(new IllegalStateException(new ConnectException("Connection refused")));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.text())
                .isEqualTo("Cannot connect to the Docker daemon at unix:///var/run/docker.sock."
                        + " Is the docker daemon running?");
    }

    @Test
    void anUnusualReasonIsToldToo() {
        var failure = failures.of(new IOException("outer", new SocketException("Permission denied\nmore")));

        assertThat(failure.text())
                .isEqualTo("Cannot connect to the Docker daemon at unix:///var/run/docker.sock (Permission denied)."
                        + " Is the docker daemon running?");
    }

    @Test
    void aMistakeOfOursIsNoMissingEngine() {
        assertThat(failures.of(new IllegalArgumentException("no")).kind()).isEqualTo(Kind.REFUSED);
    }
}
