package dev.hakoniwa.ecs.task.state;

import dev.hakoniwa.ecs.instance.ContainerInstance;
import dev.hakoniwa.ecs.placement.Needs;
import dev.hakoniwa.ecs.placement.Needs.HostPort;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.IpcMode;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PidMode;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// What a task is to be: fixed when it is asked for.
///
/// @param definition as registered
/// @param overrides as DescribeTasks gives them back
/// @param containers the definition's containers with the overrides applied
/// @param network null unless the network mode is awsvpc
/// @param targets the target groups that the task's containers belong in while it runs
/// @param ebs null unless a volume of the definition's is configured at launch
public record TaskSpec(
        TaskDefinition definition,
        TaskOverride overrides,
        List<ContainerDefinition> containers,
        Compute compute,
        @Nullable TaskNetwork network,
        Origin origin,
        List<Tag> tags,
        boolean executeCommand,
        List<TaskTarget> targets,
        @Nullable EbsVolume ebs) {
    public TaskSpec {
        containers = List.copyOf(containers);
        tags = List.copyOf(tags);
        targets = List.copyOf(targets);
    }

    /// A task as its definition is, for a service.
    public static TaskSpec of(
            TaskDefinition definition, Compute compute, @Nullable TaskNetwork network, Origin origin, Extras extras) {
        return new TaskSpec(
                definition,
                Overrides.complete(definition, null),
                definition.containerDefinitions(),
                compute,
                network,
                origin,
                extras.tags(),
                extras.executeCommand(),
                extras.targets(),
                extras.ebs());
    }

    /// What a service adds to its tasks.
    public record Extras(
            List<Tag> tags,
            boolean executeCommand,
            List<TaskTarget> targets,
            @Nullable EbsVolume ebs) {}

    public TaskSpec with(List<Tag> newTags) {
        return new TaskSpec(
                definition, overrides, containers, compute, network, origin, newTags, executeCommand, targets, ebs);
    }

    public TaskSpec with(EbsVolume made) {
        return new TaskSpec(
                definition, overrides, containers, compute, network, origin, tags, executeCommand, targets, made);
    }

    /// Whether the task's containers share namespaces, which a container of their own then holds.
    public boolean sharesNamespaces() {
        return network != null || definition.pidMode() == PidMode.TASK || definition.ipcMode() == IpcMode.TASK;
    }

    /// What the task takes of its container instance.
    public Needs needs() {
        return needs(definition, overrides, containers);
    }

    public static Needs needs(TaskDefinition definition, TaskOverride overrides, List<ContainerDefinition> containers) {
        var ports = containers.stream()
                .flatMap(container -> Ports.of(container).stream())
                .map(port -> new HostPort(port.hostPort(), port.transport()));
        return Needs.of(definition, overrides, containers, ports);
    }

    /// The ids of the GPUs that one of the containers has: the task's, in the order of its containers.
    public List<String> gpusOf(ContainerDefinition container) {
        var before = containers.stream()
                .takeWhile(other -> !other.name().equals(container.name()))
                .mapToInt(Needs::gpus)
                .sum();
        return gpus().stream().skip(before).limit(Needs.gpus(container)).toList();
    }

    /// The ids of the GPUs of its instance that the task has.
    public List<String> gpus() {
        return compute.placed() == null ? List.of() : compute.placed().gpus();
    }

    public NetworkMode networkMode() {
        return definition.networkMode() == null ? NetworkMode.BRIDGE : definition.networkMode();
    }

    public boolean isFargate() {
        return compute.launchType() == LaunchType.FARGATE;
    }

    /// What the task runs on.
    ///
    /// @param capacityProvider null for a task of a launch type alone
    /// @param platformVersion null but on Fargate
    /// @param placed null on Fargate
    public record Compute(
            LaunchType launchType,
            @Nullable String capacityProvider,
            @Nullable String platformVersion,
            String availabilityZone,
            @Nullable Placed placed) {
        /// The same on a container instance.
        ///
        /// @param gpus the ids of those of the instance's that the task has
        public Compute on(ContainerInstance instance, List<String> gpus) {
            return new Compute(
                    launchType,
                    capacityProvider,
                    platformVersion,
                    availabilityZone,
                    new Placed(instance.key().id(), instance.ec2InstanceId(), gpus));
        }
    }

    /// The container instance that a task runs on, the EC2 instance that this is, and which of its GPUs the task has.
    public record Placed(String id, String ec2InstanceId, List<String> gpus) {
        public Placed {
            gpus = List.copyOf(gpus);
        }
    }

    /// Where in the VPC an awsvpc task is.
    public record TaskNetwork(String subnetId, String vpcId, List<String> securityGroups, boolean assignPublicIp) {
        public TaskNetwork {
            securityGroups = List.copyOf(securityGroups);
        }
    }

    /// Who asked for the task. `group` is `family:F` or `service:S`, `startedBy` may be empty.
    /// @param digests of the images by which its service deployment goes, by container; none where nothing pins them
    public record Origin(String group, String startedBy, Map<String, String> digests) {
        public Origin {
            digests = Map.copyOf(digests);
        }

        public Origin(String group, String startedBy) {
            this(group, startedBy, Map.of());
        }
    }

    /// A target group that a container's port is registered in.
    public record TaskTarget(String targetGroupArn, String containerName, int containerPort) {}
}
