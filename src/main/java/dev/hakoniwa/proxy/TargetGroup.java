package dev.hakoniwa.proxy;

import java.time.Duration;

/// How a target group shares its requests out.
///
/// @param tls whether targets are spoken to over TLS (their certificates are not verified)
public record TargetGroup(String id, boolean tls, Version version, Balancing balancing) {
    /// The group's `ProtocolVersion`. A request over HTTP/1 for a group of another version gets a 464.
    public enum Version {
        HTTP1,
        HTTP2,
        GRPC
    }

    public enum Algorithm {
        ROUND_ROBIN,
        LEAST_OUTSTANDING_REQUESTS,
        WEIGHTED_RANDOM
    }

    /// How requests are shared out among the targets.
    ///
    /// @param slowStart how long the share of a target that has become healthy grows; zero for not at all
    public record Balancing(Algorithm algorithm, Stickiness stickiness, Duration slowStart, MinimumHealthy minimum) {
        public static final Balancing DEFAULT =
                new Balancing(Algorithm.ROUND_ROBIN, new Stickiness.Off(), Duration.ZERO, MinimumHealthy.DEFAULT);
    }

    /// With fewer healthy targets than this (in number, or in percent of all) requests go to all registered ones:
    /// `target_group_health.unhealthy_state_routing.minimum_healthy_targets`. A percentage of 0 is off.
    public record MinimumHealthy(int count, int percentage) {
        public static final MinimumHealthy DEFAULT = new MinimumHealthy(1, 0);
    }

    /// Whether a client stays with the target it got.
    public sealed interface Stickiness {
        record Off() implements Stickiness {}

        record LoadBalancerCookie(Duration duration) implements Stickiness {}

        record ApplicationCookie(String name, Duration duration) implements Stickiness {}
    }
}
