package dev.hakoniwa.ecs.placement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the cluster query language can ask about a container instance.
public interface Facts {
    boolean agentConnected();

    String agentVersion();

    String ec2InstanceId();

    Instant registeredAt();

    int runningTasksCount();

    /// The attribute's value, which is empty for an attribute that has only a name.
    Optional<String> attribute(String name);

    /// The groups of the tasks on the instance that haven't stopped.
    List<String> taskGroups();
}
