package dev.hakoniwa.ecs.task;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Errors;
import dev.hakoniwa.ecs.instance.ContainerInstance;
import dev.hakoniwa.ecs.task.state.TaskSpec.TaskNetwork;
import dev.hakoniwa.vpc.Networking;
import dev.hakoniwa.vpc.Networking.SubnetPlace;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// What RunTask and CreateService check alike before a task may be made from a definition (ecs-tasks.md §3).
public final class RunTaskChecks {
    private static final int MOST_SUBNETS = 16;
    private static final int MOST_SECURITY_GROUPS = 5;

    private RunTaskChecks() {}

    /// A launch type and a capacity provider strategy exclude one another.
    public static void oneCompute(@Nullable LaunchType launchType, List<?> strategy) {
        known(launchType);
        if (launchType != null && !strategy.isEmpty()) {
            throw Errors.invalidParameter(
                    "Specifying both a launch type and capacity provider strategy is not supported. "
                            + "Remove one and try again.");
        }
    }

    /// The launch type, if there is one, is one of ECS's.
    static void known(@Nullable LaunchType launchType) {
        if (launchType == LaunchType.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalidParameter("launchType should be one of [EC2,FARGATE,EXTERNAL,MANAGED_INSTANCES]");
        }
    }

    /// The definition can run on the launch type.
    public static void compatible(TaskDefinition definition, LaunchType launchType) {
        var needed = switch (launchType) {
            case EC2 -> Compatibility.EC2;
            case FARGATE -> Compatibility.FARGATE;
            case EXTERNAL -> Compatibility.EXTERNAL;
            case MANAGED_INSTANCES -> Compatibility.MANAGED_INSTANCES;
            case UNKNOWN_TO_SDK_VERSION -> throw Errors.invalidParameter("Invalid launch type.");
        };
        if (!definition.compatibilities().contains(needed)) {
            throw Errors.invalidParameter("Task definition does not support launch_type " + launchType + ".");
        }
    }

    /// There is something to run tasks of the launch type on.
    ///
    /// @param isAny whether the cluster has an ACTIVE container instance, all of which are EC2 instances
    static void instances(LaunchType launchType, boolean isAny) {
        var needed = launchType != LaunchType.FARGATE;
        if (needed && (!isAny || launchType != LaunchType.EC2)) {
            throw Errors.invalidParameter("No Container Instances were found in your cluster.");
        }
    }

    /// Fargate places by itself.
    public static void placement(
            LaunchType launchType, List<PlacementConstraint> constraints, List<PlacementStrategy> strategy) {
        if (launchType != LaunchType.FARGATE) {
            return;
        }
        if (!constraints.isEmpty()) {
            throw Errors.invalidParameter("Placement constraints are not supported with FARGATE launch type.");
        }
        if (!strategy.isEmpty()) {
            throw Errors.invalidParameter("Placement strategies are not supported with FARGATE launch type.");
        }
    }

    /// The network configuration fits the network mode, and its subnets and security groups exist, in one VPC.
    public static void network(
            Scope scope, Networking networking, TaskDefinition definition, @Nullable NetworkConfiguration given) {
        var awsvpc = given == null ? null : given.awsvpcConfiguration();
        if (definition.networkMode() != NetworkMode.AWSVPC) {
            if (awsvpc != null) {
                throw Errors.invalidParameter(
                        "Network Configuration is not valid for the given networkMode of this task definition.");
            }
            return;
        }
        if (awsvpc == null) {
            throw Errors.invalidParameter(
                    "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        }
        counts(awsvpc);
        var vpcs = awsvpc.subnets().stream()
                .map(id -> subnet(scope, networking, id).vpcId())
                .distinct()
                .toList();
        if (vpcs.size() > 1) {
            throw Errors.invalidParameter("The subnets must belong to the same VPC.");
        }
        awsvpc.securityGroups().forEach(id -> securityGroup(scope, networking, id, vpcs.getFirst()));
    }

    /// Where a task goes, given its subnets: each next one to the next subnet, which spreads them over the zones.
    public static TaskNetwork place(Scope scope, Networking networking, AwsVpcConfiguration awsvpc, int number) {
        var subnets = awsvpc.subnets();
        var place = subnet(scope, networking, subnets.get(Math.floorMod(number, subnets.size())));
        var groups = awsvpc.securityGroups().isEmpty()
                ? networking.defaultSecurityGroup(scope, place.vpcId()).stream().toList()
                : awsvpc.securityGroups();
        return new TaskNetwork(
                place.subnetId(), place.vpcId(), groups, awsvpc.assignPublicIp() == AssignPublicIp.ENABLED);
    }

    /// What a container instance must be able to do. Whether there is a driver for a volume only the engine knows.
    public static Set<String> attributes(TaskDefinition definition) {
        return definition.requiresAttributes().stream()
                .map(Attribute::name)
                .filter(name -> !name.startsWith("ecs.capability.docker-plugin."))
                .collect(Collectors.toSet());
    }

    /// The availability zone that a task is in.
    public static String zone(
            Scope scope, Networking networking, @Nullable TaskNetwork network, @Nullable ContainerInstance instance) {
        if (network != null) {
            return networking.subnet(scope, network.subnetId()).orElseThrow().availabilityZone();
        }
        return instance == null ? "" : instance.zone();
    }

    /// The zones of the subnets; none unless awsvpc.
    public static Set<String> zones(Scope scope, Networking networking, @Nullable NetworkConfiguration given) {
        return given == null || given.awsvpcConfiguration() == null
                ? Set.of()
                : given.awsvpcConfiguration().subnets().stream()
                        .map(id -> subnet(scope, networking, id).availabilityZone())
                        .collect(Collectors.toSet());
    }

    /// The configuration with those of its subnets that a container instance can reach.
    public static AwsVpcConfiguration within(
            Scope scope, Networking networking, AwsVpcConfiguration awsvpc, @Nullable ContainerInstance instance) {
        if (instance == null || instance.isEverywhere()) {
            return awsvpc;
        }
        var near = awsvpc.subnets().stream()
                .filter(id -> subnet(scope, networking, id).availabilityZone().equals(instance.zone()))
                .toList();
        return awsvpc.copy(a -> a.subnets(near));
    }

    private static void counts(AwsVpcConfiguration awsvpc) {
        if (awsvpc.subnets().isEmpty()) {
            throw Errors.invalidParameter("subnets can not be empty.");
        }
        if (awsvpc.subnets().size() > MOST_SUBNETS) {
            throw Errors.invalidParameter("subnets can have at most " + MOST_SUBNETS + " items.");
        }
        if (awsvpc.securityGroups().size() > MOST_SECURITY_GROUPS) {
            throw Errors.invalidParameter("securityGroups can have at most " + MOST_SECURITY_GROUPS + " items.");
        }
    }

    private static SubnetPlace subnet(Scope scope, Networking networking, String id) {
        return networking
                .subnet(scope, id)
                .orElseThrow(() -> Errors.invalidParameter(
                        "Error retrieving subnet information for [%s]: The subnet ID '%s' does not exist (ErrorCode: InvalidSubnetID.NotFound)"
                                .formatted(id, id)));
    }

    private static void securityGroup(Scope scope, Networking networking, String id, String vpcId) {
        var vpc = networking
                .vpcOfSecurityGroup(scope, id)
                .orElseThrow(() -> Errors.invalidParameter(
                        "Error retrieving security group information for [%s]: The security group '%s' does not exist (ErrorCode: InvalidGroup.NotFound)"
                                .formatted(id, id)));
        if (!Objects.equals(vpc, vpcId)) {
            throw Errors.invalidParameter(
                    "Security group %s does not appear to belong to the same VPC as the input subnets.".formatted(id));
        }
    }
}
