package dev.hakoniwa.elb.targetgroup;

import dev.hakoniwa.proxy.Address;
import dev.hakoniwa.proxy.Target;
import org.jspecify.annotations.Nullable;

/// A target in its group.
///
/// @param zone the Availability Zone it was registered with
/// @param address where it is really reached
/// @param life which of its lives this is: a check or timer of an earlier one is none of its business any more
public record RegisteredTarget(Name name, @Nullable String zone, Address address, long life, TargetState state) {

    /// What tells a target from the others of its group.
    ///
    /// @param id the IP address or instance id it was registered by
    public record Name(String id, int port) {}

    public String id() {
        return name.id();
    }

    public int port() {
        return name.port();
    }

    static String key(String targetGroup, Name name) {
        return targetGroup + " " + name.id() + " " + name.port();
    }

    RegisteredTarget with(TargetState newState) {
        return new RegisteredTarget(name, zone, address, life, newState);
    }

    RegisteredTarget with(long newLife, TargetState newState) {
        return new RegisteredTarget(name, zone, address, newLife, newState);
    }

    /// The target as the data plane routes to it.
    public Target route() {
        return new Target(id(), port(), address, routeState());
    }

    private Target.State routeState() {
        return switch (state) {
            case TargetState.Initial _ -> Target.State.INITIAL;
            case TargetState.Healthy _ -> Target.State.HEALTHY;
            case TargetState.Unhealthy _ -> Target.State.UNHEALTHY;
            case TargetState.Draining _ -> Target.State.DRAINING;
            case TargetState.Unused _ -> Target.State.UNUSED;
        };
    }
}
