package dev.hakoniwa.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.proxy.ScriptedTarget.Script;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryTest {
    @Test
    void aRefusedConnectionIsTriedAtAnotherTarget() throws IOException {
        try (var gone = new RefusingTarget();
                var target = ScriptedTarget.of(connection -> {
                    for (var head = connection.head(); !head.isEmpty(); head = connection.head()) {
                        connection.send(ScriptedTarget.ok(connection.body(head) + "!"));
                    }
                });
                var proxy = TestProxy.to();
                var client = RawClient.connect(proxy.port())) {
            proxy.proxy().targets(TestProxy.GROUP, List.of(gone.inService(), TestProxy.inService(target)));

            for (var i = 0; i < 10; i++) {
                assertThat(client.get("/").status()).isEqualTo(200);
                client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
                assertThat(client.reply().body()).isEqualTo("abc!");
            }
        }
    }

    @Test
    void aStaleConnectionIsReplacedForARequestThatMayBeRepeated() throws IOException {
        try (var target = ScriptedTarget.of(RetryTest::answerOnceThenHangUpOnTheNext);
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            for (var i = 0; i < 10; i++) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }

            assertThat(target.heads()).hasSize(19);
        }
    }

    @Test
    void aRequestThatMayHaveHadAnEffectIsNotRepeated() throws IOException {
        try (var target = ScriptedTarget.of(RetryTest::answerOnceThenHangUpOnTheNext);
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.request("POST /1 HTTP/1.1", "Content-Length: 0").status())
                    .isEqualTo(502);

            assertThat(target.heads()).hasSize(2);
        }
    }

    @Test
    void aRequestIsRepeatedOnceOnly() throws IOException {
        try (var target = ScriptedTarget.of(new Script() {
                    private int connections;

                    @Override
                    public void serve(ScriptedTarget.Connection connection) throws IOException {
                        connection.head();
                        if (connections++ == 0) {
                            connection.send(ScriptedTarget.ok("x"));
                            connection.head();
                        }
                    }
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.get("/").status()).isEqualTo(502);

            assertThat(target.heads()).hasSize(3);
        }
    }

    private static void answerOnceThenHangUpOnTheNext(ScriptedTarget.Connection connection) throws IOException {
        connection.head();
        connection.send(ScriptedTarget.ok("x"));
        connection.head();
    }
}
