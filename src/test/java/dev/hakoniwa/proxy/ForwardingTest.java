package dev.hakoniwa.proxy;

import static dev.hakoniwa.proxy.TestProxy.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.proxy.Action.WeightedGroup;
import dev.hakoniwa.proxy.Target.State;
import dev.hakoniwa.proxy.TargetGroup.Algorithm;
import dev.hakoniwa.proxy.TargetGroup.Balancing;
import dev.hakoniwa.proxy.TargetGroup.MinimumHealthy;
import dev.hakoniwa.proxy.TargetGroup.Stickiness;
import dev.hakoniwa.proxy.TargetGroup.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ForwardingTest {
    @Test
    void aRequestReachesATargetAndItsAnswerComesBack() throws IOException {
        try (var target = ScriptedTarget.answering(_ -> """
                HTTP/1.1 201 Made It\r
                Server: mine\r
                X-Odd-CASE: kept\r
                Content-Length: 5\r
                \r
                hello""");
                var proxy = TestProxy.to(target)) {

            var reply = RawClient.get(proxy.port(), "/a%20b/../c?d=e&f");

            assertThat(reply.head())
                    .containsExactly(
                            "HTTP/1.1 201 Made It",
                            "Server: mine",
                            "X-Odd-CASE: kept",
                            "Content-Length: 5",
                            "Connection: keep-alive");
            assertThat(reply.body()).isEqualTo("hello");
            assertThat(target.heads().getFirst()).startsWith("GET /a%20b/../c?d=e&f HTTP/1.1\r\n");
        }
    }

    @Test
    void connectionsToTargetsAreUsedAgain() throws IOException {
        try (var target = ScriptedTarget.saying("hello");
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            for (var i = 0; i < 20; i++) {
                assertThat(client.get("/").status()).isEqualTo(200);
            }

            assertThat(target.connections()).isEqualTo(1);
            assertThat(target.heads()).hasSize(20);
        }
    }

    @Test
    void aTargetMayCloseAfterEachAnswer() throws IOException {
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            for (var i = 0; i < 5; i++) {
                assertThat(client.get("/").body()).isEqualTo("ok");
            }

            assertThat(target.connections()).isEqualTo(5);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
        try (var target = ScriptedTarget.answering(head -> ScriptedTarget.ok(head.split(" ")[1]));
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {
            var answers = new ArrayList<String>();

            client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nPOST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
                    + "GET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
            for (var i = 0; i < 3; i++) {
                answers.add(client.reply().body());
            }

            assertThat(answers).containsExactly("/1", "/2", "/3");
        }
    }

    @Test
    void thousandsOfPipelinedRequestsOverflowNothing() throws IOException {
        try (var proxy = TestProxy.start();
                var client = RawClient.connect(listening(proxy))) {
            var requests = "GET / HTTP/1.1\r\nHost: h\r\n\r\n".repeat(5_000);

            Thread.ofVirtual().start(() -> send(client, requests));
            for (var i = 0; i < 5_000; i++) {
                assertThat(client.reply().status()).isEqualTo(200);
            }

            assertThat(proxy.proxy().traffic("web").requests()).isEqualTo(5_000);
        }
    }

    @Test
    void targetsTakeTurns() throws IOException {
        try (var a = ScriptedTarget.saying("a");
                var b = ScriptedTarget.saying("b");
                var c = ScriptedTarget.saying("c");
                var proxy = TestProxy.to(a, b, c)) {

            var answers = bodies(proxy, 9);

            assertThat(List.of("a", "b", "c")).allMatch(name -> Collections.frequency(answers, name) == 3);
        }
    }

    @Test
    void theLeastBusyTargetIsChosenIfTheGroupWantsThat() throws IOException {
        var go = new CountDownLatch(1);
        try (var slow = ScriptedTarget.of(connection -> {
                    connection.head();
                    go.await();
                    connection.send(ScriptedTarget.ok("slow"));
                });
                var quick = ScriptedTarget.saying("quick");
                var proxy = TestProxy.to(slow)) {
            balance(proxy, Algorithm.LEAST_OUTSTANDING_REQUESTS, Duration.ZERO);
            var waiting = RawClient.connect(proxy.port()).send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            TestProxy.eventually(() -> proxy.inFlight(slow) == 1);

            proxy.healthy(slow, quick);

            assertThat(bodies(proxy, 10)).containsOnly("quick");
            go.countDown();
            assertThat(waiting.reply().body()).isEqualTo("slow");
        }
    }

    @Test
    void chanceReachesEveryTargetIfTheGroupWantsThat() throws IOException {
        try (var a = ScriptedTarget.saying("a");
                var b = ScriptedTarget.saying("b");
                var proxy = TestProxy.to(a, b)) {
            balance(proxy, Algorithm.WEIGHTED_RANDOM, Duration.ZERO);

            assertThat(bodies(proxy, 64)).contains("a", "b");
        }
    }

    @Test
    void aTargetThatStartsSlowlyGrowsIntoItsShare() throws IOException {
        try (var old = ScriptedTarget.saying("old");
                var fresh = ScriptedTarget.saying("fresh");
                var proxy = TestProxy.to(old)) {
            balance(proxy, Algorithm.ROUND_ROBIN, Duration.ofSeconds(100));

            proxy.healthy(old, fresh);
            var atFirst = Collections.frequency(bodies(proxy, 200), "fresh");
            proxy.time().advance(Duration.ofSeconds(100));
            TestProxy.eventually(() -> Collections.frequency(quietBodies(proxy, 10), "fresh") == 5);

            assertThat(atFirst).isLessThan(30);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"UNHEALTHY", "INITIAL", "DRAINING", "UNUSED"})
    void onlyHealthyTargetsGetRequestsWhileThereAreAny(State state) throws IOException {
        try (var healthy = ScriptedTarget.saying("healthy");
                var other = ScriptedTarget.saying("other");
                var proxy = TestProxy.to()) {

            proxy.proxy().targets(GROUP, List.of(TestProxy.inService(healthy), TestProxy.target(other, state)));

            assertThat(bodies(proxy, 6)).containsOnly("healthy");
        }
    }

    @Test
    void withNoHealthyTargetAllGetRequests() throws IOException {
        try (var sick = ScriptedTarget.saying("sick");
                var fresh = ScriptedTarget.saying("fresh");
                var leaving = ScriptedTarget.saying("leaving");
                var proxy = TestProxy.to()) {

            proxy.proxy()
                    .targets(
                            GROUP,
                            List.of(
                                    TestProxy.target(sick, State.UNHEALTHY),
                                    TestProxy.target(fresh, State.INITIAL),
                                    TestProxy.target(leaving, State.DRAINING)));

            assertThat(bodies(proxy, 6)).containsOnly("sick", "fresh").contains("sick", "fresh");
        }
    }

    @Test
    void groupsShareRequestsByWeight() throws IOException {
        try (var blue = ScriptedTarget.saying("blue");
                var green = ScriptedTarget.saying("green");
                var proxy = TestProxy.start()) {
            proxy.proxy().targets("blue", List.of(TestProxy.inService(blue)));
            proxy.proxy().targets("green", List.of(TestProxy.inService(green)));

            proxy.listen(weighted(90, 10));
            var most = Collections.frequency(bodies(proxy, 300), "blue");
            proxy.listen(weighted(0, 100));

            assertThat(most).isBetween(230, 299);
            assertThat(bodies(proxy, 20)).containsOnly("green");
        }
    }

    @Test
    void rulesChooseTheGroup() throws IOException {
        try (var api = ScriptedTarget.answering(head -> ScriptedTarget.ok("api " + head.split(" ")[1]));
                var web = ScriptedTarget.saying("web");
                var proxy = TestProxy.to(web)) {
            proxy.proxy().targets("api", List.of(TestProxy.inService(api)));

            var rewrite = new Transform.UrlRewrite(Pattern.compile("^/api/"), "/v1/");
            var path = new Condition.PathPattern(List.of("/api/*"), List.of());
            proxy.listen(
                    Action.Forward.to(GROUP), new Rule(7, List.of(path), List.of(rewrite), Action.Forward.to("api")));

            assertThat(RawClient.get(proxy.port(), "/api/x?y=z").body()).isEqualTo("api /v1/x?y=z");
            assertThat(RawClient.get(proxy.port(), "/apix").body()).isEqualTo("web");
        }
    }

    @Test
    void rulesSeeTheirRequestAnewOnAConnectionThatIsOpen() throws IOException {
        try (var web = ScriptedTarget.saying("web");
                var proxy = TestProxy.to(web);
                var client = RawClient.connect(proxy.port())) {

            var before = client.get("/").body();
            proxy.listen(new Action.FixedResponse(200, "text/plain", "changed"));

            assertThat(before).isEqualTo("web");
            assertThat(client.get("/").body()).isEqualTo("changed");
        }
    }

    @Test
    void trafficIsCounted() throws IOException {
        try (var target = ScriptedTarget.answering(head -> head.contains("/bad")
                        ? "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"
                        : ScriptedTarget.ok("x"));
                var proxy = TestProxy.to(target)) {

            bodies(proxy, 3);
            RawClient.get(proxy.port(), "/bad");
            proxy.proxy().removeGroup(GROUP);
            RawClient.get(proxy.port(), "/");

            assertThat(proxy.proxy().traffic("web"))
                    .isEqualTo(new Traffic(5, new Traffic.Codes(3, 0, 1, 0), new Traffic.Codes(0, 0, 0, 1), 0));
            assertThat(proxy.proxy().traffic("unknown").requests()).isZero();
        }
    }

    private static Action weighted(int blue, int green) {
        return new Action.Forward(
                List.of(new WeightedGroup("blue", blue), new WeightedGroup("green", green)), Duration.ZERO);
    }

    private static void balance(TestProxy proxy, Algorithm algorithm, Duration slowStart) {
        var balancing = new Balancing(algorithm, new Stickiness.Off(), slowStart, MinimumHealthy.DEFAULT);
        proxy.proxy().group(new TargetGroup(GROUP, false, Version.HTTP1, balancing));
    }

    private static int listening(TestProxy proxy) {
        proxy.listen(new Action.FixedResponse(200, "text/plain", "fixed"));
        return proxy.port();
    }

    private static List<String> bodies(TestProxy proxy, int requests) throws IOException {
        var bodies = new ArrayList<String>();
        try (var client = RawClient.connect(proxy.port())) {
            for (var i = 0; i < requests; i++) {
                bodies.add(client.get("/").body());
            }
        }
        return bodies;
    }

    private static List<String> quietBodies(TestProxy proxy, int requests) {
        try {
            return bodies(proxy, requests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(RawClient client, String text) {
        try {
            client.send(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
