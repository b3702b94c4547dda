package dev.hakoniwa.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.docker.OwnNetwork;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A relay, and the door to which it brings callers.
final class RelayTest {
    private static final String HERE = "127.0.0.1";
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final OwnNetwork.Place PLACE = new OwnNetwork.Place(HERE, HERE);

    private final Vertx vertx = Vertx.vertx();
    private final InetAddress password = RelayedDoor.password(Ids.random());
    private final AtomicInteger requests = new AtomicInteger();
    private final RelayedDoor door = open(PLACE);

    @AfterEach
    void end() {
        door.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void callersComeOneAfterAnotherAndTheDoorIsToldWhoTheyAreAndWhatTheyCalled() throws Exception {
        try (var relay = relay(password);
                var first = HttpClient.newHttpClient();
                var second = HttpClient.newHttpClient()) {
            var port = open(relay);

            var answers = List.of(ask(first, port, "one"), ask(second, port, "two"), ask(first, port, "three"));

            var machine = TaskDoor.ADDRESS + ":" + port;
            assertThat(answers).containsExactly(machine + " one", machine + " two", machine + " three");
        }
    }

    @Test
    void whatIsLargeIsCarriedBothWays() throws Exception {
        try (var relay = relay(password);
                var client = HttpClient.newHttpClient()) {
            var port = open(relay);
            var large = "x".repeat(5_000_000);

            assertThat(ask(client, port, large)).endsWith(" " + large);
        }
    }

    @Test
    void aRelayWithAnotherPasswordIsNotBelieved() throws IOException {
        try (var stranger = relay(RelayedDoor.password(Ids.random()))) {
            assertThat(said(open(stranger), REQUEST)).isEmpty();

            stranger.awaitEnd();
        }
        assertThat(requests).hasValue(0);
    }

    @Test
    void whoIsNotIntroducedIsTurnedAway() {
        assertThat(said(doorPort(door), REQUEST)).isEmpty();
        assertThat(said(doorPort(door), "PROXY UNKNOWN\r\n" + REQUEST)).isEmpty();
        assertThat(said(doorPort(door), "PROXY TCP4 172.17.0.9 169.254.170.2 999 80\r\n" + REQUEST))
                .isEmpty();
        assertThat(requests).hasValue(0);
    }

    @Test
    void whoDoesNotCallFromTheMachineIsTurnedAwayEvenWithThePassword() {
        var request = "PROXY TCP6 ::ffff:172.17.0.9 %s 999 80\r\n".formatted(password.getHostAddress()) + REQUEST;
        try (var other = open(new OwnNetwork.Place("127.0.0.2", HERE))) {
            assertThat(said(doorPort(door), request)).startsWith("HTTP/1.1 200 OK");
            assertThat(said(doorPort(other), request)).isEmpty();
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void theRelayEndsWithTheEmulator() throws IOException {
        try (var relay = relay(password)) {
            var port = open(relay);

            door.close();
            relay.awaitEnd();

            assertThat(said(port, REQUEST)).isEmpty();
        }
    }

    @Test
    void whereEveryPortIsTakenAnotherIsOpened() throws IOException {
        try (var taken = new ServerSocket(0, 0, InetAddress.getByName(HERE))) {
            var doors = Relay.doors(HERE, List.of(taken.getLocalPort(), taken.getLocalPort()));

            try (var only = doors.getFirst()) {
                assertThat(doors).hasSize(1);
                assertThat(only.getLocalPort()).isPositive().isNotEqualTo(taken.getLocalPort());
            }
        }
    }

    private RelayedDoor open(OwnNetwork.Place place) {
        return RelayedDoor.open(vertx, place, password, request -> {
            requests.incrementAndGet();
            var caller =
                    InetAddress.ofLiteral(request.remoteAddress().hostAddress()).getHostAddress();
            var called = caller + ":" + request.localAddress().port();
            request.body().onSuccess(body -> request.response().end(called + " " + body));
        });
    }

    private Relay relay(InetAddress knownBy) throws IOException {
        return new Relay(new InetSocketAddress(HERE, doorPort(door)), knownBy);
    }

    private static int open(Relay relay) throws IOException {
        var opened = Relay.doors(HERE, List.of(0)).getFirst();
        relay.open(opened);
        return opened.getLocalPort();
    }

    private static int doorPort(RelayedDoor door) {
        return URI.create("http://" + door.toRelay(4566).get(Relay.EMULATOR)).getPort();
    }

    private static String ask(HttpClient client, int port, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://" + HERE + ":" + port))
                .version(HttpClient.Version.HTTP_1_1)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    /// All that is answered to a request; nothing to one that is refused.
    private static String said(int port, String request) {
        try (var socket = new Socket(HERE, port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException _) {
            return "";
        }
    }
}
