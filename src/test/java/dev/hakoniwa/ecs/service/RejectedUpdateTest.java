package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/// Updates of services that ECS refuses, and its words for why.
final class RejectedUpdateTest {
    private static final String INVALID = "InvalidParameterException";

    private final Story story = Story.calm();
    private final EcsClient ecs = story.ecs();

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused(INVALID, "Service can not be blank.", u -> u.service("")),
                refused("ServiceNotFoundException", "Service not found.", u -> u.service("nothing")),
                refused("ClusterNotFoundException", "Cluster not found.", u -> u.cluster("nowhere")),
                refused("ClientException", "TaskDefinition not found.", u -> u.taskDefinition("nothing")),
                refused(INVALID, "desiredCount cannot be negative.", u -> u.desiredCount(-1)),
                refused(INVALID, "desiredCount cannot be greater than 5000.", u -> u.desiredCount(5001)),
                refused(
                        INVALID,
                        "healthCheckGracePeriodSeconds must not be negative.",
                        u -> u.healthCheckGracePeriodSeconds(-1)),
                refused(
                        INVALID,
                        "propagateTags should be one of [TASK_DEFINITION,SERVICE,NONE]",
                        u -> u.propagateTags("ALL")),
                refused(
                        INVALID,
                        "placementStrategy type should be one of [random,spread,binpack]",
                        u -> u.placementStrategy(s -> s.type("heap"))),
                refused(
                        INVALID,
                        "maximumPercent must be greater than or equal to minimumHealthyPercent.",
                        u -> u.deploymentConfiguration(d -> d.minimumHealthyPercent(201))),
                refused(
                        INVALID,
                        "Availability Zone rebalancing can only be ENABLED",
                        u -> u.deploymentConfiguration(d -> d.maximumPercent(100))),
                refused(
                        INVALID,
                        "Network Configuration is not valid for the given networkMode of this task definition.",
                        u -> u.networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-0")))),
                refused(
                        INVALID,
                        "The platform version must be null when specifying an EC2 launch type.",
                        u -> u.platformVersion("LATEST")),
                refused(
                        INVALID,
                        "The specified target group nowhere does not exist.",
                        u -> u.loadBalancers(FrontEnd.to("nowhere"))),
                refused(
                        INVALID,
                        "The deployment controller EXTERNAL is not available in Hakoniwa.",
                        u -> u.deploymentController(c -> c.type("EXTERNAL"))),
                refused(
                        INVALID,
                        "The deployment strategy CANARY is not available in Hakoniwa.",
                        u -> u.deploymentConfiguration(d -> d.strategy("CANARY"))),
                refused(
                        INVALID,
                        "Service Connect is not available in Hakoniwa.",
                        u -> u.serviceConnectConfiguration(c -> c.enabled(true))));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void anUpdateIsRefusedAndChangesNothing(String code, String text, Consumer<UpdateServiceRequest.Builder> spoil) {
        var before = story.service("web");

        assertThatThrownBy(() -> update(spoil)).isInstanceOfSatisfying(EcsException.class, refusal -> {
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(refusal.awsErrorDetails().errorMessage()).startsWith(text);
        });
        assertThat(story.service("web")).isEqualTo(before);
    }

    @BeforeEach
    void aService() {
        story.define(
                "web",
                d -> d.taskRoleArn("arn:aws:iam::000000000000:role/app"),
                container("app", c -> c.portMappings(p -> p.containerPort(80))));
        story.createService("web", "web", 2);
        story.letPassSeconds(10);
    }

    private Service update(Consumer<UpdateServiceRequest.Builder> change) {
        return ecs.updateService(u -> u.service("web").applyMutation(change)).service();
    }

    private static Arguments refused(String code, String text, Consumer<UpdateServiceRequest.Builder> spoil) {
        return Arguments.of(code, text, spoil);
    }
}
