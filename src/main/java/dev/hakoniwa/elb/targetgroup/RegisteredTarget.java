package dev.hakoniwa.elb.targetgroup;

import dev.hakoniwa.proxy.Address;
import dev.hakoniwa.proxy.Target;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A target in its group.
///
/// @param life which of its lives this is: a check or timer of an earlier one is none of its business any more
public record RegisteredTarget(Name name, Place place, long life, TargetState state) {

    /// What tells a target from the others of its group.
    ///
    /// @param id the IP address or instance id it was registered by
    public record Name(String id, int port) {}

    /// Where a target is.
    ///
    /// @param address where it is really reached
    /// @param zone the Availability Zone it is in; `all` or absent for one that is in none
    public record Place(Address address, @Nullable String zone) {
        private static final String ALL_ZONES = "all";

        /// Whether a load balancer in these zones sends requests there.
        boolean isIn(Set<String> zones) {
            return zone == null || zone.equals(ALL_ZONES) || zones.contains(zone);
        }
    }

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
        return new RegisteredTarget(name, place, life, newState);
    }

    RegisteredTarget with(long newLife, TargetState newState) {
        return new RegisteredTarget(name, place, newLife, newState);
    }

    /// The target as the data plane routes to it.
    public Target route() {
        return new Target(id(), port(), place.address(), routeState());
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
