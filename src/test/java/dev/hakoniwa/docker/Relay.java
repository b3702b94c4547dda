package dev.hakoniwa.docker;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A TCP port in front of the usual engine's unix socket, which a test cuts and restores as if the engine went away, or
/// stalls as if it hung.
public final class Relay implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final UnixDomainSocketAddress engine;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final int port;
    private ServerSocketChannel server;
    private volatile boolean stalled;

    public Relay() throws IOException {
        var usual =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build().getDockerHost();
        engine = UnixDomainSocketAddress.of(usual.getPath());
        server = listen(0);
        port = ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /// Where the engine is, as DOCKER_HOST says it.
    public String address() {
        return "tcp://127.0.0.1:" + port;
    }

    int accepted() {
        return accepted.get();
    }

    /// Breaks every connection, and takes no new one.
    void cut() throws IOException {
        server.close();
        breakConnections();
    }

    /// From now on everything is accepted and nothing answered.
    public void stall() {
        stalled = true;
    }

    void breakConnections() throws IOException {
        for (var connection : connections) {
            connection.close();
        }
        connections.clear();
    }

    void restore() throws IOException {
        server = listen(port);
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    /// A port that was just let go of may be busy a moment longer.
    private ServerSocketChannel listen(int wanted) throws IOException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        for (; ; ) {
            try {
                return listenNow(wanted);
            } catch (BindException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.yield();
            }
        }
    }

    private ServerSocketChannel listenNow(int wanted) throws IOException {
        var listening =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 1000);
        Thread.ofVirtual().name("relay").start(() -> accept(listening));
        return listening;
    }

    private void accept(ServerSocketChannel listening) {
        try {
            while (listening.isOpen()) {
                var client = listening.accept();
                var upstream = SocketChannel.open(engine);
                connections.add(client);
                connections.add(upstream);
                accepted.incrementAndGet();
                Thread.ofVirtual().name("relay-up").start(() -> copy(client, upstream));
                Thread.ofVirtual().name("relay-down").start(() -> copy(upstream, client));
            }
        } catch (IOException _) {
            // the listener was cut
        }
    }

    private void copy(ByteChannel from, ByteChannel to) {
        var buffer = ByteBuffer.allocate(64 * 1024);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining() && !stalled) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException _) {
            // one side was cut; the other is closed with it
        }
    }
}
