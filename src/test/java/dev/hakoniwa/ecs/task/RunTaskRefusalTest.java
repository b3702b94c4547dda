package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.testing.Shipped;
import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.ResourceType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;

/// What RunTask refuses, in ECS's words, and that nothing is left of it.
@WireTest
final class RunTaskRefusalTest {
    private static final String INVALID = "InvalidParameterException";

    private final Story story = Story.calm();

    @BeforeEach
    void definitions() {
        story.define("bridge", container("app"));
        story.defineAwsvpc("awsvpc", container("app"));
        story.defineFargate("fargate", container("app", c -> c.memory(null)));
        story.define("inactive", container("app"));
        story.ecs().deregisterTaskDefinition(d -> d.taskDefinition("inactive:1"));
        story.ecs().createCluster(c -> c.clusterName("gone"));
        story.ecs().deleteCluster(d -> d.cluster("gone"));
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                refused("no definition", r -> r.taskDefinition(null), INVALID, "TaskDefinition can not be blank."),
                refused(
                        "a definition that isn't there",
                        r -> r.taskDefinition("nothing"),
                        "ClientException",
                        "TaskDefinition not found."),
                refused(
                        "a revision that isn't there",
                        r -> r.taskDefinition("bridge:9"),
                        "ClientException",
                        "TaskDefinition not found."),
                refused(
                        "an inactive definition",
                        r -> r.taskDefinition("inactive:1"),
                        "ClientException",
                        "TaskDefinition is inactive"),
                refused(
                        "a cluster that isn't there",
                        r -> r.cluster("nothing"),
                        "ClusterNotFoundException",
                        "Cluster not found."),
                refused(
                        "an inactive cluster",
                        r -> r.cluster("gone"),
                        "ClusterNotFoundException",
                        "The referenced cluster was inactive."),
                refused(
                        "another account's cluster",
                        r -> r.cluster("arn:aws:ecs:us-east-1:111111111111:cluster/default"),
                        INVALID,
                        "AccountIDs mismatch"),
                refused("no tasks", r -> r.count(0), INVALID, "count cannot be less than 1."),
                refused("fewer than none", r -> r.count(-1), INVALID, "count cannot be less than 1."),
                refused("too many tasks", r -> r.count(11), INVALID, "count cannot be greater than 10."),
                refused(
                        "two ways to capacity",
                        r -> r.launchType("FARGATE").capacityProviderStrategy(item("FARGATE")),
                        INVALID,
                        "Specifying both a launch type and capacity provider strategy is not supported. "
                                + "Remove one and try again."),
                refused(
                        "a launch type that isn't one",
                        r -> r.launchType("LAMBDA"),
                        INVALID,
                        "launchType should be one of [EC2,FARGATE,EXTERNAL,MANAGED_INSTANCES]"),
                refused(
                        "a provider that the cluster doesn't have",
                        r -> r.capacityProviderStrategy(item("FARGATE")),
                        INVALID,
                        "The specified capacity provider strategy cannot contain a capacity provider that is not "
                                + "associated with the cluster. Associate the capacity provider with the cluster and "
                                + "try again."),
                refused(
                        "a definition that is not for Fargate",
                        r -> r.launchType("FARGATE"),
                        INVALID,
                        "Task definition does not support launch_type FARGATE."),
                refused(
                        "instances of one's own that aren't there",
                        r -> r.launchType("EXTERNAL"),
                        INVALID,
                        "No Container Instances were found in your cluster."),
                refused(
                        "a platform version off Fargate",
                        r -> r.platformVersion("1.4.0"),
                        INVALID,
                        "The platform version must be null when specifying an EC2 launch type."),
                refused(
                        "the services' tags",
                        r -> r.propagateTags("SERVICE"),
                        INVALID,
                        "propagateTags should be one of [TASK_DEFINITION,NONE]"),
                refused(
                        "tags of nobody's",
                        r -> r.propagateTags("CLUSTER"),
                        INVALID,
                        "propagateTags should be one of [TASK_DEFINITION,NONE]"),
                refused("a family's group", r -> r.group("family:x"), INVALID, "Invalid namespace for group."),
                refused("a service's group", r -> r.group("service:x"), INVALID, "Invalid namespace for group."),
                refused("a long group", r -> r.group("g".repeat(256)), INVALID, "Invalid namespace for group."),
                refused(
                        "a starter with blanks",
                        r -> r.startedBy("me too"),
                        INVALID,
                        "startedBy contains invalid characters or is too long."),
                refused(
                        "a long starter",
                        r -> r.startedBy("s".repeat(129)),
                        INVALID,
                        "startedBy contains invalid characters or is too long."),
                refused(
                        "a long reference",
                        r -> r.referenceId("r".repeat(1025)),
                        INVALID,
                        "referenceId can have at most 1024 characters."),
                refused(
                        "a long token",
                        r -> r.clientToken("t".repeat(65)),
                        INVALID,
                        "clientToken can have at most 64 characters."),
                refused(
                        "a token with blanks",
                        r -> r.clientToken("once more"),
                        INVALID,
                        "clientToken can only contain ASCII characters in the range of 33-126."),
                refused(
                        "commands without a role",
                        r -> r.enableExecuteCommand(true),
                        INVALID,
                        "The task couldn't be run because a valid taskRoleArn is not being used. Specify a valid task "
                                + "role in your task definition and try again."),
                refused(
                        "an override of nothing",
                        r -> r.overrides(o -> o.containerOverrides(c -> c.name("web"))),
                        INVALID,
                        "Override for container named web is not a container in the TaskDefinition."),
                refused(
                        "an override without a name",
                        r -> r.overrides(o -> o.containerOverrides(c -> c.command("x"))),
                        INVALID,
                        "Override for container named null is not a container in the TaskDefinition."),
                refused(
                        "GPUs that are no number",
                        r -> r.overrides(o -> o.containerOverrides(c -> c.name("app")
                                .resourceRequirements(
                                        q -> q.type(ResourceType.GPU).value("many")))),
                        INVALID,
                        "Invalid override for container 'app': invalid resourceRequirements."),
                refused(
                        "GPUs without a number",
                        r -> r.overrides(o -> o.containerOverrides(
                                c -> c.name("app").resourceRequirements(q -> q.type(ResourceType.GPU)))),
                        INVALID,
                        "Invalid override for container 'app': invalid resourceRequirements."),
                refused(
                        "less memory than none",
                        r -> r.overrides(
                                o -> o.containerOverrides(c -> c.name("app").memory(-64))),
                        INVALID,
                        "Invalid override for container 'app': cpu, memory and memoryReservation can't be negative."),
                refused(
                        "long overrides",
                        r -> r.overrides(
                                o -> o.containerOverrides(c -> c.name("app").command("x".repeat(8192)))),
                        INVALID,
                        "Overrides length must be less than or equal to 8192."),
                refused(
                        "AWS's own tags",
                        r -> r.tags(Tag.builder().key("aws:x").value("y").build()),
                        INVALID,
                        "aws: prefixed tag key names are not allowed for external use."),
                refused(
                        "too many tags",
                        r -> r.tags(IntStream.range(0, 51)
                                .mapToObj(i ->
                                        Tag.builder().key("k" + i).value("v").build())
                                .toList()),
                        INVALID,
                        "Too many tags. A resource can have at most 50 tags."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void aRequestThatCannotBeIsRefused(
            String what, Consumer<RunTaskRequest.Builder> change, String code, String message) {
        assertRefused(r -> r.taskDefinition("bridge").applyMutation(change), code, message);
    }

    static Stream<Arguments> networks() {
        var missing = "Network Configuration must be provided when networkMode 'awsvpc' is specified.";
        return Stream.of(
                refused("no network", r -> r.taskDefinition("awsvpc"), INVALID, missing),
                refused(
                        "an empty network",
                        r -> r.taskDefinition("awsvpc")
                                .networkConfiguration(
                                        NetworkConfiguration.builder().build()),
                        INVALID,
                        missing),
                refused(
                        "a network for bridge mode",
                        r -> vpc(r.taskDefinition("bridge"), List.of("subnet-1"), List.of()),
                        INVALID,
                        "Network Configuration is not valid for the given networkMode of this task definition."),
                refused(
                        "no subnets",
                        r -> vpc(r.taskDefinition("awsvpc"), List.of(), List.of()),
                        INVALID,
                        "subnets can not be empty."),
                refused(
                        "too many subnets",
                        r -> vpc(
                                r.taskDefinition("awsvpc"),
                                IntStream.range(0, 17)
                                        .mapToObj(i -> "subnet-" + i)
                                        .toList(),
                                List.of()),
                        INVALID,
                        "subnets can have at most 16 items."),
                refused(
                        "a subnet that isn't there",
                        r -> vpc(r.taskDefinition("awsvpc"), List.of("subnet-x"), List.of()),
                        INVALID,
                        "Error retrieving subnet information for [subnet-x]: The subnet ID 'subnet-x' does not exist "
                                + "(ErrorCode: InvalidSubnetID.NotFound)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void aNetworkThatDoesNotFitIsRefused(
            String what, Consumer<RunTaskRequest.Builder> change, String code, String message) {
        assertRefused(r -> r.applyMutation(change), code, message);
    }

    @Test
    void securityGroupsMustBeThereAndInTheSubnetsVpc() {
        var subnets = story.aws().subnets();
        var other = story.aws()
                .ec2()
                .createVpc(v -> v.cidrBlock("10.9.0.0/16"))
                .vpc()
                .vpcId();
        var foreign = story.aws()
                .ec2()
                .createSecurityGroup(g -> g.vpcId(other).groupName("foreign").description("elsewhere"))
                .groupId();

        assertRefused(
                r -> vpc(r.taskDefinition("awsvpc"), subnets, List.of("sg-x")),
                INVALID,
                "Error retrieving security group information for [sg-x]: The security group 'sg-x' does not exist "
                        + "(ErrorCode: InvalidGroup.NotFound)");
        assertRefused(
                r -> vpc(r.taskDefinition("awsvpc"), subnets, List.of(foreign)),
                INVALID,
                "Security group " + foreign + " does not appear to belong to the same VPC as the input subnets.");
        assertRefused(
                r -> vpc(
                        r.taskDefinition("awsvpc"),
                        subnets,
                        IntStream.range(0, 6).mapToObj(i -> "sg-" + i).toList()),
                INVALID,
                "securityGroups can have at most 5 items.");
    }

    @Test
    void theSubnetsMustBeInOneVpc() {
        var other = story.aws()
                .ec2()
                .createVpc(v -> v.cidrBlock("10.9.0.0/16"))
                .vpc()
                .vpcId();
        var foreign = story.aws()
                .ec2()
                .createSubnet(s -> s.vpcId(other).cidrBlock("10.9.1.0/24"))
                .subnet()
                .subnetId();

        assertRefused(
                r -> vpc(
                        r.taskDefinition("awsvpc"),
                        List.of(story.aws().subnets().getFirst(), foreign),
                        List.of()),
                INVALID,
                "The subnets must belong to the same VPC.");
    }

    static Stream<Arguments> onFargate() {
        return Stream.of(
                refused(
                        "a platform that isn't there",
                        r -> r.platformVersion("9.9.9"),
                        "PlatformUnknownException",
                        "The specified platform does not exist."),
                refused(
                        "a place of one's own choice",
                        r -> r.placementConstraints(c -> c.type("distinctInstance")),
                        INVALID,
                        "Placement constraints are not supported with FARGATE launch type."),
                refused(
                        "a way of placing",
                        r -> r.placementStrategy(s -> s.type("random")),
                        INVALID,
                        "Placement strategies are not supported with FARGATE launch type."),
                refused(
                        "a size that isn't there",
                        r -> r.overrides(o -> o.cpu("256").memory("4096")),
                        "ClientException",
                        "No Fargate configuration exists for given values: 256 CPU, 4096 memory. "
                                + "See the Amazon ECS documentation for the valid values."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onFargate")
    void whatFargateDoesNotHaveIsRefused(
            String what, Consumer<RunTaskRequest.Builder> change, String code, String message) {
        assertRefused(
                r -> r.taskDefinition("fargate")
                        .launchType("FARGATE")
                        .networkConfiguration(story.network())
                        .applyMutation(change),
                code,
                message);
    }

    private void assertRefused(Consumer<RunTaskRequest.Builder> request, String code, String message) {
        var refusal = catchThrowableOfType(EcsException.class, () -> story.ecs().runTask(request));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo(message);
        assertThat(story.ecs().listTasks().taskArns()).isEmpty();
        if (!Shipped.isPlayed()) {
            assertThat(story.aws().engine().everything()).isEmpty();
        }
    }

    private static Arguments refused(
            String what, Consumer<RunTaskRequest.Builder> change, String code, String message) {
        return Arguments.of(what, change, code, message);
    }

    private static RunTaskRequest.Builder vpc(
            RunTaskRequest.Builder request, List<String> subnets, List<String> securityGroups) {
        return request.networkConfiguration(
                n -> n.awsvpcConfiguration(v -> v.subnets(subnets).securityGroups(securityGroups)));
    }

    private static CapacityProviderStrategyItem item(String provider) {
        return CapacityProviderStrategyItem.builder()
                .capacityProvider(provider)
                .weight(1)
                .build();
    }
}
