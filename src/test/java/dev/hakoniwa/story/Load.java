package dev.hakoniwa.story;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/// A load on a loopback port, by clients that send one request after the other: half of them over a connection that
/// they keep, half over a new one each time. Nothing is tried twice. It ends by itself after two minutes.
final class Load implements AutoCloseable {
    static final int CLIENTS = 8;

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient keeping = client(true);
    private final HttpClient connecting = client(false);
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients;
    private final long deadline = System.nanoTime() + LONGEST.toNanos();
    private volatile boolean stopped;

    /// What a client got.
    ///
    /// @param begun when the request was sent, by [System#nanoTime]
    /// @param status 0 where there was no answer
    /// @param text the body, or why there was no answer
    record Answer(long begun, int status, String text) {
        boolean failed() {
            return status != 200;
        }
    }

    private Load(int port, String host, String path) {
        clients = IntStream.range(0, CLIENTS)
                .mapToObj(number -> Thread.ofVirtual()
                        .start(() -> run(number % 2 == 0 ? keeping : connecting, request(port, host, path))))
                .toList();
    }

    /// A load on a port of this machine's.
    ///
    /// @param host the name that requests are for
    static Load on(int port, String host, String path) {
        return new Load(port, host, path);
    }

    private static RequestOptions request(int port, String host, String path) {
        return new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                .setHost(host)
                .setPort(port)
                .setURI(path);
    }

    /// What has been answered so far, in no order that matters.
    List<Answer> answers() {
        return List.copyOf(answers);
    }

    /// The answers to requests that were sent after a time of [System#nanoTime].
    List<Answer> begunAfter(long time) {
        return answers.stream().filter(answer -> answer.begun() > time).toList();
    }

    /// Lets every client end its last request.
    void stop() {
        stopped = true;
        for (var client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void run(HttpClient client, RequestOptions request) {
        while (!stopped && System.nanoTime() < deadline) {
            answers.add(ask(client, request));
        }
    }

    private static Answer ask(HttpClient client, RequestOptions wanted) {
        var begun = System.nanoTime();
        try {
            return client.request(wanted)
                    .compose(request -> request.send())
                    .compose(response -> response.body()
                            .map(body -> new Answer(
                                    begun,
                                    response.statusCode(),
                                    body.toString().strip())))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            return new Answer(begun, 0, String.valueOf(e.getCause()));
        }
    }

    private HttpClient client(boolean keepAlive) {
        return vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(keepAlive)
                .setMaxPoolSize(CLIENTS)
                .setConnectTimeout(5_000)
                .setReadIdleTimeout(10));
    }
}
