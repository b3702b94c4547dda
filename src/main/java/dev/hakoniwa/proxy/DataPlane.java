package dev.hakoniwa.proxy;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// What the load balancing API tells the data plane, and what it may ask it. Every method may be called from any thread
/// and returns at once; new requests see the change as soon as the method has returned.
public interface DataPlane {
    /// Puts a load balancer with all its listeners and rules in the place of the one with the same id. Load balancers
    /// are as old as their first `apply`. The stage completes when every socket is bound or has been given up, with the
    /// endpoints of this load balancer; it never fails.
    CompletionStage<List<Endpoint>> apply(LoadBalancer loadBalancer);

    /// Takes a load balancer away. Requests in flight finish. The stage completes when the sockets that nobody else
    /// listens on are closed.
    CompletionStage<Void> remove(String loadBalancerId);

    /// Puts the settings of a target group in the place of those of the same id. May come before or after the rules
    /// that forward to it; a group that was never told has AWS's defaults and no targets.
    void group(TargetGroup group);

    void removeGroup(String groupId);

    /// Replaces the targets of a group and their states. A target that is no longer there (or is draining or unused)
    /// gets no new request and its idle connections are closed; what is in flight on it may finish.
    void targets(String groupId, List<Target> targets);

    /// How many requests and upgraded connections a target is busy with, also one that is no longer in its group.
    int inFlight(String groupId, String targetId, int port);

    /// Ends what is still in flight on a target, as when the deregistration delay has passed: a request that has no
    /// answer yet gets a 502, other connections are closed.
    void cut(String groupId, String targetId, int port);

    /// Every listener of every load balancer, oldest load balancer first.
    List<Endpoint> endpoints();

    /// What a load balancer has done since it was first applied; all zero for one that is unknown.
    Traffic traffic(String loadBalancerId);
}
