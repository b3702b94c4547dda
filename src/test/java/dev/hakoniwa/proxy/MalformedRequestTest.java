package dev.hakoniwa.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MalformedRequestTest {
    private static final Duration SHORT = Duration.ofMillis(150);

    @ParameterizedTest
    @ValueSource(strings = {"TRACE / HTTP/1.1", "CONNECT h:80 HTTP/1.1"})
    void someMethodsAreNotAllowed(String line) throws IOException {
        try (var target = ScriptedTarget.saying("x");
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            assertThat(client.request(line).status()).isEqualTo(405);
            assertThat(target.heads()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\0\1\2\3\r\n\r\n',                                            400",
        "'GET / HTTP/1.1\r\n\r\n',                                      400",
        "'GET / HTTP/3.0\r\nHost: h\r\n\r\n',                           505",
        "'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',                            505",
        "'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: br\r\n\r\n', 501",
        "'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n',     400",
    })
    void malformedRequestsAreRefused(String request, int status) throws IOException {
        try (var target = ScriptedTarget.saying("x");
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            var reply = client.send(request).reply();

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("Connection")).isEqualTo("close");
            assertThat(client.isClosed()).isTrue();
            assertThat(target.heads()).isEmpty();
        }
    }

    @Test
    void anEndlessRequestLineIsRefusedWhileItComes() throws IOException {
        try (var proxy = TestProxy.to();
                var client = RawClient.connect(proxy.port())) {

            client.send("GET /" + "a".repeat(40_000));

            assertThat(client.reply().status()).isEqualTo(414);
        }
    }

    @Test
    void aMalformedBodyIsRefused() throws IOException {
        try (var target = ScriptedTarget.saying("x");
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            TestProxy.eventually(() -> target.heads().size() == 1);
            client.send("nonsense\r\n");

            assertThat(client.reply().status()).isEqualTo(400);
            assertThat(client.isClosed()).isTrue();
            TestProxy.eventually(() -> target.open().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HT",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab",
                "GET / HTTP/1.1\r\nHost: h\r\n"
            })
    void aClientThatStopsWithinItsRequestIsTimedOut(String beginning) throws IOException {
        try (var target = ScriptedTarget.saying("x");
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {
            proxy.idleTimeout(SHORT);
            client.get("/");

            var reply = client.send(beginning).reply();

            assertThat(reply.status()).isEqualTo(408);
            assertThat(client.isClosed()).isTrue();
            TestProxy.eventually(() -> proxy.inFlight(target) == 0);
        }
    }

    @Test
    void aThousandMalformedRequestsLeaveNothingBehind() throws IOException {
        var random = new SplittableRandom(7);
        try (var target = ScriptedTarget.saying("x");
                var proxy = TestProxy.to(target)) {

            for (var i = 0; i < 1000; i++) {
                try (var client = RawClient.connect(proxy.port())) {
                    client.send(mutilated(random));
                }
            }

            TestProxy.eventually(() -> proxy.inFlight(target) == 0);
            assertThat(RawClient.get(proxy.port(), "/").status()).isEqualTo(200);
        }
    }

    /// A good request with some of its bytes made others.
    private static byte[] mutilated(SplittableRandom random) {
        var bytes = "POST /a?b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        for (var i = 0; i < 3; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
