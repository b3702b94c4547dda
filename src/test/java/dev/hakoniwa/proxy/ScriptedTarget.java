package dev.hakoniwa.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A target of which every byte is in the test's hands.
final class ScriptedTarget implements AutoCloseable {
    private final ServerSocket server;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();

    /// What the target does with a connection; it is closed when the script is done.
    interface Script {
        void serve(Connection connection) throws Exception;
    }

    private ScriptedTarget(Script script) throws IOException {
        server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> accept(script));
    }

    static ScriptedTarget of(Script script) {
        try {
            return new ScriptedTarget(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Answers each request with what the function makes of its head. Bodies are read to their end.
    static ScriptedTarget answering(Function<String, String> answer) {
        return of(connection -> {
            for (var head = connection.head(); !head.isEmpty(); head = connection.head()) {
                connection.body(head);
                connection.send(answer.apply(head));
            }
        });
    }

    static ScriptedTarget saying(String text) {
        return answering(_ -> ok(text));
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    int port() {
        return server.getLocalPort();
    }

    Address address() {
        return new Address("127.0.0.1", port());
    }

    /// The head of every request so far.
    List<String> heads() {
        return heads;
    }

    int connections() {
        return accepted.get();
    }

    List<Connection> open() {
        return connections;
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var connection : connections) {
                connection.socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(Script script) {
        try {
            while (true) {
                var connection = new Connection(server.accept());
                accepted.incrementAndGet();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(script, connection));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Script script, Connection connection) {
        try (var socket = connection.socket) {
            script.serve(connection);
        } catch (Exception _) {
            // the other side has gone, which the test sees there
        } finally {
            connections.remove(connection);
        }
    }

    final class Connection {
        final Socket socket;
        private final InputStream in;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
        }

        /// The next head with its empty line; empty when the connection has ended.
        String head() throws IOException {
            var bytes = new ByteArrayOutputStream();
            for (var b = in.read(); b >= 0; b = in.read()) {
                bytes.write(b);
                if (b == '\n' && bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                    var head = bytes.toString(StandardCharsets.ISO_8859_1);
                    heads.add(head);
                    return head;
                }
            }
            return "";
        }

        /// The body that belongs to the head, chunks and trailers as they are on the wire.
        String body(String head) throws IOException {
            var lower = head.toLowerCase(Locale.ROOT);
            if (lower.contains("transfer-encoding: chunked")) {
                return until("0\r\n\r\n");
            }
            var at = lower.indexOf("content-length: ");
            var length = at < 0 ? 0 : Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at)));
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        }

        String until(String end) throws IOException {
            var text = new StringBuilder();
            while (!text.toString().endsWith(end)) {
                var b = in.read();
                if (b < 0) {
                    throw new IOException("ended after " + text);
                }
                text.append((char) b);
            }
            return text.toString();
        }

        InputStream in() {
            return in;
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
