package dev.hakoniwa.proxy;

import static dev.hakoniwa.proxy.TestProxy.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.proxy.Target.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DrainingTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";

    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void requestsInFlightFinishAndNoNewOnesCome() throws IOException {
        try (var leaving = waiting("leaving");
                var staying = ScriptedTarget.saying("staying");
                var proxy = TestProxy.to(leaving)) {
            var clients = connect(proxy, 20);
            TestProxy.eventually(() -> proxy.inFlight(leaving) == 20);

            proxy.proxy()
                    .targets(GROUP, List.of(TestProxy.target(leaving, State.DRAINING), TestProxy.inService(staying)));
            var others = RawClient.get(proxy.port(), "/").body();
            go.countDown();

            assertThat(others).isEqualTo("staying");
            for (var client : clients) {
                assertThat(client.reply().body()).isEqualTo("leaving");
                client.close();
            }
            TestProxy.eventually(() -> proxy.inFlight(leaving) == 0);
            TestProxy.eventually(() -> leaving.open().isEmpty());
        }
    }

    @Test
    void aTargetThatHasLeftIsStillCounted() throws IOException {
        try (var leaving = waiting("leaving");
                var proxy = TestProxy.to(leaving);
                var client = RawClient.connect(proxy.port())) {
            client.send(GET);
            TestProxy.eventually(() -> proxy.inFlight(leaving) == 1);

            proxy.proxy().targets(GROUP, List.of());

            assertThat(proxy.inFlight(leaving)).isEqualTo(1);
            assertThat(RawClient.get(proxy.port(), "/").status()).isEqualTo(503);
            go.countDown();
            assertThat(client.reply().body()).isEqualTo("leaving");
            TestProxy.eventually(() -> proxy.inFlight(leaving) == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsStillInFlightCanBeCut(boolean gone) throws IOException {
        try (var leaving = waiting("leaving");
                var proxy = TestProxy.to(leaving)) {
            var clients = connect(proxy, 5);
            TestProxy.eventually(() -> proxy.inFlight(leaving) == 5);
            proxy.proxy().targets(GROUP, gone ? List.of() : List.of(TestProxy.target(leaving, State.DRAINING)));

            proxy.proxy().cut(GROUP, "127.0.0.1", leaving.port());

            for (var client : clients) {
                assertThat(client.reply().status()).isEqualTo(502);
                client.close();
            }
            assertThat(proxy.inFlight(leaving)).isZero();
            go.countDown();
            TestProxy.eventually(() -> leaving.open().isEmpty());
        }
    }

    @Test
    void anAnswerUnderWayIsCutShort() throws IOException {
        try (var leaving = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                    connection.head();
                });
                var proxy = TestProxy.to(leaving);
                var client = RawClient.connect(proxy.port())) {
            client.send(GET).replyToHead();
            assertThat(client.read(4)).isEqualTo("half");

            proxy.proxy().cut(GROUP, "127.0.0.1", leaving.port());

            assertThat(client.isClosed()).isTrue();
            TestProxy.eventually(() -> proxy.inFlight(leaving) == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DRAINING", "UNUSED", "gone"})
    void idleConnectionsToATargetThatLeavesAreClosed(String how) throws IOException {
        try (var target = ScriptedTarget.saying("x");
                var proxy = TestProxy.to(target)) {
            RawClient.get(proxy.port(), "/");
            assertThat(target.open()).hasSize(1);

            proxy.proxy()
                    .targets(
                            GROUP,
                            how.equals("gone") ? List.of() : List.of(TestProxy.target(target, State.valueOf(how))));

            TestProxy.eventually(() -> target.open().isEmpty());
        }
    }

    @Test
    void aTargetThatComesBackIsUsedAgain() throws IOException {
        try (var target = ScriptedTarget.saying("x");
                var proxy = TestProxy.to(target)) {
            proxy.proxy().targets(GROUP, List.of(TestProxy.target(target, State.DRAINING)));
            var meanwhile = RawClient.get(proxy.port(), "/").status();

            proxy.healthy(target);

            assertThat(meanwhile).isEqualTo(503);
            assertThat(RawClient.get(proxy.port(), "/").status()).isEqualTo(200);
        }
    }

    @Test
    void targetsAreReplacedUnderLoadWithoutAFailedRequest() throws Exception {
        var stop = new AtomicBoolean();
        var failed = new AtomicInteger();
        var done = new AtomicInteger();
        try (var proxy = TestProxy.to(ScriptedTarget.saying("x"))) {
            var load = new ArrayList<CompletableFuture<Void>>();
            var current = ScriptedTarget.saying("x");
            proxy.healthy(current);
            for (var i = 0; i < 8; i++) {
                var request = i % 2 == 0 ? GET : POST;
                load.add(CompletableFuture.runAsync(
                        () -> ask(proxy, request, stop, done, failed),
                        task -> Thread.ofVirtual().start(task)));
            }

            for (var round = 0; round < 30; round++) {
                current = replace(proxy, current, done);
            }
            stop.set(true);
            CompletableFuture.allOf(load.toArray(CompletableFuture[]::new)).join();

            assertThat(failed).hasValue(0);
            assertThat(done).hasValueGreaterThan(1000);
            current.close();
        }
    }

    /// As a rolling deployment does it: a new target joins, the old one drains, and is stopped when it is done.
    private static ScriptedTarget replace(TestProxy proxy, ScriptedTarget old, AtomicInteger done) {
        var fresh = ScriptedTarget.saying("x");
        proxy.healthy(old, fresh);
        awaitProgress(done);
        proxy.proxy().targets(GROUP, List.of(TestProxy.target(old, State.DRAINING), TestProxy.inService(fresh)));
        awaitProgress(done);
        TestProxy.eventually(() -> proxy.inFlight(old) == 0);
        proxy.healthy(fresh);
        old.close();
        return fresh;
    }

    private static void awaitProgress(AtomicInteger done) {
        var before = done.get();
        TestProxy.eventually(() -> done.get() > before + 20);
    }

    private static void ask(
            TestProxy proxy, String request, AtomicBoolean stop, AtomicInteger done, AtomicInteger failed) {
        try (var client = RawClient.connect(proxy.port())) {
            while (!stop.get()) {
                if (client.send(request).reply().status() != 200) {
                    failed.incrementAndGet();
                }
                done.incrementAndGet();
            }
        } catch (IOException _) {
            failed.incrementAndGet();
        }
    }

    private ScriptedTarget waiting(String answer) {
        return ScriptedTarget.of(connection -> {
            connection.head();
            go.await();
            connection.send(ScriptedTarget.ok(answer));
            connection.head();
        });
    }

    private static List<RawClient> connect(TestProxy proxy, int number) throws IOException {
        var clients = new ArrayList<RawClient>();
        for (var i = 0; i < number; i++) {
            clients.add(RawClient.connect(proxy.port()).send(GET));
        }
        return clients;
    }
}
