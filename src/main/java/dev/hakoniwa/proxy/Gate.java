package dev.hakoniwa.proxy;

import dev.hakoniwa.proxy.http.Field;
import dev.hakoniwa.proxy.http.Request;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the connections of one or several listening sockets have in common. Its entrance is replaced whenever the
/// configuration changes; connections that are open go on with the new one at their next request.
final class Gate {
    private final Duration connectTimeout;
    private final @Nullable String relayKey;
    private volatile Entrance entrance = Entrance.CLOSED;

    /// @param relayKey what the requests of [Relay] prove themselves by; absent if clients come in directly
    Gate(Duration connectTimeout, @Nullable String relayKey) {
        this.connectTimeout = connectTimeout;
        this.relayKey = relayKey;
    }

    Entrance entrance() {
        return entrance;
    }

    void entrance(Entrance next) {
        entrance = next;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    /// Who really sent a relayed request; absent if it came directly.
    @Nullable
    Address relayed(Request request) {
        var head = request.head();
        for (var i = 0; relayKey != null && i < head.size(); i++) {
            if (head.field(i) == Field.RELAY) {
                return Relay.client(head.value(i), relayKey);
            }
        }
        return null;
    }
}
