package dev.hakoniwa.proxy;

import static dev.hakoniwa.proxy.TestProxy.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.proxy.Action.WeightedGroup;
import dev.hakoniwa.proxy.RawClient.Reply;
import dev.hakoniwa.proxy.TargetGroup.Algorithm;
import dev.hakoniwa.proxy.TargetGroup.Balancing;
import dev.hakoniwa.proxy.TargetGroup.MinimumHealthy;
import dev.hakoniwa.proxy.TargetGroup.Stickiness;
import dev.hakoniwa.proxy.TargetGroup.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StickinessTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ScriptedTarget a = ScriptedTarget.answering(head -> answer("a", head));
    private final ScriptedTarget b = ScriptedTarget.answering(head -> answer("b", head));
    private final TestProxy proxy = TestProxy.to(a, b);

    @AfterEach
    void close() {
        proxy.close();
        a.close();
        b.close();
    }

    @Test
    void withoutStickinessThereAreNoCookies() throws IOException {
        assertThat(RawClient.get(proxy.port(), "/").headers("Set-Cookie")).isEmpty();
    }

    @Test
    void theLoadBalancersCookiesLookAsAwsMakesThem() throws IOException {
        stick(new Stickiness.LoadBalancerCookie(HOUR));

        var cookies = RawClient.get(proxy.port(), "/").headers("Set-Cookie");

        assertThat(cookies).hasSize(2);
        assertThat(cookies.getFirst()).matches("AWSALB=[^;]+; Expires=Sun, 08 Mar 2026 12:00:00 GMT; Path=/");
        assertThat(cookies.getLast())
                .matches("AWSALBCORS=[^;]+; Expires=Sun, 08 Mar 2026 12:00:00 GMT; Path=/; SameSite=None; Secure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWSALB", "AWSALBCORS"})
    void aClientStaysWithItsTarget(String name) throws IOException {
        stick(new Stickiness.LoadBalancerCookie(HOUR));
        var first = RawClient.get(proxy.port(), "/");

        assertThat(bodies("x=y; " + cookie(first, name) + "; z=1")).containsOnly(first.body());
    }

    @Test
    void theCookieRunsOut() throws IOException {
        stick(new Stickiness.LoadBalancerCookie(HOUR));
        var cookie = cookie(RawClient.get(proxy.port(), "/"), "AWSALB");

        proxy.time().advance(HOUR);
        TestProxy.eventually(() -> quietBodies(cookie).containsAll(List.of("a", "b")));
    }

    @Test
    void everyAnswerRenewsIt() throws IOException {
        stick(new Stickiness.LoadBalancerCookie(HOUR));
        var first = RawClient.get(proxy.port(), "/");
        proxy.time().advance(HOUR.minusMinutes(1));
        TestProxy.eventually(() -> !cookie(again(first), "AWSALB").equals(cookie(first, "AWSALB")));

        var renewed = cookie(again(first), "AWSALB");
        proxy.time().advance(HOUR.minusMinutes(1));

        assertThat(bodies(renewed)).containsOnly(first.body());
    }

    @Test
    void aClientWhoseTargetIsGoneGetsAnother() throws IOException {
        stick(new Stickiness.LoadBalancerCookie(HOUR));
        proxy.healthy(a);
        var first = RawClient.get(proxy.port(), "/");

        proxy.healthy(b);
        var second = again(first);

        assertThat(first.body()).isEqualTo("a");
        assertThat(second.body()).isEqualTo("b");
        assertThat(cookie(second, "AWSALB")).isNotEqualTo(cookie(first, "AWSALB"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWSALB=", "AWSALB=nonsense", "AWSALB=zzz.zzz", "AWSALB=-1.x", "AWSALB=%%%.", "AWSALB"})
    void anythingElseInTheCookieIsIgnored(String cookie) throws IOException {
        stick(new Stickiness.LoadBalancerCookie(HOUR));

        assertThat(bodies(cookie)).contains("a", "b");
    }

    @Test
    void theApplicationsCookieBringsOneOfOurs() throws IOException {
        stick(new Stickiness.ApplicationCookie("SESSION", HOUR));

        var plain = RawClient.get(proxy.port(), "/");
        var session = RawClient.get(proxy.port(), "/login");

        assertThat(plain.headers("Set-Cookie")).isEmpty();
        assertThat(session.headers("Set-Cookie")).hasSize(2);
        assertThat(session.headers("Set-Cookie").getLast()).matches("AWSALBAPP-0=[^;]+; Max-Age=60; Path=/");
        assertThat(bodies(cookie(session, "AWSALBAPP-0"))).containsOnly(session.body());
    }

    @Test
    void aClientStaysWithItsGroup() throws IOException {
        proxy.proxy().targets("blue", List.of(TestProxy.inService(a)));
        proxy.proxy().targets("green", List.of(TestProxy.inService(b)));
        proxy.listen(weighted(1, 1, HOUR));

        var first = RawClient.get(proxy.port(), "/");
        var cookies = first.headers("Set-Cookie");

        assertThat(cookies.getFirst()).matches("AWSALBTG=[^;]+; Expires=Sun, 08 Mar 2026 12:00:00 GMT; Path=/");
        assertThat(cookies.getLast()).startsWith("AWSALBTGCORS=").endsWith("; SameSite=None; Secure");
        assertThat(bodies(cookie(first, "AWSALBTG"))).containsOnly(first.body());
    }

    @Test
    void aClientLeavesAGroupWithoutWeight() throws IOException {
        proxy.proxy().targets("blue", List.of(TestProxy.inService(a)));
        proxy.proxy().targets("green", List.of(TestProxy.inService(b)));
        proxy.listen(weighted(1, 0, HOUR));
        var blue = RawClient.get(proxy.port(), "/");

        proxy.listen(weighted(0, 1, HOUR));

        assertThat(blue.body()).isEqualTo("a");
        assertThat(bodies(cookie(blue, "AWSALBTG"))).containsOnly("b");
    }

    @Test
    void groupsDoNotStickUnlessTold() throws IOException {
        proxy.listen(weighted(1, 1, Duration.ZERO));
        proxy.proxy().targets("blue", List.of(TestProxy.inService(a)));
        proxy.proxy().targets("green", List.of(TestProxy.inService(b)));

        assertThat(RawClient.get(proxy.port(), "/").headers("Set-Cookie")).isEmpty();
    }

    private static String answer(String body, String head) {
        var cookie = head.startsWith("GET /login ") ? "Set-Cookie: SESSION=1; Path=/; Max-Age=60\r\n" : "";
        return "HTTP/1.1 200 OK\r\n" + cookie + "Content-Length: 1\r\n\r\n" + body;
    }

    private static Action weighted(int blue, int green, Duration stickiness) {
        return new Action.Forward(
                List.of(new WeightedGroup("blue", blue), new WeightedGroup("green", green)), stickiness);
    }

    private void stick(Stickiness stickiness) {
        var balancing = new Balancing(Algorithm.ROUND_ROBIN, stickiness, Duration.ZERO, MinimumHealthy.DEFAULT);
        proxy.proxy().group(new TargetGroup(GROUP, false, Version.HTTP1, balancing));
    }

    private Reply again(Reply before) {
        try {
            return RawClient.get(proxy.port(), "/", "Cookie: " + cookie(before, "AWSALB"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cookie(Reply reply, String name) {
        return reply.headers("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    private List<String> bodies(String cookie) throws IOException {
        var bodies = new ArrayList<String>();
        try (var client = RawClient.connect(proxy.port())) {
            for (var i = 0; i < 20; i++) {
                bodies.add(client.get("/", "Cookie: " + cookie).body());
            }
        }
        return bodies;
    }

    private List<String> quietBodies(String cookie) {
        try {
            return bodies(cookie);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
