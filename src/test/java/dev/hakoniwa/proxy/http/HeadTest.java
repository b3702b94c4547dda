package dev.hakoniwa.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void aHeadMayComeInAnyPieces(int size) {
        var text = "GET /a HTTP/1.1\r\nHost: h\r\nX-A:  b \t\r\n\r\nbody";
        var reader = HeadReader.ofRequests();
        var taken = 0;

        for (var at = 0; at < text.length() && !text.substring(taken).equals("body"); at += size) {
            taken += reader.take(Buffer.buffer(text.substring(at, Math.min(text.length(), at + size))), 0);
        }

        var request = Request.of(Objects.requireNonNull(reader.next()));
        assertThat(text.substring(taken)).isEqualTo("body");
        assertThat(request.head().values("x-a")).containsExactly("b");
        assertThat(reader.isUnderWay()).isFalse();
    }

    @Test
    void requestsOfOneBufferAreReadOneAfterTheOther() {
        var buffer = Buffer.buffer("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n\r\nGET /2 HTTP/1.1\nHost: h\n\n");
        var reader = HeadReader.ofRequests();

        var end = reader.take(buffer, 0);
        var first = Request.of(Objects.requireNonNull(reader.next()));
        reader.take(buffer, end);
        var second = Request.of(Objects.requireNonNull(reader.next()));

        assertThat(first.target()).isEqualTo("/1");
        assertThat(second.target()).isEqualTo("/2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\1\2\3\n\n",
                "GET\n\n",
                "GET /\n\n",
                "GET  / HTTP/1.1\nHost: h\n\n",
                "GET / HTTP/1.1 \nHost: h\n\n",
                "GET / HTTP/1.1 x\nHost: h\n\n",
                "GET / FTP/1.1\nHost: h\n\n",
                "GET / HTTP/\nHost: h\n\n",
                "G@T / HTTP/1.1\nHost: h\n\n",
                " GET / HTTP/1.1\nHost: h\n\n",
                "GET / HTTP/1.1\n\n",
                "GET / HTTP/1.1\nHost: a\nHost: b\n\n",
                "GET http://a/ HTTP/1.1\nHost: a\nHost: b\n\n",
                "GET / HTTP/1.1\nHost : h\n\n",
                "GET / HTTP/1.1\nHost: h\n folded: x\n\n",
                "GET / HTTP/1.1\nHost: h\nno colon\n\n",
                "GET / HTTP/1.1\nHost: h\n: empty\n\n",
                "GET / HTTP/1.1\nHost: h\nA: b\rc\n\n",
                "GET / HTTP/1.1\nHost: h\nA: b\0c\n\n",
                "GET / HTTP/1.1\nHost: h\nA\u00E9: b\n\n",
                "GET a/b HTTP/1.1\nHost: h\n\n",
                "GET * HTTP/1.1\nHost: h\n\n",
                "GET http:// HTTP/1.1\nHost: h\n\n",
                "GET ftp://h/ HTTP/1.1\nHost: h\n\n",
            })
    void whatBreaksTheRulesIsABadRequest(String text) {
        assertThat(statusOf(text)).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\nHost: h\nContent-Length: 1\nContent-Length: 1\n\n",
                "POST / HTTP/1.1\nHost: h\nContent-Length: 1, 1\n\n",
                "POST / HTTP/1.1\nHost: h\nContent-Length: -1\n\n",
                "POST / HTTP/1.1\nHost: h\nContent-Length: +1\n\n",
                "POST / HTTP/1.1\nHost: h\nContent-Length: 0x1\n\n",
                "POST / HTTP/1.1\nHost: h\nContent-Length: \n\n",
                "POST / HTTP/1.1\nHost: h\nContent-Length: 9999999999999999999\n\n",
                "POST / HTTP/1.1\nHost: h\nContent-Length: 1\nTransfer-Encoding: chunked\n\n",
                "POST / HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n",
                "POST / HTTP/1.0\nHost: h\nTransfer-Encoding: chunked\n\n",
            })
    void aBodyWhoseEndIsInDoubtIsABadRequest(String text) {
        assertThat(statusOf(text)).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/2.0,            505",
        "PRI * HTTP/2.0,            505",
        "GET / HTTP/1.9,            505",
        "GET / HTTP/1.1,            0",
        "GET / HTTP/1.0,            0",
        "OPTIONS * HTTP/1.1,        0",
        "BREW /pot HTTP/1.1,        0",
        "GET http://h:1/a HTTP/1.1, 0",
    })
    void theRequestLineIsChecked(String line, int status) {
        assertThat(statusOf(line + "\r\nHost: h\r\n\r\n")).isEqualTo(status);
    }

    @Test
    void otherTransferCodingsAreNotImplemented() {
        assertThat(statusOf("POST / HTTP/1.1\nHost: h\nTransfer-Encoding: gzip, chunked\n\n"))
                .isEqualTo(501);
    }

    @Test
    void linesAndHeadsHaveLimits() {
        var longUri = "GET /" + "a".repeat(17_000) + " HTTP/1.1\nHost: h\n\n";
        var longLine = "GET / HTTP/1.1\nHost: h\nA: " + "a".repeat(17_000) + "\n\n";
        var longHead = "GET / HTTP/1.1\nHost: h\n" + ("A: " + "a".repeat(1000) + "\n").repeat(70) + "\n";
        var endless = "GET / HTTP/1.1\nHost: h\n" + "A: b\n".repeat(20_000);
        var large = "GET / HTTP/1.1\nHost: h\n" + ("A: " + "a".repeat(1000) + "\n").repeat(60) + "\n";

        assertThat(statusOf(longUri)).isEqualTo(414);
        assertThat(statusOf(longLine)).isEqualTo(400);
        assertThat(statusOf(longHead)).isEqualTo(400);
        assertThat(statusOf(endless)).isEqualTo(400);
        assertThat(statusOf(large)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b?c=d?e,            /a/b,   c=d?e,  h",
        "/,                     /,      '',     h",
        "/?,                    /,      '',     h",
        "http://other:81/a?b,   /a,     b,      other:81",
        "HTTP://other,          /,      '',     other",
        "http://other?b,        /,      b,      other",
        "https://other/,        /,      '',     other",
    })
    void theTargetIsTakenApart(String target, String path, String query, String host) {
        var request = request("GET " + target + " HTTP/1.1\nHost: h\n\n");

        assertThat(request.path()).isEqualTo(path);
        assertThat(request.query()).isEqualTo(query);
        assertThat(request.host()).isEqualTo(host);
    }

    @Test
    void http10NeedsNoHost() {
        assertThat(request("GET / HTTP/1.0\n\n").host()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, '',                          true",
        "HTTP/1.1, 'Connection: close',         false",
        "HTTP/1.1, 'Connection: x, CLOSE ',     false",
        "HTTP/1.1, 'Connection: keep-alive',    true",
        "HTTP/1.0, '',                          false",
        "HTTP/1.0, 'Connection: Keep-Alive',    true",
        "HTTP/1.0, 'Connection: keep-alive, close', false",
    })
    void connectionsPersistAsTheVersionSays(String version, String line, boolean persists) {
        assertThat(request("GET / " + version + "\nHost: h\n" + line + (line.isEmpty() ? "" : "\n") + "\n")
                        .keepsAlive())
                .isEqualTo(persists);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, Upgrade,             websocket,  websocket",
        "HTTP/1.1, 'keep-alive, upgrade', websocket, websocket",
        "HTTP/1.1, keep-alive,          websocket,  ",
        "HTTP/1.1, Upgrade,             h2c,        ",
        "HTTP/1.0, Upgrade,             websocket,  ",
    })
    void aChangeOfProtocolTakesBothHeaders(
            String version, String connection, String protocol, @Nullable String upgrade) {
        var request = request(
                "GET / " + version + "\nHost: h\nConnection: " + connection + "\nUpgrade: " + protocol + "\n\n");

        assertThat(request.upgrade()).isEqualTo(upgrade);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, '',                           true",
        "HEAD, '',                          true",
        "GET, 'Content-Length: 0',          true",
        "GET, 'Content-Length: 1',          false",
        "GET, 'Transfer-Encoding: chunked', false",
        "POST, '',                          false",
        "DELETE, '',                        false",
    })
    void onlyReadingWithoutABodyMayBeRepeated(String method, String line, boolean repeatable) {
        assertThat(request(method + " / HTTP/1.1\nHost: h\n" + line + (line.isEmpty() ? "" : "\n") + "\n")
                        .mayBeRepeated())
                .isEqualTo(repeatable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1\n\n",
                "HTTP/1.1 20\n\n",
                "HTTP/1.1 2x0 OK\n\n",
                "HTTP/1.1 200OK\n\n",
                "HTTP/1.1  200 OK\n\n",
                "HTTP/1.1 099 OK\n\n",
                "HTTP/3 200 OK\n\n",
                "ICY 200 OK\n\n",
                "200 OK\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 1\nTransfer-Encoding: chunked\n\n",
                "HTTP/1.1 200 OK\nbroken\n\n",
            })
    void answersAreCheckedAsWell(String text) {
        var reader = HeadReader.ofResponses();

        assertThatThrownBy(() -> {
                    reader.take(Buffer.buffer(text), 0);
                    Response.of(Objects.requireNonNull(reader.next()));
                })
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "200, GET, true",
        "200, HEAD, false",
        "204, GET, false",
        "304, GET, false",
        "101, GET, false",
        "500, GET, true"
    })
    void someAnswersHaveNoBodyWhateverTheySay(int status, String method, boolean body) {
        var reader = HeadReader.ofResponses();
        reader.take(Buffer.buffer("HTTP/1.1 " + status + "\nContent-Length: 5\n\n"), 0);
        var response = Response.of(Objects.requireNonNull(reader.next()));
        var request = request(method + " / HTTP/1.1\nHost: h\n\n");

        assertThat(response.body(request).isComplete()).isEqualTo(!body);
    }

    private static int statusOf(String text) {
        var malformed = catchThrowableOfType(Malformed.class, () -> request(text));
        return malformed == null ? 0 : malformed.status();
    }

    private static Request request(String text) {
        var reader = HeadReader.ofRequests();
        reader.take(Buffer.buffer(text, "ISO-8859-1"), 0);
        return Request.of(Objects.requireNonNull(reader.next()));
    }
}
