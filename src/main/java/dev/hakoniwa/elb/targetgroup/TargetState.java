package dev.hakoniwa.elb.targetgroup;

import java.time.Instant;

/// How a registered target is, and what its next health check makes of it.
///
/// Counts are of consecutive results: one of the other kind begins again. A new target is healthy with its first good
/// check, as Application Load Balancers have it; one that was unhealthy needs as many as the healthy threshold says.
public sealed interface TargetState {
    /// New, and not yet known to be either.
    ///
    /// @param checked whether a health check has begun
    /// @param failures so far
    record Initial(boolean checked, int failures) implements TargetState {
        static final Initial NEW = new Initial(false, 0);
    }

    /// Gets requests.
    ///
    /// @param failures since the last good check
    record Healthy(int failures) implements TargetState {}

    /// Gets no requests as long as enough others do.
    ///
    /// @param fault of the last bad check
    /// @param successes since then
    record Unhealthy(Fault fault, int successes) implements TargetState {}

    /// Gets no new request and is forgotten at `until`.
    record Draining(Instant until) implements TargetState {}

    /// Gets no requests and is not checked.
    record Unused(Why why) implements TargetState {
        /// Why nobody uses a target.
        enum Why {
            GROUP_NOT_USED,
            ZONE_NOT_ENABLED
        }
    }

    /// What came of a health check.
    sealed interface Check {
        record Passed() implements Check {}

        record Failed(Fault fault) implements Check {}
    }

    /// Why a health check failed, in AWS's words.
    ///
    /// @param reason such as `Target.Timeout`
    record Fault(String reason, String description) {}

    /// How many results in a row change a target's health.
    record Thresholds(int healthy, int unhealthy) {}

    /// A health check begins.
    default TargetState begun() {
        return switch (this) {
            case Initial initial -> new Initial(true, initial.failures());
            case Healthy _, Unhealthy _, Draining _, Unused _ -> this;
        };
    }

    default TargetState after(Check check, Thresholds thresholds) {
        return switch (check) {
            case Check.Passed _ -> passed(thresholds.healthy());
            case Check.Failed failed -> failed(failed.fault(), thresholds.unhealthy());
        };
    }

    private TargetState passed(int healthyThreshold) {
        return switch (this) {
            case Unhealthy unhealthy
            when unhealthy.successes() + 1 < healthyThreshold ->
                new Unhealthy(unhealthy.fault(), unhealthy.successes() + 1);
            case Initial _, Healthy _, Unhealthy _ -> new Healthy(0);
            case Draining _, Unused _ -> this;
        };
    }

    private TargetState failed(Fault fault, int unhealthyThreshold) {
        return switch (this) {
            case Initial initial
            when initial.failures() + 1 < unhealthyThreshold -> new Initial(true, initial.failures() + 1);
            case Healthy healthy
            when healthy.failures() + 1 < unhealthyThreshold -> new Healthy(healthy.failures() + 1);
            case Initial _, Healthy _, Unhealthy _ -> new Unhealthy(fault, 0);
            case Draining _, Unused _ -> this;
        };
    }
}
