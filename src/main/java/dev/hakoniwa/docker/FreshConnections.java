package dev.hakoniwa.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;

/// Gives every request a connection of its own. On a local socket that costs microseconds; a pooled connection that an
/// engine's restart has cut would fail the first calls after it.
final class FreshConnections implements DockerHttpClient {
    private final DockerHttpClient transport;

    FreshConnections(DockerHttpClient transport) {
        this.transport = transport;
    }

    /// A connection that is taken over is nobody else's afterwards, and its header says that it is to be.
    @Override
    public Response execute(Request request) {
        if (request.hijackedInput() != null) {
            return transport.execute(request);
        }
        return transport.execute(
                Request.builder().from(request).putHeader("Connection", "close").build());
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
