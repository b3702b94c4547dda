package dev.hakoniwa.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A target that holds its port, so that nobody else can get it, and refuses every connection.
final class RefusingTarget implements AutoCloseable {
    private final Socket socket = new Socket();

    RefusingTarget() {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Address address() {
        return new Address("127.0.0.1", socket.getLocalPort());
    }

    /// Registered, and still taken for healthy.
    Target inService() {
        return new Target("127.0.0.1", socket.getLocalPort(), address(), Target.State.HEALTHY);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
