package dev.hakoniwa.proxy;

import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;

/// What a socket can do that its public face doesn't offer.
final class Sockets {
    private Sockets() {}

    /// Closes at once. `NetSocket.close()` waits until all that was written is sent, which is never if the peer has
    /// stopped reading.
    static void abort(NetSocket socket) {
        var _ = ((NetSocketInternal) socket).channelHandlerContext().close();
    }

    /// Tells the peer that nothing more comes, once all that was written is sent; reading goes on.
    static void endOutput(NetSocket socket) {
        var channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        socket.write(Buffer.buffer()).onSuccess(_ -> {
            if (channel instanceof DuplexChannel duplex) {
                var _ = duplex.shutdownOutput();
            }
        });
    }
}
