package dev.hakoniwa.testing;

import static io.restassured.RestAssured.given;

import dev.hakoniwa.aws.WireRequest;
import dev.hakoniwa.aws.WireResponse;
import dev.hakoniwa.story.RunningEmulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/// The emulator as it is shipped, in a process of its own: what a [WireTest] is played with where the system property
/// `hakoniwa.wire` is `shipped`. All tests of a run share one, whose time stands still unless a test moves it.
public final class Shipped {
    private static final boolean PLAYED = switch (System.getProperty("hakoniwa.wire", "jvm")) {
        case "jvm" -> false;
        case "shipped" -> true;
        case String other -> throw new IllegalArgumentException("hakoniwa.wire: jvm or shipped, not " + other);
    };

    private Shipped() {}

    /// Whether tests are played with it.
    public static boolean isPlayed() {
        return PLAYED;
    }

    /// What a test can have inside its own JVM alone.
    public static <T> T notWith(T part) {
        if (PLAYED) {
            throw new IllegalStateException("what is shipped gives no %s away: the test must be marked @InJvm"
                    .formatted(part.getClass().getSimpleName()));
        }
        return part;
    }

    static SdkHttpClient client() {
        return Running.CLIENT;
    }

    static URI endpoint() {
        return Running.EMULATOR.endpoint();
    }

    /// The port of its API, its registry and its own pages.
    public static int port() {
        return Running.EMULATOR.port();
    }

    /// Sends a request as it is.
    static WireResponse answer(WireRequest request) {
        var query = request.query().isEmpty() ? "" : "?" + request.query();
        var http = HttpRequest.newBuilder(URI.create(endpoint() + request.path() + query))
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(http::header);
        try {
            var response = Running.RAW.send(http.build(), BodyHandlers.ofByteArray());
            var headers = response.headers().map().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, header -> String.join(",", header.getValue())));
            return new WireResponse(response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Instant now() {
        return Instant.parse(
                given().get(clock()).then().statusCode(200).extract().path("now"));
    }

    static void advance(Duration duration) {
        changeClock(Map.of("advance", duration.toString()));
    }

    private static void changeClock(Map<String, Object> change) {
        given().contentType("application/json").body(change).put(clock()).then().statusCode(200);
    }

    private static URI clock() {
        return endpoint().resolve("/_hakoniwa/clock");
    }

    /// Started by the first test that asks, and closed with the tests' JVM.
    private static final class Running {
        static final RunningEmulator EMULATOR = RunningEmulator.start("--engine", "simulated");
        static final SdkHttpClient CLIENT = UrlConnectionHttpClient.create();
        static final HttpClient RAW = HttpClient.newHttpClient();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(EMULATOR::close, "end of what is shipped"));
            changeClock(Map.of("speed", 0));
        }
    }
}
