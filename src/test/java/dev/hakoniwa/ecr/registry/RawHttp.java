package dev.hakoniwa.ecr.registry;

import dev.hakoniwa.ecr.TestEcr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// HTTP as no client would send it.
final class RawHttp {
    private RawHttp() {}

    /// The answer to a GET of a path that stays as it is.
    static String get(TestRegistry registry, String path) {
        return exchange(registry, """
                GET %s HTTP/1.1\r
                Host: localhost\r
                Authorization: %s\r
                Connection: close\r
                \r
                """.formatted(path, registry.login(TestEcr.ACCOUNT, TestEcr.REGION)));
    }

    /// Sends the text and reads all that comes back.
    static String exchange(TestRegistry registry, String text) {
        try (var socket = connect(registry)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends the text and goes away without waiting for an answer.
    static void sendAndBreak(TestRegistry registry, String text) {
        try (var socket = connect(registry)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(TestRegistry registry) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), registry.port());
        socket.setSoTimeout(20_000);
        return socket;
    }
}
