package dev.hakoniwa.proxy;

import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;

/// What a socket can do that its public face doesn't offer.
final class Sockets {
    private Sockets() {}

    /// Closes at once. `NetSocket.close()` waits until all that was written is sent, which is never if the peer has
    /// stopped reading.
    static void abort(NetSocket socket) {
        var unused = ((NetSocketInternal) socket).channelHandlerContext().close();
    }
}
