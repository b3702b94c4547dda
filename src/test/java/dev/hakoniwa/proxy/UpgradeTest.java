package dev.hakoniwa.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class UpgradeTest {
    private static final String UPGRADE = "GET /ws HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    private static final String SWITCHED = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    @Test
    void bytesPassBothWaysAfterTheProtocolHasChanged() throws IOException {
        try (var target = ScriptedTarget.of(UpgradeTest::echo);
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            var reply = client.send(UPGRADE).reply();
            var echoed = new ArrayList<String>();
            for (var word : new String[] {"one", "\0\u0081\u00FE", "GET / HTTP/1.1\r\n\r\n"}) {
                echoed.add(client.send(word).read(word.length()));
            }

            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.header("Upgrade")).isEqualTo("websocket");
            assertThat(reply.header("Connection")).isEqualToIgnoringCase("upgrade");
            assertThat(reply.header("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(target.heads().getFirst())
                    .containsIgnoringCase("Connection: upgrade\r\n")
                    .contains("Upgrade: websocket\r\n", "Sec-WebSocket-Version: 13\r\n");
            assertThat(echoed).containsExactly("one", "\0\u0081\u00FE", "GET / HTTP/1.1\r\n\r\n");
            assertThat(proxy.inFlight(target)).isEqualTo(1);
        }
    }

    @Test
    void whatFollowsTheHeadsAtOnceIsNotLost() throws IOException {
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.send(SWITCHED + "greeting");
                    connection.in().transferTo(connection.socket.getOutputStream());
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            client.send(UPGRADE + "eager");

            assertThat(client.reply().status()).isEqualTo(101);
            assertThat(client.read(13)).isEqualTo("greetingeager");
        }
    }

    @Test
    void anUpgradeMayBeDeclined() throws IOException {
        try (var target = ScriptedTarget.saying("no");
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            assertThat(client.send(UPGRADE).reply().body()).isEqualTo("no");
            assertThat(client.get("/").body()).isEqualTo("no");
        }
    }

    @Test
    void eitherSideMayEndIt() throws IOException {
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.send(SWITCHED);
                    if (connection.in().read() == 'q') {
                        connection.send("bye");
                    }
                });
                var proxy = TestProxy.to(target);
                var one = RawClient.connect(proxy.port());
                var other = RawClient.connect(proxy.port())) {
            one.send(UPGRADE).reply();
            other.send(UPGRADE).reply();

            one.send("q");
            other.close();

            assertThat(one.rest()).isEqualTo("bye");
            TestProxy.eventually(() -> target.open().isEmpty());
            TestProxy.eventually(() -> proxy.inFlight(target) == 0);
        }
    }

    @Test
    void silenceEndsIt() throws IOException {
        try (var target = ScriptedTarget.of(UpgradeTest::echo);
                var proxy = TestProxy.to(target)) {
            proxy.idleTimeout(Duration.ofMillis(200));
            try (var client = RawClient.connect(proxy.port())) {
                client.send(UPGRADE).reply();

                for (var i = 0; i < 5; i++) {
                    assertThat(client.send("x").read(1)).isEqualTo("x");
                    pause(Duration.ofMillis(80));
                }

                assertThat(client.isClosed()).isTrue();
                TestProxy.eventually(() -> target.open().isEmpty());
            }
        }
    }

    @Test
    void fiveHundredIdleOnesCostLittle() throws IOException {
        var clients = new ArrayList<RawClient>();
        try (var target = ScriptedTarget.of(UpgradeTest::echo);
                var proxy = TestProxy.to(target)) {

            for (var i = 0; i < 500; i++) {
                var client = RawClient.connect(proxy.port()).send(UPGRADE);
                clients.add(client);
                assertThat(client.reply().status()).isEqualTo(101);
            }

            assertThat(proxy.inFlight(target)).isEqualTo(500);
            for (var client : clients) {
                assertThat(client.send("ping").read(4)).isEqualTo("ping");
                client.close();
            }
            TestProxy.eventually(() -> proxy.inFlight(target) == 0);
        }
    }

    private static void echo(ScriptedTarget.Connection connection) throws IOException {
        connection.head();
        connection.send(SWITCHED);
        connection.in().transferTo(connection.socket.getOutputStream());
    }

    private static void pause(Duration duration) {
        var until = System.nanoTime() + duration.toNanos();
        TestProxy.eventually(() -> System.nanoTime() > until);
    }
}
