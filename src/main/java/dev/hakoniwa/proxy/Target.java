package dev.hakoniwa.proxy;

/// A registered target. Its id and port are AWS's name for it; its address is where the proxy really reaches it, which
/// may be a published port of the loopback address.
public record Target(String id, int port, Address address, State state) {
    /// The states that make a difference to routing.
    public enum State {
        INITIAL,
        HEALTHY,
        UNHEALTHY,
        /// Gets no new request, finishes those it has.
        DRAINING,
        UNUSED
    }
}
