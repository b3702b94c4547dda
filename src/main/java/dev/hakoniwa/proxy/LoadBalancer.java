package dev.hakoniwa.proxy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An Application Load Balancer as the data plane sees it.
///
/// @param dnsName the name that chooses this load balancer among those that share a port
/// @param address its own loopback address (127.x.y.z), served besides the shared one where the machine allows it
public record LoadBalancer(
        String id, String dnsName, @Nullable String address, Attributes attributes, List<Listener> listeners) {
    public LoadBalancer {
        listeners = List.copyOf(listeners);
    }

    /// What `routing.http.xff_header_processing.mode` says.
    public enum ForwardedFor {
        APPEND,
        PRESERVE,
        REMOVE
    }

    /// The load balancer attributes that the data plane obeys.
    ///
    /// @param forwardClientPort `routing.http.xff_client_port.enabled`
    /// @param preserveHostHeader `routing.http.preserve_host_header.enabled`
    public record Attributes(
            Duration idleTimeout,
            Duration clientKeepAlive,
            ForwardedFor forwardedFor,
            boolean forwardClientPort,
            boolean preserveHostHeader) {
        public static final Attributes DEFAULT =
                new Attributes(Duration.ofSeconds(60), Duration.ofSeconds(3600), ForwardedFor.APPEND, false, false);
    }
}
