package dev.hakoniwa.elb;

import dev.hakoniwa.core.Scope;
import java.util.List;
import java.util.Optional;

/// What ECS asks of load balancing: who is in a target group, and how they are. Belongs inside a step of the writer.
public interface Targets {
    /// The [Health#detail] of a target that is not in its group, though the group is there.
    String NOT_REGISTERED = "Target is not registered to the target group";

    Optional<Group> group(Scope scope, String targetGroupArn);

    /// Registers a target; one that is draining comes back.
    void register(Scope scope, String targetGroupArn, Target target);

    /// Lets a target drain, then forgets it; unknown ones are no error.
    void deregister(Scope scope, String targetGroupArn, Target target);

    Health health(Scope scope, String targetGroupArn, Target target);

    /// A target group, as far as others need to know it.
    ///
    /// @param targetType `ip` or `instance`
    /// @param loadBalancers the ARNs of the load balancers that route to the group
    record Group(String arn, String targetType, String vpcId, List<String> loadBalancers) {}

    /// What a target group sends requests to.
    ///
    /// @param id an IP address or an instance id
    record Target(String id, int port) {}

    /// How a target is.
    ///
    /// @param state as DescribeTargetHealth tells it
    /// @param detail why it is unhealthy, such as `Health checks failed with these codes: [502]`, or [#NOT_REGISTERED];
    /// else empty
    /// @param idle whether no request is under way on a draining target, so that nothing is lost by stopping it
    record Health(State state, String detail, boolean idle) {}

    /// The states of a target (elbv2.md §4). A target that is not registered is UNUSED.
    enum State {
        INITIAL,
        HEALTHY,
        UNHEALTHY,
        DRAINING,
        UNUSED,
        UNAVAILABLE
    }
}
