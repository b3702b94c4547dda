package dev.hakoniwa.ecs;

import dev.hakoniwa.core.Arn;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the ECS agent knows of the tasks it runs and does for them: what the endpoints inside tasks stand on. It may be
/// asked outside of any step.
public interface Agent {
    /// The container that an endpoint id of its environment stands for; empty once its task has stopped.
    Optional<Endpoint> endpoint(String id);

    /// The task whose address on a network this is. Tasks in host mode have none of their own.
    Optional<TaskMetadata> taskAt(String address);

    /// The container instance of the task whose address on a network this is; empty for one of Fargate.
    Optional<Instance> instanceOf(String address);

    /// Whether the task that an id of its environment stands for has a container that may run already at an address
    /// of its own that isn't known yet.
    boolean isStarting(String id);

    /// The role that a credentials id of a task's environment stands for; empty once the task has stopped.
    Optional<TaskRole> role(String credentialsId);

    /// How far the task that an id of its environment stands for is protected from its service.
    TaskProtection protection(String id);

    /// Protects a task from its service, or ends that.
    ///
    /// @param minutes null for two hours
    TaskProtection protect(String id, boolean enabled, @Nullable Integer minutes);

    /// What a container uses, in the JSON of Docker's API; empty if it doesn't run. Blocks.
    ///
    /// @param engineId of a container or of the task's namespace
    Optional<String> stats(String engineId);

    /// How many bytes the images of a task's containers, each counted once, and what these have written take; empty if
    /// the engine can't tell. Volumes aren't counted. Blocks.
    OptionalLong stored(TaskMetadata task);

    /// Runs a command of this machine in the network namespace of a task; empty where that can't be entered from here.
    /// Blocks.
    Optional<NetworkCommand> runInNetworkOf(TaskMetadata task, List<String> command);

    /// A container, and the task it is in.
    record Endpoint(TaskMetadata task, ContainerMetadata container) {}

    /// A container instance, as its agent tells it.
    ///
    /// @param version the agent's
    /// @param tasks those on it that haven't stopped
    record Instance(String cluster, String arn, String version, List<TaskMetadata> tasks) {
        public Instance {
            tasks = List.copyOf(tasks);
        }
    }

    /// The role of a task.
    ///
    /// @param session the name of its sessions: the task's id
    record TaskRole(String taskArn, Arn role, String session) {}

    /// How a command ended.
    ///
    /// @param output all that it wrote
    record NetworkCommand(boolean succeeded, String output) {}
}
