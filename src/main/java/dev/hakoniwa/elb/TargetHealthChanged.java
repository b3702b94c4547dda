package dev.hakoniwa.elb;

import dev.hakoniwa.core.Scope;

/// A target of the group is in another state than before, or has come or gone.
public record TargetHealthChanged(Scope scope, String targetGroupArn) {}
