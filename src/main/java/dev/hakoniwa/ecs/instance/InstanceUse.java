package dev.hakoniwa.ecs.instance;

/// What is on container instances, told by who puts it there.
public interface InstanceUse {
    /// The instance is gone: what is on it has nowhere to be any more.
    void orphan(InstanceKey instance);
}
