package dev.hakoniwa.elb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A small HTTP server that says its name, and answers `/slow` only when it is told to.
final class Backend implements AutoCloseable {
    private final String name;
    private final HttpServer server;
    private final Semaphore slow = new Semaphore(0);
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile int healthCode = 200;

    private Backend(String name) throws IOException {
        this.name = name;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    static Backend start(String name) {
        try {
            return new Backend(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// What health checks on `/health` get from now on.
    void healthCode(int code) {
        healthCode = code;
    }

    boolean isAsked() {
        return waiting.get() > 0;
    }

    void answerSlowOnes() {
        slow.release(waiting.get());
    }

    @Override
    public void close() {
        slow.release(1000);
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (path.equals("/slow")) {
            waiting.incrementAndGet();
            slow.acquireUninterruptibly();
            waiting.decrementAndGet();
        }
        var body = name.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(path.equals("/health") ? healthCode : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
