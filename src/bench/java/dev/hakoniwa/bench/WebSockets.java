package dev.hakoniwa.bench;

import dev.hakoniwa.bench.Benchmark.Section;
import dev.hakoniwa.bench.Proxies.Proxy;
import dev.hakoniwa.bench.Table.Measure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// What 500 idle WebSockets cost through a load balancer, and whether all of them still carry a message after a while.
final class WebSockets implements Section {
    private static final int COUNT = 500;
    private static final int IDLE_MILLIS = 5000;
    private static final Measure MEMORY = new Measure("memory per idle WebSocket", Unit.BYTES);
    private static final Measure OPENING = new Measure("opening 500", Unit.SECONDS);

    /// A masked text frame that says hello.
    private static final byte[] HELLO = {
        (byte) 0x81, (byte) 0x85, 1, 2, 3, 4, 'h' ^ 1, 'e' ^ 2, 'l' ^ 3, 'l' ^ 4, 'o' ^ 1
    };

    private static final String REQUEST = """
            GET /chat HTTP/1.1\r
            Host: %s\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;
    private static final String ANSWER = """
            HTTP/1.1 101 Switching Protocols\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Accept: %s\r
            \r
            """;
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    @Override
    public void measure(Setup setup, Table table) throws Exception {
        try (var backend = new ServerSocket(0, COUNT, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(backend));
            try (var proxies = Proxies.before(setup, backend.getLocalPort(), table)) {
                for (var proxy : proxies.all()) {
                    close(open(proxy, 50)); // what the first connections bring with them
                }
                setup.alternate(1, proxies.all(), proxy -> measure(proxy, table));
            }
        }
    }

    private static void measure(Proxy proxy, Table table) throws Exception {
        var before = Machine.residentBytes(proxy.pid());
        var begin = System.nanoTime();
        var sockets = open(proxy, COUNT);
        table.add(OPENING, proxy.name(), (System.nanoTime() - begin) / 1e9);
        Thread.sleep(IDLE_MILLIS);
        table.add(MEMORY, proxy.name(), (Machine.residentBytes(proxy.pid()) - before) / COUNT);
        var alive = 0;
        for (var socket : sockets) {
            alive += echoes(socket) ? 1 : 0;
        }
        table.note("%s: %d of %d still open after %d s.".formatted(proxy.name(), alive, COUNT, IDLE_MILLIS / 1000));
        close(sockets);
    }

    private static List<Socket> open(Proxy proxy, int count) throws IOException {
        var sockets = new ArrayList<Socket>();
        for (var i = 0; i < count; i++) {
            var socket = new Socket();
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
            socket.getOutputStream().write(REQUEST.formatted(proxy.host()).getBytes(StandardCharsets.US_ASCII));
            var head = head(socket.getInputStream());
            if (!head.startsWith("http/1.1 101")) {
                throw new IOException(proxy.name() + " doesn't switch: " + head);
            }
            sockets.add(socket);
        }
        return sockets;
    }

    private static boolean echoes(Socket socket) {
        try {
            socket.getOutputStream().write(HELLO);
            return Arrays.equals(socket.getInputStream().readNBytes(HELLO.length), HELLO);
        } catch (IOException _) {
            return false;
        }
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }

    /// Switches on every connection and then gives back whatever comes. Health checks are answered with 200.
    private static void serve(ServerSocket server) {
        while (true) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            var head = head(socket.getInputStream());
            if (!head.contains("upgrade: websocket")) {
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                return;
            }
            var digest = MessageDigest.getInstance("SHA-1")
                    .digest(("dGhlIHNhbXBsZSBub25jZQ==" + MAGIC).getBytes(StandardCharsets.US_ASCII));
            var answer = ANSWER.formatted(Base64.getEncoder().encodeToString(digest));
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (Exception _) {
            // the other side is gone
        }
    }

    private static String head(InputStream input) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = input.read();
            if (next < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) next);
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }
}
