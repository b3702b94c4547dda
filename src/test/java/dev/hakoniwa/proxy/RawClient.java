package dev.hakoniwa.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A client that says exactly what it is told to.
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    /// @param head status line and header lines
    record Reply(int status, List<String> head, String body) {
        String header(String name) {
            return headers(name).isEmpty() ? "" : headers(name).getFirst();
        }

        List<String> headers(String name) {
            return head.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }
    }

    private RawClient(String host, int port) throws IOException {
        socket = new Socket(host, port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    static RawClient connect(int port) throws IOException {
        return new RawClient("127.0.0.1", port);
    }

    static RawClient connect(Address address) throws IOException {
        return new RawClient(address.host(), address.port());
    }

    /// One request on a connection of its own.
    static Reply get(int port, String path, String... headers) throws IOException {
        try (var client = connect(port)) {
            return client.get(path, headers);
        }
    }

    Reply get(String path, String... headers) throws IOException {
        return request("GET " + path + " HTTP/1.1", headers);
    }

    /// A request without a body. `Host: test` is added if no header line names a host.
    Reply request(String line, String... headers) throws IOException {
        var hosted = Arrays.stream(headers).anyMatch(header -> header.startsWith("Host:"));
        send(line + "\r\n" + (hosted ? "" : "Host: test\r\n") + String.join("\r\n", headers)
                + (headers.length == 0 ? "" : "\r\n") + "\r\n");
        return line.startsWith("HEAD") ? replyToHead() : reply();
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Reply reply() throws IOException {
        var reply = replyToHead();
        return new Reply(reply.status(), reply.head(), body(reply));
    }

    /// An answer that has no body whatever its head says.
    Reply replyToHead() throws IOException {
        var head = Arrays.asList(readHead().split("\r\n"));
        return new Reply(Integer.parseInt(head.getFirst().split(" ")[1]), head, "");
    }

    /// What comes next, `length` bytes of it.
    String read(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /// All that comes until the connection ends.
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /// Whether the other side has closed the connection, or does so before long.
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException _) {
            return true;
        }
    }

    InputStream in() {
        return in;
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String readHead() throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            var b = in.read();
            if (b < 0) {
                throw new IOException("ended after " + bytes);
            }
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private String body(Reply reply) throws IOException {
        if (reply.status() < 200 || reply.status() == 204 || reply.status() == 304) {
            return "";
        }
        if (reply.header("Transfer-Encoding").equals("chunked")) {
            return chunks();
        }
        var length = reply.header("Content-Length");
        return length.isEmpty() ? rest() : read(Integer.parseInt(length));
    }

    private String chunks() throws IOException {
        var body = new StringBuilder();
        for (var size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.append(read(size));
            line();
        }
        line();
        return body.toString();
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith("\r\n")) {
            var b = in.read();
            if (b < 0) {
                throw new IOException("ended after " + text);
            }
            text.append((char) b);
        }
        return text.substring(0, text.length() - 2);
    }
}
