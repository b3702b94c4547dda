package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.testing.WireTest;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.Tag;

/// Services that ECS refuses to create, and its words for why.
@WireTest
final class RejectedServiceTest {
    private static final String INVALID = "InvalidParameterException";

    private final Story story = Story.calm();
    private final EcsClient ecs = story.ecs();
    private final FrontEnd front = new FrontEnd(story);

    @BeforeEach
    void definitions() {
        ecs.putClusterCapacityProviders(p -> p.cluster("default")
                .capacityProviders("FARGATE", "FARGATE_SPOT")
                .defaultCapacityProviderStrategy(List.of()));
        story.define("bridge", container("app", c -> c.portMappings(p -> p.containerPort(80))));
        story.defineAwsvpc("awsvpc", container("app", c -> c.portMappings(p -> p.containerPort(80))));
        story.defineFargate("fargate", container("app"));
        var old = story.define("old", container("app"));
        ecs.deregisterTaskDefinition(d -> d.taskDefinition(old));
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                refused(INVALID, "Service name cannot be blank.", s -> s.serviceName(null)),
                refused(INVALID, "Service name cannot be blank.", s -> s.serviceName("")),
                refused(INVALID, "Invalid service name", s -> s.serviceName("a b")),
                refused(INVALID, "Invalid service name", s -> s.serviceName("a".repeat(256))),
                refused(INVALID, "clientToken can have at most 36 characters.", s -> s.clientToken("t".repeat(37))),
                refused("ClusterNotFoundException", "Cluster not found.", s -> s.cluster("nowhere")),
                refused(INVALID, "TaskDefinition can not be blank.", s -> s.taskDefinition(null)),
                refused("ClientException", "TaskDefinition not found.", s -> s.taskDefinition("nothing")),
                refused("ClientException", "TaskDefinition not found.", s -> s.taskDefinition("bridge:7")),
                refused("ClientException", "TaskDefinition is inactive", s -> s.taskDefinition("old:1")),
                refused(INVALID, "desiredCount is required", s -> s.desiredCount(null)),
                refused(INVALID, "desiredCount cannot be negative.", s -> s.desiredCount(-1)),
                refused(INVALID, "desiredCount cannot be greater than 5000.", s -> s.desiredCount(5001)),
                refused(
                        INVALID,
                        "healthCheckGracePeriodSeconds must not be negative.",
                        s -> s.healthCheckGracePeriodSeconds(-1)),
                refused(
                        INVALID,
                        "The service couldn't be created because a valid taskRoleArn is not being used. "
                                + "Specify a valid task role in your task definition and try again.",
                        s -> s.enableExecuteCommand(true)),
                refused(
                        INVALID,
                        "launchType should be one of [EC2,FARGATE,EXTERNAL,MANAGED_INSTANCES]",
                        s -> s.launchType("MAINFRAME")),
                refused(
                        INVALID,
                        "schedulingStrategy should be one of [REPLICA,DAEMON]",
                        s -> s.schedulingStrategy("SOLO")),
                refused(
                        INVALID,
                        "propagateTags should be one of [TASK_DEFINITION,SERVICE,NONE]",
                        s -> s.propagateTags("ALL")),
                refused(
                        INVALID,
                        "availabilityZoneRebalancing should be one of [ENABLED,DISABLED]",
                        s -> s.availabilityZoneRebalancing("PERHAPS")),
                refused(
                        INVALID,
                        "deploymentController type should be one of [ECS,CODE_DEPLOY,EXTERNAL]",
                        s -> s.deploymentController(c -> c.type("JENKINS"))),
                refused(
                        INVALID,
                        "aws: prefixed tag key names are not allowed for external use.",
                        s -> s.tags(Tag.builder().key("aws:x").value("y").build())));
    }

    static Stream<Arguments> computes() {
        return Stream.of(
                refused(
                        INVALID,
                        "Specifying both a launch type and capacity provider strategy is not supported. "
                                + "Remove one and try again.",
                        s -> s.launchType("FARGATE").capacityProviderStrategy(item("FARGATE", 1, 0))),
                refused(
                        INVALID,
                        "The specified capacity provider strategy cannot contain a capacity provider that is not "
                                + "associated with the cluster. Associate the capacity provider with the cluster and "
                                + "try again.",
                        s -> s.capacityProviderStrategy(item("mine", 1, 0))),
                refused(
                        INVALID,
                        "The specified capacity provider strategy does not contain any capacity providers with a "
                                + "weight value greater than 0.",
                        s -> s.capacityProviderStrategy(item("FARGATE", 0, 0), item("FARGATE_SPOT", 0, 0))),
                refused(
                        INVALID,
                        "Only one capacity provider in a capacity provider strategy can have a base value greater than 0.",
                        s -> s.capacityProviderStrategy(item("FARGATE", 1, 1), item("FARGATE_SPOT", 1, 1))),
                refused(INVALID, "Task definition does not support launch_type FARGATE.", s -> s.launchType("FARGATE")),
                refused(
                        INVALID,
                        "The platform version must be null when specifying an EC2 launch type.",
                        s -> s.platformVersion("1.4.0")),
                refused(
                        "PlatformUnknownException",
                        "The specified platform does not exist.",
                        s -> s.taskDefinition("fargate")
                                .launchType("FARGATE")
                                .networkConfiguration(subnets("SUBNET"))
                                .platformVersion("9.9.9")),
                refused(
                        INVALID,
                        "Placement constraints are not supported with FARGATE launch type.",
                        s -> s.taskDefinition("fargate")
                                .launchType("FARGATE")
                                .networkConfiguration(subnets("SUBNET"))
                                .placementConstraints(constraint("distinctInstance"))),
                refused(
                        INVALID,
                        "Placement strategies are not supported with FARGATE launch type.",
                        s -> s.taskDefinition("fargate")
                                .launchType("FARGATE")
                                .networkConfiguration(subnets("SUBNET"))
                                .placementStrategy(strategy("random"))),
                refused(
                        INVALID,
                        "placementConstraints type should be one of [distinctInstance,memberOf]",
                        s -> s.placementConstraints(constraint("sameInstance"))),
                refused(
                        INVALID,
                        "placementStrategy type should be one of [random,spread,binpack]",
                        s -> s.placementStrategy(strategy("heap"))),
                refused(
                        INVALID,
                        "placementConstraints can have at most 10 items.",
                        s -> s.placementConstraints(Collections.nCopies(11, constraint("distinctInstance")))),
                refused(
                        INVALID,
                        "placementStrategy can have at most 5 items.",
                        s -> s.placementStrategy(Collections.nCopies(6, strategy("random")))));
    }

    static Stream<Arguments> networks() {
        return Stream.of(
                refused(
                        INVALID,
                        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
                        s -> s.taskDefinition("awsvpc")),
                refused(
                        INVALID,
                        "Network Configuration is not valid for the given networkMode of this task definition.",
                        s -> s.networkConfiguration(subnets("SUBNET"))),
                refused(
                        INVALID,
                        "subnets can not be empty.",
                        s -> s.taskDefinition("awsvpc").networkConfiguration(subnets())),
                refused(
                        INVALID,
                        "Error retrieving subnet information for [subnet-0]: The subnet ID 'subnet-0' does not exist "
                                + "(ErrorCode: InvalidSubnetID.NotFound)",
                        s -> s.taskDefinition("awsvpc").networkConfiguration(subnets("subnet-0"))),
                refused(
                        INVALID,
                        "Error retrieving security group information for [sg-0]: The security group 'sg-0' does not "
                                + "exist (ErrorCode: InvalidGroup.NotFound)",
                        s -> s.taskDefinition("awsvpc")
                                .networkConfiguration(n -> n.awsvpcConfiguration(
                                        v -> v.subnets("SUBNET").securityGroups("sg-0")))));
    }

    static Stream<Arguments> deployments() {
        return Stream.of(
                refused(
                        INVALID,
                        "maximumPercent and minimumHealthyPercent must not be negative.",
                        s -> s.deploymentConfiguration(d -> d.minimumHealthyPercent(-1))),
                refused(
                        INVALID,
                        "maximumPercent must be greater than or equal to minimumHealthyPercent.",
                        s -> s.deploymentConfiguration(
                                d -> d.minimumHealthyPercent(150).maximumPercent(120))),
                refused(
                        INVALID,
                        "maximumPercent must be 100 or greater.",
                        s -> s.deploymentConfiguration(
                                d -> d.minimumHealthyPercent(0).maximumPercent(99))),
                refused(
                        INVALID,
                        "strategy should be one of [ROLLING,BLUE_GREEN,LINEAR,CANARY]",
                        s -> s.deploymentConfiguration(d -> d.strategy("BIG_BANG"))),
                refused(
                        INVALID,
                        "bakeTimeInMinutes must be between 0 and 1440.",
                        s -> s.deploymentConfiguration(d -> d.bakeTimeInMinutes(1441))),
                refused(
                        INVALID,
                        "thresholdConfiguration type should be one of [COUNT,BOUNDED_PERCENT,UNBOUNDED_PERCENT]",
                        s -> s.deploymentConfiguration(d -> d.deploymentCircuitBreaker(c -> c.enable(true)
                                .rollback(true)
                                .thresholdConfiguration(t -> t.type("FEELING").value(1))))),
                refused(
                        INVALID,
                        "thresholdConfiguration value must be 1 or greater.",
                        s -> s.deploymentConfiguration(d -> d.deploymentCircuitBreaker(c -> c.enable(true)
                                .rollback(true)
                                .thresholdConfiguration(t -> t.type("COUNT").value(0))))),
                refused(
                        INVALID,
                        "Availability Zone rebalancing can only be ENABLED",
                        s -> s.availabilityZoneRebalancing("ENABLED")
                                .deploymentConfiguration(d -> d.maximumPercent(100))),
                refused(
                        INVALID,
                        "Availability Zone rebalancing can only be ENABLED",
                        s -> s.availabilityZoneRebalancing("ENABLED").placementStrategy(strategy("random"))));
    }

    static Stream<Arguments> loadBalancers() {
        return Stream.of(
                refused(INVALID, "containerName can not be blank.", s -> s.loadBalancers(balancer("GROUP", null, 80))),
                refused(
                        INVALID,
                        "containerPort can not be blank.",
                        s -> s.loadBalancers(balancer("GROUP", "app", null))),
                refused(
                        INVALID,
                        "The container side does not exist in the task definition.",
                        s -> s.loadBalancers(balancer("GROUP", "side", 80))),
                refused(
                        INVALID,
                        "The container app did not have a container port 81 defined.",
                        s -> s.loadBalancers(balancer("GROUP", "app", 81))),
                refused(INVALID, "targetGroupArn can not be blank.", s -> s.loadBalancers(balancer(null, "app", 80))),
                refused(
                        INVALID,
                        "The specified target group NOWHERE does not exist.",
                        s -> s.loadBalancers(balancer("NOWHERE", "app", 80))),
                refused(
                        INVALID,
                        "The target group with targetGroupArn UNUSED does not have an associated load balancer.",
                        s -> s.loadBalancers(balancer("UNUSED", "app", 80))),
                refused(
                        INVALID,
                        "The provided target group GROUP has target type instance, which is incompatible with the "
                                + "awsvpc network mode specified in the task definition.",
                        s -> s.taskDefinition("awsvpc")
                                .networkConfiguration(subnets("SUBNET"))
                                .loadBalancers(balancer("GROUP", "app", 80))),
                refused(
                        INVALID,
                        "The provided target group ADDRESSES has target type ip, which is incompatible with the bridge "
                                + "network mode specified in the task definition.",
                        s -> s.loadBalancers(balancer("ADDRESSES", "app", 80))),
                refused(
                        INVALID,
                        "loadBalancers can have at most 5 items.",
                        s -> s.loadBalancers(Collections.nCopies(6, balancer("GROUP", "app", 80)))),
                refused(
                        INVALID,
                        "Duplicate targetGroupArn found: GROUP",
                        s -> s.loadBalancers(Collections.nCopies(2, balancer("GROUP", "app", 80)))),
                refused(
                        INVALID,
                        "You cannot specify an IAM role for services that require a service linked role.",
                        s -> s.taskDefinition("awsvpc")
                                .networkConfiguration(subnets("SUBNET"))
                                .role("registers")
                                .loadBalancers(balancer("ADDRESSES", "app", 80))),
                refused(
                        INVALID,
                        "An IAM role is only valid for services configured to use load balancers.",
                        s -> s.role("registers")));
    }

    @ParameterizedTest
    @MethodSource({"requests", "computes", "networks", "deployments", "loadBalancers"})
    void aServiceIsRefused(String code, String text, Consumer<CreateServiceRequest.Builder> spoil) {
        var subnet = story.aws().subnets().getFirst();
        var group = front.instanceGroup("group");
        var addresses = front.group("addresses");
        var unused = front.unbalanced("unused", "instance");
        var request = CreateServiceRequest.builder()
                .serviceName("web")
                .taskDefinition("bridge")
                .desiredCount(1)
                .applyMutation(spoil)
                .build();
        var groups = request.loadBalancers().stream()
                .map(b -> b.copy(c -> c.targetGroupArn(filled(b.targetGroupArn(), group, addresses, unused))))
                .toList();
        var network = request.networkConfiguration();

        assertThatThrownBy(() -> ecs.createService(request.copy(r -> {
                    if (!groups.isEmpty()) {
                        r.loadBalancers(groups);
                    }
                    if (network != null) {
                        r.networkConfiguration(in(network, subnet));
                    }
                })))
                .isInstanceOfSatisfying(EcsException.class, refusal -> {
                    assertThat(refusal.statusCode()).isEqualTo(400);
                    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
                    assertThat(refusal.awsErrorDetails().errorMessage())
                            .startsWith(filled(text, group, addresses, unused));
                });
        assertThat(ecs.listServices().serviceArns()).isEmpty();
    }

    @Test
    void aClusterThatIsDeletedTakesNoServices() {
        ecs.deleteCluster(c -> c.cluster("default"));

        assertThatThrownBy(() -> story.createService("web", "bridge", 1))
                .hasMessageStartingWith("The referenced cluster was inactive.");
    }

    private static @Nullable String filled(@Nullable String text, String group, String addresses, String unused) {
        return text == null
                ? null
                : text.replace("GROUP", group).replace("ADDRESSES", addresses).replace("UNUSED", unused);
    }

    private static NetworkConfiguration in(NetworkConfiguration given, String subnet) {
        var awsvpc = given.awsvpcConfiguration();
        var named =
                awsvpc.subnets().stream().map(s -> s.replace("SUBNET", subnet)).toList();
        return NetworkConfiguration.builder()
                .awsvpcConfiguration(awsvpc.copy(v -> v.subnets(named)))
                .build();
    }

    private static Arguments refused(String code, String text, Consumer<CreateServiceRequest.Builder> spoil) {
        return Arguments.of(code, text, spoil);
    }

    private static CapacityProviderStrategyItem item(String provider, int weight, int base) {
        return CapacityProviderStrategyItem.builder()
                .capacityProvider(provider)
                .weight(weight)
                .base(base)
                .build();
    }

    private static NetworkConfiguration subnets(String... subnets) {
        return NetworkConfiguration.builder()
                .awsvpcConfiguration(v -> v.subnets(subnets))
                .build();
    }

    private static PlacementConstraint constraint(String type) {
        return PlacementConstraint.builder().type(type).build();
    }

    private static PlacementStrategy strategy(String type) {
        return PlacementStrategy.builder().type(type).build();
    }

    private static LoadBalancer balancer(@Nullable String group, @Nullable String container, @Nullable Integer port) {
        return LoadBalancer.builder()
                .targetGroupArn(group)
                .containerName(container)
                .containerPort(port)
                .build();
    }
}
