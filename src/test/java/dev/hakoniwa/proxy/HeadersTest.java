package dev.hakoniwa.proxy;

import static dev.hakoniwa.proxy.TestProxy.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.proxy.LoadBalancer.Attributes;
import dev.hakoniwa.proxy.LoadBalancer.ForwardedFor;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeadersTest {
    private final ScriptedTarget target = ScriptedTarget.saying("ok");
    private final TestProxy proxy = TestProxy.to(target);

    @AfterEach
    void close() {
        proxy.close();
        target.close();
    }

    @Test
    void aTargetLearnsWhoAskedAndHow() throws IOException {
        RawClient.get(proxy.port(), "/", "Host: shop.example.com", "X-Forwarded-Proto: https", "X-Forwarded-Port: 1");

        assertThat(received("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(received("X-Forwarded-Proto")).containsExactly("http");
        assertThat(received("X-Forwarded-Port")).containsExactly(Integer.toString(proxy.port()));
        assertThat(received("Host")).containsExactly("shop.example.com:" + proxy.port());
    }

    @Test
    void addressesAreAppended() throws IOException {
        RawClient.get(proxy.port(), "/", "X-Forwarded-For: 1.2.3.4", "X-Other: 1", "x-forwarded-for: 5.6.7.8, 9.9.9.9");

        assertThat(received("X-Forwarded-For")).containsExactly("1.2.3.4, 5.6.7.8, 9.9.9.9, 127.0.0.1");
    }

    @Test
    void theClientsPortIsAddedIfWanted() throws IOException {
        attributes(ForwardedFor.APPEND, true, false);

        try (var client = RawClient.connect(proxy.port())) {
            client.get("/");

            assertThat(received("X-Forwarded-For"))
                    .containsExactly("127.0.0.1:" + client.socket().getLocalPort());
        }
    }

    @Test
    void addressesArePreservedOrRemovedIfWanted() throws IOException {
        attributes(ForwardedFor.PRESERVE, true, false);
        RawClient.get(proxy.port(), "/", "X-Forwarded-For: 1.2.3.4");
        var preserved = received("X-Forwarded-For");
        RawClient.get(proxy.port(), "/");
        var preservedNothing = received("X-Forwarded-For");
        attributes(ForwardedFor.REMOVE, false, false);
        RawClient.get(proxy.port(), "/", "X-Forwarded-For: 1.2.3.4");

        assertThat(preserved).containsExactly("1.2.3.4");
        assertThat(preservedNothing).isEmpty();
        assertThat(received("X-Forwarded-For")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"30, 200", "31, 463"})
    void moreThanThirtyAddressesAreTooMany(int addresses, int status) throws IOException {
        var header = "X-Forwarded-For: " + String.join(", ", Collections.nCopies(addresses, "1.1.1.1"));

        assertThat(RawClient.get(proxy.port(), "/", header).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                    Root=1-[0-9a-f]{8}-[0-9a-f]{24}",
        "Root=1-5-a,                            Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-5-a",
        "Root=1-5-a;CalledFrom=app,             Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-5-a;CalledFrom=app",
        "Self=1-4-b;Root=1-5-a,                 Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-5-a",
        "CalledFrom=app,                        Root=1-[0-9a-f]{8}-[0-9a-f]{24};CalledFrom=app",
    })
    void theTraceIdKeepsItsRoot(String sent, String pattern) throws IOException {
        RawClient.get(proxy.port(), "/", sent.isEmpty() ? "X-None: 1" : "X-Amzn-Trace-Id: " + sent);

        assertThat(received("X-Amzn-Trace-Id")).hasSize(1).allMatch(id -> id.matches(pattern));
    }

    @Test
    void theTraceIdTellsTheTime() throws IOException {
        RawClient.get(proxy.port(), "/");

        var epoch = Long.toHexString(proxy.time().instant().getEpochSecond());
        assertThat(received("X-Amzn-Trace-Id").getFirst()).startsWith("Root=1-" + epoch + "-");
    }

    @Test
    void whatBelongsToOneConnectionGoesNoFurther() throws IOException {
        RawClient.get(
                proxy.port(),
                "/",
                "Connection: keep-alive, X-Private",
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "TE: trailers",
                "X-Private: 1",
                "X-Public: 2",
                "Upgrade: h2c");

        assertThat(target.heads().getLast())
                .contains("X-Public: 2")
                .doesNotContainIgnoringCase("keep-alive")
                .doesNotContain("X-Private", "Connection", "TE:", "Upgrade");
    }

    @Test
    void theHostIsPreservedIfWanted() throws IOException {
        attributes(ForwardedFor.APPEND, false, true);

        RawClient.get(proxy.port(), "/", "Host: Shop.Example.com");

        assertThat(received("Host")).containsExactly("Shop.Example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "shop,          80,     shop",
        "shop:8080,     80,     shop",
        "shop:8080,     443,    shop",
        "shop,          8080,   shop:8080",
        "shop:81,       8080,   shop:81",
        "[::1]:81,      80,     [::1]",
        "[::1],         8080,   [::1]:8080",
    })
    void theHostHasAPortUnlessItIsADefaultOne(String host, int listener, String forwarded) {
        assertThat(Hop.host(host, listener)).isEqualTo(forwarded);
    }

    @Test
    void aClientOfHttp10NeedNotNameAHost() throws IOException {
        try (var client = RawClient.connect(proxy.port())) {
            client.send("GET /old HTTP/1.0\r\n\r\n");

            assertThat(client.reply().header("Connection")).isEqualTo("close");
            assertThat(client.isClosed()).isTrue();
            assertThat(target.heads().getLast()).startsWith("GET /old HTTP/1.1\r\n");
            assertThat(received("Host")).containsExactly(TestProxy.DNS_NAME + ":" + proxy.port());
        }
    }

    @Test
    void aClientOfHttp10KeepsItsConnectionIfItAsks() throws IOException {
        try (var client = RawClient.connect(proxy.port())) {
            var request = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";

            assertThat(client.send(request).reply().header("Connection")).isEqualTo("keep-alive");
            assertThat(client.send(request).reply().status()).isEqualTo(200);
        }
    }

    @Test
    void anOldConnectionEndsWithAnAnswer() throws IOException {
        proxy.listen(
                new Attributes(Duration.ofSeconds(60), Duration.ZERO, ForwardedFor.APPEND, false, false),
                Action.Forward.to(GROUP));

        try (var client = RawClient.connect(proxy.port())) {
            assertThat(client.get("/").header("Connection")).isEqualTo("close");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aUrlInTheRequestLineNamesTheHost() throws IOException {
        try (var client = RawClient.connect(proxy.port())) {
            client.request("GET http://real.example.com/a?b HTTP/1.1", "Host: other");

            assertThat(target.heads().getLast())
                    .startsWith("GET /a?b HTTP/1.1\r\nHost: real.example.com:" + proxy.port() + "\r\n");
            assertThat(received("Host")).hasSize(1);
        }
    }

    private void attributes(ForwardedFor mode, boolean clientPort, boolean preserveHost) {
        proxy.listen(
                new Attributes(Duration.ofSeconds(60), Duration.ofHours(1), mode, clientPort, preserveHost),
                Action.Forward.to(GROUP));
    }

    /// The values of a header line in the last request that reached the target.
    private List<String> received(String name) {
        return Arrays.stream(target.heads().getLast().split("\r\n"))
                .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(line -> line.substring(name.length() + 2))
                .toList();
    }
}
