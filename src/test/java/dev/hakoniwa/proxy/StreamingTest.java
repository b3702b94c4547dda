package dev.hakoniwa.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StreamingTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int LARGE = 96 * MEGABYTE;

    /// More than the kernel keeps for two connections, and a good deal less than what is sent.
    private static final int BOUND = 48 * MEGABYTE;

    @Test
    void aClientIsSlowedDownByItsTarget() throws Exception {
        var read = new CountDownLatch(1);
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    read.await();
                    connection.send(ScriptedTarget.ok(Long.toString(checksum(connection.in(), LARGE))));
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {
            var sent = new AtomicLong();
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + LARGE + "\r\n\r\n");
            var checksum = later(() -> produce(client.socket().getOutputStream(), sent));

            waitUntilItStalls(sent);
            var stalledAt = sent.get();
            read.countDown();

            assertThat(stalledAt).isLessThan(BOUND);
            assertThat(client.reply().body())
                    .isEqualTo(checksum.get(30, TimeUnit.SECONDS).toString());
        }
    }

    @Test
    void aTargetIsSlowedDownByItsClient() throws Exception {
        var sent = new AtomicLong();
        var produced = new CompletableFuture<Long>();
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
                    produced.complete(produce(connection.socket.getOutputStream(), sent));
                    connection.head();
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").replyToHead();

            waitUntilItStalls(sent);
            var stalledAt = sent.get();
            var checksum = checksum(client.in(), LARGE);

            assertThat(stalledAt).isLessThan(BOUND);
            assertThat(checksum).isEqualTo(produced.get(30, TimeUnit.SECONDS));
            TestProxy.eventually(() -> proxy.inFlight(target) == 0);
        }
    }

    @Test
    void aClientThatStopsReadingIsLeftInTheEnd() throws Exception {
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
                    produce(connection.socket.getOutputStream(), new AtomicLong());
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {
            proxy.idleTimeout(Duration.ofMillis(300));

            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").replyToHead();
            TestProxy.eventually(() -> proxy.inFlight(target) == 1);

            TestProxy.eventually(() -> proxy.inFlight(target) == 0);
            TestProxy.eventually(() -> target.open().isEmpty());
        }
    }

    @Test
    void piecesPassAsTheyCome() throws Exception {
        var next = new Semaphore(0);
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    for (var i = 0; i < 5; i++) {
                        connection.send("1\r\n" + i + "\r\n");
                        next.acquire();
                    }
                    connection.send("0\r\n\r\n");
                    connection.head();
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").replyToHead();

            for (var i = 0; i < 5; i++) {
                assertThat(client.read(6)).isEqualTo("1\r\n" + i + "\r\n");
                next.release();
            }

            assertThat(client.read(5)).isEqualTo("0\r\n\r\n");
        }
    }

    @Test
    void chunksAndTrailersPassAsTheyAre() throws IOException {
        var body = "5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n";
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.until("X-Sum: 1\r\n\r\n");
                    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n" + body);
                    connection.head();
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n" + body);

            assertThat(client.replyToHead().head()).contains("Transfer-Encoding: chunked", "Trailer: X-Sum");
            assertThat(client.read(body.length())).isEqualTo(body);
            assertThat(target.heads().getFirst()).contains("Transfer-Encoding: chunked", "Trailer: X-Sum");
        }
    }

    @Test
    void aClientIsToldToContinue() throws IOException {
        try (var target = ScriptedTarget.of(connection -> {
                    var head = connection.head();
                    connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                    connection.send(ScriptedTarget.ok(connection.body(head).toUpperCase(Locale.ROOT)));
                    connection.head();
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            client.send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(100);
            client.send("abc");

            var reply = client.reply();
            assertThat(reply.body()).isEqualTo("ABC");
            assertThat(reply.header("Connection")).isEqualTo("keep-alive");
        }
    }

    @Test
    void aClientThatIsNotToldToContinueCanNotGoOn() throws IOException {
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.send("HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n");
                    connection.head();
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            client.send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");

            assertThat(client.reply().header("Connection")).isEqualTo("close");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD, 200, 'Content-Length: 100'",
        "HEAD, 200, 'Transfer-Encoding: chunked'",
        "GET,  204, 'X: y'",
        "GET,  304, 'Content-Length: 100'",
    })
    void someAnswersEndWithTheirHead(String method, int status, String line) throws IOException {
        try (var target = ScriptedTarget.answering(head -> head.contains("/next")
                        ? ScriptedTarget.ok("next")
                        : "HTTP/1.1 " + status + " X\r\n" + line + "\r\n\r\n");
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            client.send(method + " / HTTP/1.1\r\nHost: h\r\n\r\n");

            assertThat(client.replyToHead().head()).contains(line);
            assertThat(client.get("/next").body()).isEqualTo("next");
            assertThat(target.connections()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionGetsChunks() throws IOException {
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    connection.send("HTTP/1.0 200 OK\r\n\r\nhello, ");
                    connection.send("world");
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            for (var i = 0; i < 3; i++) {
                var reply = client.get("/");
                assertThat(reply.header("Transfer-Encoding")).isEqualTo("chunked");
                assertThat(reply.body()).isEqualTo("hello, world");
            }
        }
    }

    @Test
    void aClientOfHttp10GetsNoChunks() throws IOException {
        try (var target = ScriptedTarget.answering(_ ->
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            var reply = client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    .reply();

            assertThat(reply.header("Transfer-Encoding")).isEmpty();
            assertThat(reply.header("Connection")).isEqualTo("close");
            assertThat(reply.body()).isEqualTo("hello world");
        }
    }

    @Test
    void anAnswerMayComeBeforeTheBodyHas() throws IOException {
        try (var target = ScriptedTarget.of(connection -> {
                    var head = connection.head();
                    connection.send(ScriptedTarget.ok("early"));
                    connection.body(head);
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {

            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nabc");
            assertThat(client.reply().body()).isEqualTo("early");
            client.send("def");

            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx");
            assertThat(client.reply().body()).isEqualTo("early");
        }
    }

    @Test
    void aListenersOwnAnswerComesBeforeTheBodyToo() throws IOException {
        try (var proxy = TestProxy.start()) {
            proxy.listen(new Action.FixedResponse(404, "text/plain", "none"));
            try (var client = RawClient.connect(proxy.port())) {

                client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nabc");
                assertThat(client.reply().body()).isEqualTo("none");
                client.send("defGET / HTTP/1.1\r\nHost: h\r\n\r\n");

                assertThat(client.reply().body()).isEqualTo("none");
            }
        }
    }

    @Test
    void aBodyThatComesInPiecesReachesTheTargetInPieces() throws Exception {
        var seen = new LinkedBlockingQueue<String>();
        try (var target = ScriptedTarget.of(connection -> {
                    connection.head();
                    for (var i = 0; i < 3; i++) {
                        seen.add(new String(connection.in().readNBytes(3), StandardCharsets.US_ASCII));
                    }
                    connection.send(ScriptedTarget.ok("done"));
                    connection.head();
                });
                var proxy = TestProxy.to(target);
                var client = RawClient.connect(proxy.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n");

            for (var part : new String[] {"abc", "def", "ghi"}) {
                client.send(part);
                assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(part);
            }

            assertThat(client.reply().body()).isEqualTo("done");
        }
    }

    interface Work<T> {
        T run() throws IOException;
    }

    private static <T> CompletableFuture<T> later(Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    /// Writes a large body and counts what could be written; returns its checksum.
    private static long produce(OutputStream out, AtomicLong sent) throws IOException {
        var crc = new CRC32();
        var piece = new byte[64 * 1024];
        for (var i = 0; i < LARGE / piece.length; i++) {
            Arrays.fill(piece, (byte) (i * 31));
            out.write(piece);
            crc.update(piece);
            sent.addAndGet(piece.length);
        }
        return crc.getValue();
    }

    private static long checksum(InputStream in, long length) throws IOException {
        var crc = new CRC32();
        var piece = new byte[64 * 1024];
        for (var left = length; left > 0; ) {
            var read = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (read < 0) {
                throw new IOException("ended " + left + " bytes early");
            }
            crc.update(piece, 0, read);
            left -= read;
        }
        return crc.getValue();
    }

    /// Waits until nothing more can be written for a third of a second.
    private static void waitUntilItStalls(AtomicLong sent) {
        var last = new long[] {-1, System.nanoTime()};
        TestProxy.eventually(() -> {
            if (sent.get() != last[0]) {
                last[0] = sent.get();
                last[1] = System.nanoTime();
            }
            return sent.get() > 0 && System.nanoTime() - last[1] > TimeUnit.MILLISECONDS.toNanos(330);
        });
    }
}
