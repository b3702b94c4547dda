package dev.hakoniwa.ecs.instance;

import dev.hakoniwa.core.Scope;

/// A container instance has come, has gone, or takes tasks differently from before.
public record InstanceChanged(Scope scope, String cluster) {}
