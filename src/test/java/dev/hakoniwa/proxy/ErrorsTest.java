package dev.hakoniwa.proxy;

import static dev.hakoniwa.proxy.TestProxy.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.proxy.Action.WeightedGroup;
import dev.hakoniwa.proxy.ScriptedTarget.Script;
import dev.hakoniwa.proxy.TargetGroup.Balancing;
import dev.hakoniwa.proxy.TargetGroup.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ErrorsTest {
    private static final Duration SHORT = Duration.ofMillis(150);

    @Test
    void anErrorLooksAsAwsMakesIt() throws IOException {
        try (var proxy = TestProxy.to();
                var client = RawClient.connect(proxy.port())) {

            var reply = client.get("/");

            assertThat(reply.head())
                    .containsExactly(
                            "HTTP/1.1 503 Service Temporarily Unavailable",
                            "Server: awselb/2.0",
                            "Date: Sun, 01 Mar 2026 12:00:00 GMT",
                            "Content-Type: text/html",
                            "Content-Length: 162",
                            "Connection: keep-alive");
            assertThat(reply.body())
                    .isEqualTo(
                            "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n"
                                    + "<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n</body>\r\n</html>\r\n");
            assertThat(client.get("/").status()).isEqualTo(503);
        }
    }

    @Test
    void anErrorForHeadHasNoBody() throws IOException {
        try (var proxy = TestProxy.to();
                var client = RawClient.connect(proxy.port())) {

            var reply = client.request("HEAD / HTTP/1.1");

            assertThat(reply.header("Content-Length")).isEqualTo("162");
            assertThat(client.get("/").status()).isEqualTo(503);
        }
    }

    @Test
    void weightsThatAreAllZeroLeadNowhere() throws IOException {
        try (var target = ScriptedTarget.saying("x");
                var proxy = TestProxy.to(target)) {
            proxy.listen(new Action.Forward(List.of(new WeightedGroup(GROUP, 0)), Duration.ZERO));

            assertThat(RawClient.get(proxy.port(), "/").status()).isEqualTo(503);
        }
    }

    @Test
    void aGroupWithoutTargetsKeepsItsShare() throws IOException {
        try (var target = ScriptedTarget.saying("x");
                var proxy = TestProxy.to(target)) {
            proxy.listen(new Action.Forward(
                    List.of(new WeightedGroup(GROUP, 1), new WeightedGroup("empty", 1)), Duration.ZERO));
            var statuses = new ArrayList<Integer>();

            for (var i = 0; i < 64; i++) {
                statuses.add(RawClient.get(proxy.port(), "/").status());
            }

            assertThat(statuses).containsOnly(200, 503).contains(200, 503);
        }
    }

    @Test
    void aRefusedConnectionIsABadGateway() throws IOException {
        try (var gone = new RefusingTarget();
                var proxy = TestProxy.to()) {
            proxy.proxy().targets(GROUP, List.of(gone.inService()));

            assertThat(RawClient.get(proxy.port(), "/").status()).isEqualTo(502);
            assertThat(proxy.proxy().traffic("web").connectionErrors()).isEqualTo(1);
            assertThat(proxy.proxy().inFlight(GROUP, "127.0.0.1", gone.address().port()))
                    .isZero();
        }
    }

    @Test
    void aTargetThatDoesNotAcceptIsATimeout() throws Exception {
        try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var proxy = TestProxy.to()) {
            var waiting = fillBacklog(deaf);
            var address = new Address("127.0.0.1", deaf.getLocalPort());
            proxy.proxy().targets(GROUP, List.of(new Target("t", 1, address, Target.State.HEALTHY)));

            assertThat(RawClient.get(proxy.port(), "/").status()).isEqualTo(504);

            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    enum Misbehaviour {
        SAYS_NOTHING(connection -> connection.head()),
        RESETS(connection -> {
            connection.head();
            connection.reset();
        }),
        ENDS_WITHIN_THE_HEAD(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\nContent-Le");
        }),
        SPEAKS_ANOTHER_LANGUAGE(connection -> {
            connection.head();
            connection.send("220 mail.example.com ESMTP\r\n\r\n");
        }),
        SAYS_TOO_MUCH(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\n" + ("X: " + "y".repeat(1000) + "\r\n").repeat(40) + "\r\n");
        }),
        CONTRADICTS_ITSELF(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        }),
        CHANGES_THE_PROTOCOL_UNASKED(connection -> {
            connection.head();
            connection.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n");
        });

        private final Script script;

        Misbehaviour(Script script) {
            this.script = script;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTargetThatMisbehavesIsABadGateway(Misbehaviour misbehaviour) throws IOException {
        try (var target = ScriptedTarget.of(misbehaviour.script);
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            assertThat(client.get("/").status()).isEqualTo(502);
            assertThat(client.get("/").status()).isEqualTo(502);
            assertThat(proxy.inFlight(target)).isZero();
        }
    }

    @Test
    void aTargetThatIsSilentTooLongIsATimeout() throws IOException {
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.head();
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {
            proxy.idleTimeout(SHORT);

            assertThat(client.get("/").status()).isEqualTo(504);
            assertThat(client.get("/").status()).isEqualTo(504);
            TestProxy.eventually(() -> target.open().isEmpty());
        }
    }

    @Test
    void aTargetThatIsSlowButNotSilentIsWaitedFor() throws IOException {
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    for (var c : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".toCharArray()) {
                        connection.send(String.valueOf(c));
                        new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
                    }
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {
            proxy.idleTimeout(SHORT);

            assertThat(client.get("/").body()).isEqualTo("ok");
        }
    }

    @Test
    void anAnswerThatBreaksOffEndsTheConnection() throws IOException {
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").replyToHead();

            assertThat(client.rest()).isEqualTo("half");
            TestProxy.eventually(() -> proxy.inFlight(target) == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP1, 200", "HTTP2, 464", "GRPC, 464"})
    void aGroupOfAnotherVersionIsNotUnderstood(Version version, int status) throws IOException {
        try (var target = ScriptedTarget.saying("x");
                var proxy = TestProxy.to(target)) {
            proxy.proxy().group(new TargetGroup(GROUP, false, version, Balancing.DEFAULT));

            assertThat(RawClient.get(proxy.port(), "/").status()).isEqualTo(status);
        }
    }

    @Test
    void aClientThatAsksNothingIsLeftWithoutAWord() throws IOException {
        try (var proxy = TestProxy.start()) {
            proxy.idleTimeout(SHORT);
            try (var client = RawClient.connect(proxy.port())) {

                assertThat(client.rest()).isEmpty();
            }
        }
    }

    @Test
    void aClientThatGoesAwayTakesItsRequestWithIt() throws IOException {
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.head();
                });
                var proxy = TestProxy.to(target)) {
            var client = RawClient.connect(proxy.port());

            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            TestProxy.eventually(() -> proxy.inFlight(target) == 1);
            client.close();

            TestProxy.eventually(() -> proxy.inFlight(target) == 0);
            TestProxy.eventually(() -> target.open().isEmpty());
        }
    }

    /// Has the kernel accept no further connection for this socket.
    private static List<Socket> fillBacklog(ServerSocket server) throws IOException {
        var waiting = new ArrayList<Socket>();
        for (var i = 0; i < 8; i++) {
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(server.getLocalSocketAddress());
            waiting.add(channel.socket());
        }
        return waiting;
    }
}
