package dev.hakoniwa.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Sends and fetches blobs over a bare socket, so that the client costs as little as it can. Every exchange has its own
/// connection.
record BlobClient(int port, Optional<String> authorization) {
    private static final int BUFFER = 1024 * 1024;

    static String digest(byte[] content) throws NoSuchAlgorithmException {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    /// Uploads a blob as one PUT; gives back how many seconds that took.
    double put(String repository, String digest, byte[] content) throws IOException {
        var opened = exchange("POST", "/v2/" + repository + "/blobs/uploads/", new byte[0]);
        var location = Aws.first("(?i)\r\nlocation: (?:http://[^/]*)?([^\r]+)", mustBe(202, opened));
        var separator = location.contains("?") ? "&" : "?";
        var begin = System.nanoTime();
        var _ = mustBe(201, exchange("PUT", location + separator + "digest=" + digest, content));
        return (System.nanoTime() - begin) / 1e9;
    }

    /// Fetches a blob; gives back how many seconds that took.
    double get(String repository, String digest) throws IOException {
        var begin = System.nanoTime();
        var head = exchange("GET", "/v2/" + repository + "/blobs/" + digest, new byte[0]);
        var _ = mustBe(200, head);
        return (System.nanoTime() - begin) / 1e9;
    }

    private static String mustBe(int status, String head) throws IOException {
        if (!head.startsWith("HTTP/1.1 " + status)) {
            throw new IOException(head);
        }
        return head;
    }

    /// Sends a request and reads the whole answer, of which it gives back the head.
    private String exchange(String method, String path, byte[] body) throws IOException {
        try (var socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            var request = "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n"
                    .formatted(
                            method,
                            path,
                            port,
                            body.length,
                            authorization
                                    .map(text -> "Authorization: " + text + "\r\n")
                                    .orElse(""));
            send(socket, ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            for (var at = 0; at < body.length; at += BUFFER) {
                send(socket, ByteBuffer.wrap(body, at, Math.min(BUFFER, body.length - at)));
            }
            return receive(socket);
        }
    }

    private static void send(SocketChannel socket, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
    }

    private static String receive(SocketChannel socket) throws IOException {
        var buffer = ByteBuffer.allocateDirect(BUFFER);
        var head = "";
        while (socket.read(buffer) >= 0) {
            if (head.isEmpty()) {
                head = StandardCharsets.ISO_8859_1
                        .decode(buffer.duplicate().flip())
                        .toString();
            }
            buffer.clear();
        }
        return head;
    }
}
