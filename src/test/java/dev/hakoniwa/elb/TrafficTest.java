package dev.hakoniwa.elb;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.core.Time;
import dev.hakoniwa.elb.Targets.Target;
import dev.hakoniwa.proxy.Proxy;
import dev.hakoniwa.testing.FreePort;
import dev.hakoniwa.testing.InJvm;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/// What the API says is what happens to real requests.
@InJvm("a proxy of its own")
final class TrafficTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final Proxy proxy = new Proxy(
            VERTX,
            Time.stopped(Instant.parse("2026-01-01T00:00:00Z")),
            new Proxy.Settings(Set.of(), false, false, 1, Duration.ofSeconds(1)));
    private final TestElb elb = TestElb.over(proxy, proxy.probes());
    private final ElasticLoadBalancingV2Client client = elb.client();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Backend a = Backend.start("a");
    private final Backend b = Backend.start("b");
    private final int port = FreePort.next();
    private final LoadBalancer web = elb.loadBalancer("web");
    private final TargetGroup blue = elb.targetGroup("blue");

    @AfterEach
    void stop() {
        http.close();
        proxy.close();
        a.close();
        b.close();
    }

    @AfterAll
    static void stopVertx() {
        VERTX.close();
    }

    @Test
    void requestsAreSharedOutAmongHealthyTargets() {
        listen(TestElb.forward(blue));

        register(blue, a);
        register(blue, b);

        assertThat(ask("/", 10)).isEqualTo(Map.of("a", 5L, "b", 5L));
    }

    @Test
    void aGroupWithoutTargetsIsUnavailable() {
        listen(TestElb.forward(blue));

        assertThat(get("/").statusCode()).isEqualTo(503);
    }

    @Test
    void groupsGetTheirWeightOfRequests() {
        var green = elb.targetGroup("green");
        listen(split(blue, 1, green, 1));
        register(blue, a);
        register(green, b);

        var both = ask("/", 100);
        client.modifyListener(m -> m.listenerArn(listener()).defaultActions(split(blue, 0, green, 1)));

        assertThat(both).containsOnlyKeys("a", "b");
        assertThat(ask("/", 20)).containsOnlyKeys("b");
    }

    @Test
    void rulesChooseInTheOrderOfTheirPriorities() {
        var green = elb.targetGroup("green");
        var listener = listen(TestElb.answer(404));
        elb.rule(listener, 20, "/api/*", TestElb.forward(blue));
        elb.rule(listener, 10, "/api/admin/*", TestElb.forward(green));
        register(blue, a);
        register(green, b);

        assertThat(get("/api/users").body()).isEqualTo("a");
        assertThat(get("/api/admin/users").body()).isEqualTo("b");
        assertThat(get("/").statusCode()).isEqualTo(404);
    }

    @Test
    void aRuleThatIsDeletedNoLongerApplies() {
        var listener = listen(TestElb.answer(404));
        var rule = elb.rule(listener, 1, "/gone", TestElb.answer(410));
        var before = get("/gone").statusCode();

        client.deleteRule(d -> d.ruleArn(rule.ruleArn()));

        assertThat(before).isEqualTo(410);
        assertThat(get("/gone").statusCode()).isEqualTo(404);
    }

    @Test
    void aRedirectLeadsElsewhere() {
        listen(Action.builder()
                .type("redirect")
                .redirectConfig(r -> r.protocol("HTTPS").port("443").statusCode("HTTP_301"))
                .build());

        var answer = get("/a?b=c");

        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(answer.headers().firstValue("location")).contains("https://" + LOOPBACK + ":443/a?b=c");
    }

    @Test
    void aTargetThatFallsIllGetsNoRequestsUntilItIsWellAgain() {
        client.modifyTargetGroup(m -> m.targetGroupArn(blue.targetGroupArn())
                .healthCheckPath("/health")
                .healthyThresholdCount(2));
        listen(TestElb.forward(blue));
        register(blue, a);
        register(blue, b);

        a.healthCode(500);
        untilAfterChecks("unhealthy", a);
        var whileIll = ask("/", 10);
        a.healthCode(200);
        untilAfterChecks("healthy", a);

        assertThat(whileIll).isEqualTo(Map.of("b", 10L));
        assertThat(ask("/", 10)).isEqualTo(Map.of("a", 5L, "b", 5L));
    }

    @Test
    void aDrainingTargetFinishesWhatItHasAndGetsNothingNew() {
        listen(TestElb.forward(blue));
        register(blue, a);
        var slow = getLater("/slow");
        eventually(a::isAsked);
        register(blue, b);

        elb.deregister(blue, LOOPBACK, a.port());
        var others = ask("/", 10);
        var idleWhileBusy = isIdle(a);
        a.answerSlowOnes();
        var answer = slow.orTimeout(10, TimeUnit.SECONDS).join();
        eventually(() -> isIdle(a));

        assertThat(others).isEqualTo(Map.of("b", 10L));
        assertThat(idleWhileBusy).isFalse();
        assertThat(answer.body()).isEqualTo("a");
        assertThat(elb.state(blue, LOOPBACK, a.port())).isEqualTo("draining");
    }

    @Test
    void whatIsStillUnderWayWhenTheDelayEndsIsCut() {
        listen(TestElb.forward(blue));
        register(blue, a);
        var slow = getLater("/slow");
        eventually(a::isAsked);

        elb.deregister(blue, LOOPBACK, a.port());
        elb.advance(Duration.ofSeconds(300));

        assertThat(slow.orTimeout(10, TimeUnit.SECONDS).join().statusCode()).isEqualTo(502);
        assertThat(elb.state(blue, LOOPBACK, a.port())).isEqualTo("unused");
    }

    @Test
    void aPortThatIsTakenIsServedElsewhereAndSaidSo() throws IOException {
        try (var _ = new ServerSocket(port, 1, InetAddress.getByName(LOOPBACK))) {
            listen(TestElb.answer(200));
            eventually(() -> elb.elb().endpoints().getFirst().problem() != null);

            var endpoint = elb.elb().endpoints().getFirst();

            assertThat(endpoint.port()).isEqualTo(port);
            assertThat(endpoint.dnsName()).isEqualTo(web.dnsName());
            assertThat(endpoint.addresses()).isNotEmpty().doesNotContain(LOOPBACK + ":" + port);
            assertThat(send(endpoint.addresses().getFirst(), "/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aDeletedLoadBalancerNoLongerListens() {
        listen(TestElb.answer(200));
        var before = get("/").statusCode();

        client.deleteLoadBalancer(d -> d.loadBalancerArn(web.loadBalancerArn()));

        assertThat(before).isEqualTo(200);
        eventually(() -> isFree(port));
        assertThat(elb.elb().endpoints()).isEmpty();
    }

    private software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener listen(Action action) {
        var listener = elb.listener(web, port, action);
        eventually(() -> !elb.elb().endpoints().getFirst().addresses().isEmpty());
        return listener;
    }

    private String listener() {
        return client.describeListeners(d -> d.loadBalancerArn(web.loadBalancerArn()))
                .listeners()
                .getFirst()
                .listenerArn();
    }

    private void register(TargetGroup group, Backend backend) {
        elb.register(group, LOOPBACK, backend.port());
        eventually(() -> elb.state(group, LOOPBACK, backend.port()).equals("healthy"));
    }

    /// Lets time pass, and health checks end, until the target is in the state.
    private void untilAfterChecks(String state, Backend backend) {
        eventually(() -> {
            elb.advance(INTERVAL);
            return elb.state(blue, LOOPBACK, backend.port()).equals(state);
        });
    }

    private boolean isIdle(Backend backend) {
        var target = new Target(LOOPBACK, backend.port());
        return elb.ask(() -> elb.elb().targets().health(TestElb.SCOPE, blue.targetGroupArn(), target))
                .idle();
    }

    private Map<String, Long> ask(String path, int times) {
        return IntStream.range(0, times).mapToObj(_ -> get(path).body()).collect(groupingBy(identity(), counting()));
    }

    private HttpResponse<String> get(String path) {
        return send(LOOPBACK + ":" + port, path);
    }

    private HttpResponse<String> send(String address, String path) {
        return sendLater(address, path).orTimeout(10, TimeUnit.SECONDS).join();
    }

    private CompletableFuture<HttpResponse<String>> getLater(String path) {
        return sendLater(LOOPBACK + ":" + port, path);
    }

    private CompletableFuture<HttpResponse<String>> sendLater(String address, String path) {
        var request =
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private static Action split(TargetGroup one, int weight, TargetGroup other, int otherWeight) {
        return Action.builder()
                .type("forward")
                .forwardConfig(f -> f.targetGroups(tuple(one, weight), tuple(other, otherWeight)))
                .build();
    }

    private static TargetGroupTuple tuple(TargetGroup group, int weight) {
        return TargetGroupTuple.builder()
                .targetGroupArn(group.targetGroupArn())
                .weight(weight)
                .build();
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Waits until it is so, for ten seconds at most.
    private static void eventually(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come to pass within ten seconds");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
