package dev.hakoniwa.proxy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a listener is really served.
///
/// @param port the port that the listener was created with
/// @param addresses where it listens; empty while nothing is bound yet
/// @param problem why it is not served at the loopback address on its own port, or not at one of the other addresses;
/// absent if all is well
public record Endpoint(
        String loadBalancerId,
        String dnsName,
        int port,
        List<Address> addresses,
        @Nullable String problem) {
    public Endpoint {
        addresses = List.copyOf(addresses);
    }
}
