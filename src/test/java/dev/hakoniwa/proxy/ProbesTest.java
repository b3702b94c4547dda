package dev.hakoniwa.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.proxy.Probe.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProbesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final TestProxy proxy = TestProxy.start();
    private final Probes probes = proxy.proxy().probes();

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void aCheckLooksAsAwsMakesIt() {
        try (var target = ScriptedTarget.saying("fine")) {
            var result = send(http(target.address(), PATIENCE));

            assertThat(result).isEqualTo(new Result.Answered(200));
            assertThat(target.heads())
                    .containsExactly("GET /health?deep=1 HTTP/1.1\r\nHost: 10.0.0.7:8080\r\nConnection: close\r\n"
                            + "User-Agent: ELB-HealthChecker/2.0\r\nAccept-Encoding: gzip, compressed\r\n\r\n");
            TestProxy.eventually(() -> target.open().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 404, 500})
    void anyAnswerIsAnAnswer(int code) {
        try (var target = ScriptedTarget.answering(
                _ -> "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 " + code + " X\r\nLocation: /elsewhere\r\n\r\n")) {

            assertThat(send(http(target.address(), PATIENCE))).isEqualTo(new Result.Answered(code));
            assertThat(target.heads()).hasSize(1);
        }
    }

    @Test
    void silenceIsATimeout() {
        try (var target = ScriptedTarget.of(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200");
            connection.head();
        })) {

            assertThat(send(http(target.address(), SHORT))).isEqualTo(new Result.TimedOut());
            TestProxy.eventually(() -> target.open().isEmpty());
        }
    }

    @Test
    void aRefusedConnectionIsAFailure() {
        try (var gone = new RefusingTarget()) {

            assertThat(send(http(gone.address(), PATIENCE))).isInstanceOf(Result.Failed.class);
            assertThat(send(new Probe.Tcp(gone.address(), PATIENCE))).isInstanceOf(Result.Failed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 2", "220 smtp\r\n\r\n", "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n"})
    void whatIsNotAnAnswerIsAFailure(String said) {
        try (var target = ScriptedTarget.of(connection -> {
            connection.head();
            connection.send(said);
        })) {

            assertThat(send(http(target.address(), PATIENCE))).isInstanceOf(Result.Failed.class);
        }
    }

    @Test
    void aConnectionIsEnoughForTcp() throws IOException {
        try (var open = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var address = new Address("127.0.0.1", open.getLocalPort());

            assertThat(send(new Probe.Tcp(address, PATIENCE))).isEqualTo(new Result.Connected());
            assertThat(open.accept().getInputStream().read()).isNegative();
        }
    }

    private static Probe http(Address address, Duration timeout) {
        return new Probe.Http(address, "10.0.0.7:8080", false, "/health?deep=1", timeout);
    }

    private Result send(Probe probe) {
        return TestProxy.get(probes.send(probe).toCompletableFuture());
    }
}
