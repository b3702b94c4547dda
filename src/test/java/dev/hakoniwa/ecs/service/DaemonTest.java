package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/// Services of the DAEMON scheduling strategy: one task on each container instance, of which a cluster has one.
final class DaemonTest {
    private final Story story = Story.calm();

    @BeforeEach
    void aDefinition() {
        story.define("agent", container("agent"));
    }

    @Test
    void aDaemonRunsOnceOnEachInstance() {
        var created = daemon(_ -> {});
        story.letPassSeconds(10);

        assertThat(created.schedulingStrategy()).isEqualTo(SchedulingStrategy.DAEMON);
        assertThat(created.desiredCount()).isEqualTo(1);
        assertThat(created.deploymentConfiguration().maximumPercent()).isEqualTo(100);
        assertThat(created.deploymentConfiguration().minimumHealthyPercent()).isZero();
        assertThat(created.availabilityZoneRebalancing()).isEqualTo(AvailabilityZoneRebalancing.DISABLED);
        var service = story.service("agent");
        assertThat(List.of(service.desiredCount(), service.runningCount())).containsExactly(1, 1);
        assertThat(story.tasks("agent"))
                .hasSize(1)
                .allSatisfy(task -> assertThat(task.containerInstanceArn()).isNotNull());
        assertThat(story.events("agent")).last().isEqualTo("has reached a steady state.");
    }

    @Test
    void aDaemonThatEndsIsReplaced() {
        daemon(_ -> {});
        story.letPassSeconds(10);
        var lost = story.tasks("agent").getFirst();

        story.exit(lost, "agent", 1);
        story.letPassSeconds(10);

        assertThat(story.tasks("agent")).hasSize(1).extracting(Task::taskArn).doesNotContain(lost.taskArn());
    }

    @Test
    void aDaemonIsDeployedByStoppingTheOldTaskFirst() {
        daemon(_ -> {});
        story.letPassSeconds(10);
        var old = story.tasks("agent").getFirst();

        story.ecs().updateService(u -> u.service("agent").forceNewDeployment(true));
        story.letPass(Story.SOON);

        assertThat(story.tasks("agent")).hasSize(1).extracting(Task::taskArn).doesNotContain(old.taskArn());
        story.letPassSeconds(10);
        assertThat(story.service("agent").deployments())
                .extracting(Deployment::status, Deployment::rolloutState, Deployment::desiredCount)
                .containsExactly(tuple("PRIMARY", DeploymentRolloutState.COMPLETED, 1));
    }

    @Test
    void aDaemonIsDeletedWithoutForce() {
        daemon(_ -> {});
        story.letPassSeconds(10);

        var deleted = story.ecs().deleteService(d -> d.service("agent")).service();
        story.letPassSeconds(10);

        assertThat(deleted.status()).isEqualTo("DRAINING");
        assertThat(story.service("agent").status()).isEqualTo("INACTIVE");
        assertThat(story.tasks("agent")).isEmpty();
    }

    @Test
    void aDaemonTakesNoNoticeOfTheClustersCapacityProviders() {
        story.ecs()
                .putClusterCapacityProviders(p -> p.cluster("default")
                        .capacityProviders("FARGATE")
                        .defaultCapacityProviderStrategy(
                                s -> s.capacityProvider("FARGATE").weight(1)));

        assertThat(daemon(_ -> {}).launchTypeAsString()).isEqualTo("EC2");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        change(s -> s.desiredCount(1)),
                        "The daemon scheduling strategy does not support a desired count for services. Remove the "
                                + "desired count value and try again"),
                Arguments.of(
                        change(s -> s.launchType("FARGATE")),
                        "The daemon scheduling strategy is not supported with Fargate launch type"),
                Arguments.of(
                        change(s -> s.capacityProviderStrategy(
                                c -> c.capacityProvider("FARGATE").weight(1))),
                        "The daemon scheduling strategy does not support a capacity provider strategy."),
                Arguments.of(
                        change(s -> s.placementStrategy(p -> p.type("random"))),
                        "The daemon scheduling strategy does not support a placement strategy."),
                Arguments.of(
                        change(s -> s.placementConstraints(p -> p.type("distinctInstance"))),
                        "The daemon scheduling strategy does not support the distinctInstance placement constraint."),
                Arguments.of(
                        change(s -> s.deploymentConfiguration(d -> d.maximumPercent(200))),
                        "The daemon scheduling strategy does not support values above 100 for maximumPercent."),
                Arguments.of(
                        change(s -> s.availabilityZoneRebalancing("ENABLED")),
                        "Availability Zone rebalancing can only be ENABLED"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsNotForDaemonsIsRefused(Consumer<CreateServiceRequest.Builder> spoil, String text) {
        assertThatThrownBy(() -> daemon(spoil))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(text);
        assertThat(story.ecs().listServices().serviceArns()).isEmpty();
    }

    @Test
    void aDaemonIsNotScaled() {
        daemon(_ -> {});

        assertThatThrownBy(
                        () -> story.ecs().updateService(u -> u.service("agent").desiredCount(2)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(
                        "The daemon scheduling strategy does not support a desired count for services.");
    }

    private Service daemon(Consumer<CreateServiceRequest.Builder> rest) {
        return story.createService(
                "agent", "agent", null, s -> s.schedulingStrategy("DAEMON").applyMutation(rest));
    }

    private static Consumer<CreateServiceRequest.Builder> change(Consumer<CreateServiceRequest.Builder> change) {
        return change;
    }
}
