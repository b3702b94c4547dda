package dev.hakoniwa.ecs.placement;

import java.util.Set;

/// A container instance, as far as placement is concerned. What is counted is asked for only when it matters.
public interface Host extends Facts {
    String id();

    /// Whether it is in one of the availability zones.
    boolean isIn(Set<String> zones);

    long freeCpu();

    long freeMemory();

    int freeGpus();

    int freeInterfaces();

    /// Whether nobody has the port of the host, which is spelled as [Needs#ports] spells it.
    boolean isFree(String port);

    /// How many tasks of the group are on it that haven't stopped.
    int tasksOf(String group);
}
