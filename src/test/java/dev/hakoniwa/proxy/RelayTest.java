package dev.hakoniwa.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.FreePort;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RelayTest {
    private static final String HOST = "Host: " + TestProxy.DNS_NAME;

    private final ScriptedTarget target = ScriptedTarget.answering(head -> ScriptedTarget.ok("hello"));
    private final TestProxy proxy = TestProxy.to(target);
    private final HttpServer gateway = TestProxy.vertx().createHttpServer();

    @BeforeEach
    void openGateway() {
        var opened = gateway.requestHandler(request -> {
                    if (!proxy.proxy().accept(request)) {
                        request.response().end("the gateway's own");
                    }
                })
                .listen(0, "127.0.0.1");
        TestProxy.get(opened.toCompletionStage().toCompletableFuture());
    }

    @AfterEach
    void close() {
        TestProxy.get(gateway.close().toCompletionStage().toCompletableFuture());
        proxy.close();
        target.close();
    }

    @ParameterizedTest
    @CsvSource({
        "web-1.us-east-1.elb.localhost,         hello",
        "WEB-1.us-east-1.elb.localhost:4566,    hello",
        "other.elb.localhost,                   the gateway's own",
        "localhost:4566,                        the gateway's own",
    })
    void theNameOfALoadBalancerLeadsToIt(String host, String body) throws IOException {
        assertThat(RawClient.get(gateway.actualPort(), "/", "Host: " + host).body())
                .isEqualTo(body);
    }

    @Test
    void theTargetLearnsWhoReallyAsked() throws IOException {
        RawClient.get(gateway.actualPort(), "/a?b", HOST, "X-Hakoniwa-Relay: forged 1.2.3.4 5");

        assertThat(target.heads().getFirst())
                .startsWith("GET /a?b HTTP/1.1\r\n")
                .contains("X-Forwarded-For: 127.0.0.1\r\n")
                .contains("X-Forwarded-Port: " + proxy.port() + "\r\n")
                .contains(HOST + "\r\n")
                .doesNotContainIgnoringCase("x-hakoniwa")
                .doesNotContainIgnoringCase("transfer-encoding");
    }

    @Test
    void nobodyElseCanSayWhoAsked() throws IOException {
        RawClient.get(proxy.port(), "/", "X-Hakoniwa-Relay: key 1.2.3.4 5");

        assertThat(target.heads().getFirst())
                .contains("X-Forwarded-For: 127.0.0.1\r\n")
                .doesNotContainIgnoringCase("x-hakoniwa");
    }

    @Test
    void theListenerOnPort80IsTheOneMeant() throws IOException {
        var answer = new Action.FixedResponse(200, "text/plain", "eighty");
        var first = new Listener(FreePort.next(), List.of(), new Action.FixedResponse(200, "text/plain", "first"));
        var attributes = LoadBalancer.Attributes.DEFAULT;
        proxy.apply(new LoadBalancer(
                "a", "a.elb.localhost", null, attributes, List.of(first, new Listener(80, List.of(), answer))));
        proxy.apply(new LoadBalancer("b", "b.elb.localhost", null, attributes, List.of(first)));

        assertThat(RawClient.get(gateway.actualPort(), "/", "Host: a.elb.localhost")
                        .body())
                .isEqualTo("eighty");
        assertThat(RawClient.get(gateway.actualPort(), "/", "Host: b.elb.localhost")
                        .body())
                .isEqualTo("first");
    }

    @Test
    void bodiesPassBothWays() throws IOException {
        try (var echo = ScriptedTarget.of(connection -> {
                    var head = connection.head();
                    connection.send(ScriptedTarget.ok(connection.body(head)));
                    connection.head();
                });
                var client = RawClient.connect(gateway.actualPort())) {
            proxy.healthy(echo);
            var body = "0123456789".repeat(100_000);

            client.send("POST / HTTP/1.1\r\n" + HOST + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

            assertThat(client.reply().body()).isEqualTo(body);
        }
    }

    @Test
    void aConnectionMayChangeItsProtocol() throws IOException {
        try (var echo = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
                    connection.in().transferTo(connection.socket.getOutputStream());
                });
                var client = RawClient.connect(gateway.actualPort())) {
            proxy.healthy(echo);

            client.send("GET / HTTP/1.1\r\n" + HOST + "\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");

            assertThat(client.replyToHead().status()).isEqualTo(101);
            assertThat(client.send("hello").read(5)).isEqualTo("hello");
            client.close();
            TestProxy.eventually(() -> echo.open().isEmpty());
        }
    }

    @Test
    void errorsAreTheLoadBalancersOwn() throws IOException {
        proxy.proxy().removeGroup(TestProxy.GROUP);

        var reply = RawClient.get(gateway.actualPort(), "/", HOST);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Server")).isEqualTo("awselb/2.0");
    }

    @Test
    void aClientThatGoesAwayTakesItsRequestWithIt() throws IOException {
        try (var silent = ScriptedTarget.of(connection -> {
            connection.head();
            connection.head();
        })) {
            proxy.healthy(silent);
            var client = RawClient.connect(gateway.actualPort());

            client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n\r\n");
            TestProxy.eventually(() -> proxy.inFlight(silent) == 1);
            client.close();

            TestProxy.eventually(() -> proxy.inFlight(silent) == 0);
        }
    }
}
