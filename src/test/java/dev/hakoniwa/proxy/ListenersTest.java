package dev.hakoniwa.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.proxy.LoadBalancer.Attributes;
import dev.hakoniwa.testing.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListenersTest {
    private static final int RESERVED = FreePort.next();

    private final TestProxy proxy =
            TestProxy.start(new Proxy.Settings(Set.of(RESERVED), true, false, 2, Duration.ofSeconds(1)));
    private final int port = proxy.port();

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void aListenerIsServedAtTheLoopbackAddress() throws IOException {
        var endpoints = proxy.apply(balancer("one", null, port));

        assertThat(endpoints)
                .containsExactly(new Endpoint("one", "one.elb.localhost", port, List.of(at("127.0.0.1", port)), null));
        assertThat(body(port, "anything")).isEqualTo("one");
    }

    @ParameterizedTest
    @CsvSource({
        "one.elb.localhost,         one",
        "two.elb.localhost,         two",
        "TWO.ELB.localhost,         two",
        "two.elb.localhost:8080,    two",
        "two.elb.localhost.,        two",
        "three.elb.localhost,       one",
        "127.0.0.1,                 one",
        "[::1]:80,                  one",
    })
    void loadBalancersShareAPortByName(String host, String served) throws IOException {
        proxy.apply(balancer("one", null, port));
        proxy.apply(balancer("two", null, port));

        assertThat(body(port, host)).isEqualTo(served);
    }

    @Test
    void theOldestIsTheOneThatWasAppliedFirst() throws IOException {
        proxy.apply(balancer("one", null, port));
        proxy.apply(balancer("two", null, port));
        proxy.apply(balancer("one", null, port));
        var before = body(port, "unknown");

        TestProxy.get(proxy.proxy().remove("one").toCompletableFuture());

        assertThat(before).isEqualTo("one");
        assertThat(body(port, "unknown")).isEqualTo("two");
        assertThat(proxy.proxy().endpoints()).hasSize(1);
    }

    @Test
    void aPortIsClosedWithItsLastListener() throws IOException {
        var other = FreePort.next();
        proxy.apply(balancer("one", null, port, other));
        var both = List.of(body(port, "h"), body(other, "h"));

        proxy.apply(balancer("one", null, other));

        assertThat(both).containsExactly("one", "one");
        assertThatThrownBy(() -> body(port, "h")).isInstanceOf(ConnectException.class);
        assertThat(body(other, "h")).isEqualTo("one");
    }

    @Test
    void aPortMayBeOpenedAgain() throws IOException {
        for (var i = 0; i < 5; i++) {
            proxy.apply(balancer("one", "127.0.77.1", port));
            assertThat(body(port, "h")).isEqualTo("one");
            TestProxy.get(proxy.proxy().remove("one").toCompletableFuture());
        }

        assertThat(proxy.proxy().endpoints()).isEmpty();
    }

    @Test
    void applyingTheSameAgainKeepsConnections() throws IOException {
        proxy.apply(balancer("one", "127.0.77.1", port));
        try (var client = RawClient.connect(port)) {
            client.get("/");

            proxy.apply(balancer("one", "127.0.77.1", port));

            assertThat(client.get("/").body()).isEqualTo("one");
        }
    }

    @Test
    void anAddressOfItsOwnNeedsNoName() throws IOException {
        proxy.apply(balancer("one", "127.0.77.1", port));
        var two = proxy.apply(balancer("two", "127.0.77.2", port));

        assertThat(body(at("127.0.77.1", port), "two.elb.localhost")).isEqualTo("one");
        assertThat(body(at("127.0.77.2", port), "anything")).isEqualTo("two");
        assertThat(two.getFirst().addresses()).containsExactly(at("127.0.0.1", port), at("127.0.77.2", port));
    }

    @Test
    void aPortInUseIsToldAndServedElsewhere() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var endpoint = proxy.apply(balancer("one", "127.0.77.1", taken.getLocalPort()))
                    .getFirst();

            var elsewhere = endpoint.addresses().getFirst();
            assertThat(endpoint.problem())
                    .isEqualTo("127.0.0.1:%d is in use by another process; served at %s instead"
                            .formatted(taken.getLocalPort(), elsewhere));
            assertThat(elsewhere.port()).isNotEqualTo(taken.getLocalPort());
            assertThat(body(elsewhere, "h")).isEqualTo("one");
            assertThat(body(at("127.0.77.1", taken.getLocalPort()), "h")).isEqualTo("one");
        }
    }

    @Test
    void anAssignedPortStaysAndIsSharedToo() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var one = proxy.apply(balancer("one", null, taken.getLocalPort())).getFirst();
            var two = proxy.apply(balancer("two", null, taken.getLocalPort())).getFirst();

            assertThat(two.addresses()).isEqualTo(one.addresses());
            assertThat(body(two.addresses().getFirst(), "two.elb.localhost")).isEqualTo("two");
        }
    }

    @Test
    void aClientOfAnAssignedPortKeepsItsHost() throws IOException {
        try (var target = ScriptedTarget.saying("x");
                var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            proxy.healthy(target);
            var listener = new Listener(taken.getLocalPort(), List.of(), Action.Forward.to(TestProxy.GROUP));
            var endpoint = proxy.apply(
                            new LoadBalancer("one", "one.elb.localhost", null, Attributes.DEFAULT, List.of(listener)))
                    .getFirst();

            body(endpoint.addresses().getFirst(), "shop");

            assertThat(target.heads().getFirst()).contains("Host: shop\r\n");
        }
    }

    @Test
    void theEmulatorsOwnPortCannotBeTaken() throws IOException {
        var endpoint = proxy.apply(balancer("one", "127.0.77.1", RESERVED)).getFirst();

        assertThat(endpoint.problem()).startsWith("port " + RESERVED + " is the emulator's own; served at 127.0.0.1:");
        assertThat(endpoint.addresses()).hasSize(1);
        assertThat(body(endpoint.addresses().getFirst(), "h")).isEqualTo("one");
    }

    @Test
    void anAddressThatCannotBeBoundIsTold() throws IOException {
        var endpoint = proxy.apply(balancer("one", "198.51.100.1", port)).getFirst();

        assertThat(endpoint.addresses()).containsExactly(at("127.0.0.1", port));
        assertThat(endpoint.problem()).startsWith("198.51.100.1:" + port + " can't be bound");
    }

    @Test
    void listenersAreServedAtFurtherAddresses() throws IOException {
        proxy.apply(balancer("one", null, port));
        proxy.apply(balancer("two", null, port));

        TestProxy.get(proxy.proxy().alsoAt(Set.of("127.0.88.1")).toCompletableFuture());
        var shared = body(at("127.0.88.1", port), "two.elb.localhost");
        TestProxy.get(proxy.proxy().alsoAt(Set.of()).toCompletableFuture());

        assertThat(shared).isEqualTo("two");
        assertThatThrownBy(() -> body(at("127.0.88.1", port), "h")).isInstanceOf(ConnectException.class);
    }

    @Test
    void listenersAreServedOverIpv6IfThereIsSuch() throws IOException {
        Assumptions.assumeTrue(Doors.hasLoopback6());
        try (var dual = TestProxy.start(new Proxy.Settings(Set.of(), false, true, 1, Duration.ofSeconds(1)))) {
            dual.apply(balancer("one", null, dual.port()));

            assertThat(body(at("::1", dual.port()), "h")).isEqualTo("one");
        }
    }

    @Test
    void manyChangesAtOnceEndInTheLastOne() throws IOException {
        var stages = new ArrayList<CompletableFuture<?>>();
        var ports = new int[] {FreePort.next(), FreePort.next()};

        for (var i = 0; i < 50; i++) {
            stages.add(proxy.proxy().apply(balancer("one", null, ports[i % 2])).toCompletableFuture());
            if (i % 5 == 0) {
                stages.add(proxy.proxy().remove("one").toCompletableFuture());
            }
        }
        stages.forEach(TestProxy::get);

        assertThat(proxy.proxy().endpoints()).hasSize(1).allMatch(endpoint -> endpoint.problem() == null);
        assertThat(body(ports[1], "h")).isEqualTo("one");
        assertThatThrownBy(() -> body(ports[0], "h")).isInstanceOf(ConnectException.class);
    }

    @Test
    void aRedirectLeadsElsewhere() throws IOException {
        var secure = new Action.Location("HTTPS", "#{host}", "443", "/#{path}", "#{query}");
        proxy.listen(new Action.Redirect(301, secure));

        var reply = RawClient.get(port, "/cart/1?id=7", "Host: shop.example.com:" + port);

        assertThat(reply.head()).startsWith("HTTP/1.1 301 Moved Permanently", "Server: awselb/2.0");
        assertThat(reply.header("Location")).isEqualTo("https://shop.example.com:443/cart/1?id=7");
        assertThat(reply.header("Content-Type")).isEqualTo("text/html");
        assertThat(reply.body()).contains("<center><h1>301 Moved Permanently</h1></center>");
    }

    @Test
    void aRedirectNamesTheListenersPort() throws IOException {
        proxy.listen(new Action.Redirect(302, Action.Location.SAME));

        var reply = RawClient.get(port, "/x", "Host: h");

        assertThat(reply.head()).startsWith("HTTP/1.1 302 Found");
        assertThat(reply.header("Location")).isEqualTo("http://h:" + port + "/x");
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/plain, héllo, text/plain; charset=utf-8",
        "503, application/json, '{\"a\":1}', application/json; charset=utf-8",
        "404, '', '', ''",
        "299, text/html, x, text/html; charset=utf-8",
    })
    void aFixedResponseIsGivenAsItIs(int status, String type, String body, String sentType) throws IOException {
        proxy.listen(new Action.FixedResponse(status, type, body));

        var reply = RawClient.get(port, "/");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Server")).isEqualTo("awselb/2.0");
        assertThat(reply.header("Content-Type")).isEqualTo(sentType);
        assertThat(reply.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
    }

    private static LoadBalancer balancer(String name, @Nullable String address, int... ports) {
        var listeners = Arrays.stream(ports)
                .mapToObj(port -> new Listener(port, List.of(), new Action.FixedResponse(200, "text/plain", name)))
                .toList();
        return new LoadBalancer(name, name + ".elb.localhost", address, Attributes.DEFAULT, listeners);
    }

    private static Address at(String host, int port) {
        return new Address(host, port);
    }

    private static String body(int port, String host) throws IOException {
        return body(at("127.0.0.1", port), host);
    }

    private static String body(Address address, String host) throws IOException {
        try (var client = RawClient.connect(address)) {
            return client.get("/", "Host: " + host).body();
        }
    }
}
