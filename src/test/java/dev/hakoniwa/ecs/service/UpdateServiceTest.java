package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentAlarms;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceNotActiveException;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

final class UpdateServiceTest {
    private static final String INVALID = "InvalidParameterException";

    private final Story story = Story.calm();
    private final EcsClient ecs = story.ecs();

    @BeforeEach
    void aService() {
        story.define(
                "web",
                d -> d.taskRoleArn("arn:aws:iam::000000000000:role/app"),
                container("app", c -> c.portMappings(p -> p.containerPort(80))));
        story.createService("web", "web", 2);
        story.letPassSeconds(10);
    }

    @Test
    void whatIsLeftOutStaysAsItIs() {
        var before = story.service("web");

        var after = update(_ -> {});
        story.letPassSeconds(10);

        assertThat(after.deployments()).isEqualTo(before.deployments());
        assertThat(story.service("web")).isEqualTo(before);
    }

    @Test
    void aServiceIsScaledUp() {
        var updated = update(u -> u.desiredCount(4));
        story.letPassSeconds(10);

        assertThat(updated.desiredCount()).isEqualTo(4);
        assertThat(updated.runningCount()).isEqualTo(2);
        var grown = story.service("web");
        assertThat(grown.runningCount()).isEqualTo(4);
        assertThat(grown.deployments())
                .extracting(Deployment::id, Deployment::desiredCount, Deployment::runningCount)
                .containsExactly(tuple(updated.deployments().getFirst().id(), 4, 4));
        assertThat(story.events("web")).last().isEqualTo("has reached a steady state.");
    }

    @Test
    void aServiceIsScaledDown() {
        var tasks = story.tasks("web");

        update(u -> u.desiredCount(1));
        story.letPassSeconds(10);

        assertThat(story.tasks("web")).hasSize(1).isSubsetOf(tasks);
        assertThat(story.tasks("web", "STOPPED")).singleElement().satisfies(stopped -> {
            assertThat(stopped.stopCodeAsString()).isEqualTo("ServiceSchedulerInitiated");
            assertThat(stopped.stoppedReason())
                    .isEqualTo("Scaling activity initiated by (deployment " + stopped.startedBy() + ")");
        });
        assertThat(story.service("web").runningCount()).isEqualTo(1);
    }

    @Test
    void aServiceIsScaledToNothingAndBack() {
        update(u -> u.desiredCount(0));
        story.letPassSeconds(10);
        var nothing = story.service("web");

        update(u -> u.desiredCount(2));
        story.letPassSeconds(10);

        assertThat(nothing.status()).isEqualTo("ACTIVE");
        assertThat(List.of(nothing.desiredCount(), nothing.runningCount(), nothing.pendingCount()))
                .containsOnly(0);
        assertThat(story.service("web").runningCount()).isEqualTo(2);
    }

    @Test
    void anotherRevisionStartsADeployment() {
        var before = story.service("web").deployments().getFirst();
        var revision = story.define("web", container("app"));

        var updated = update(u -> u.taskDefinition("web"));

        assertThat(updated.taskDefinition()).isEqualTo(revision);
        assertThat(updated.deployments())
                .extracting(Deployment::status, Deployment::taskDefinition, Deployment::desiredCount)
                .containsExactly(tuple("PRIMARY", revision, 2), tuple("ACTIVE", before.taskDefinition(), 2));
        assertThat(updated.deployments().getLast().id()).isEqualTo(before.id());
    }

    @Test
    void theSameRevisionAgainStartsNone() {
        var updated = update(u -> u.taskDefinition("web:1"));

        assertThat(updated.deployments()).hasSize(1);
    }

    @Test
    void aDeploymentIsForced() {
        var before = story.tasks("web").stream().map(Task::taskArn).toList();

        var updated = update(u -> u.forceNewDeployment(true));
        story.letPassSeconds(30);

        assertThat(updated.deployments()).hasSize(2);
        assertThat(story.tasks("web")).hasSize(2).extracting(Task::taskArn).doesNotContainAnyElementsOf(before);
        assertThat(story.service("web").deployments()).hasSize(1);
    }

    static Stream<Arguments> quietChanges() {
        return Stream.of(
                change(u -> u.desiredCount(3), Service::desiredCount, 3),
                change(u -> u.healthCheckGracePeriodSeconds(7), Service::healthCheckGracePeriodSeconds, 7),
                change(u -> u.enableECSManagedTags(true), Service::enableECSManagedTags, true),
                change(u -> u.enableExecuteCommand(true), Service::enableExecuteCommand, true),
                change(u -> u.propagateTags("SERVICE"), Service::propagateTags, PropagateTags.SERVICE),
                change(
                        u -> u.availabilityZoneRebalancing("DISABLED"),
                        Service::availabilityZoneRebalancing,
                        AvailabilityZoneRebalancing.DISABLED),
                change(u -> u.placementConstraints(constraint()), Service::placementConstraints, List.of(constraint())),
                change(u -> u.placementStrategy(spread()), Service::placementStrategy, List.of(spread())),
                change(
                        u -> u.deploymentConfiguration(d -> d.maximumPercent(175)),
                        s -> s.deploymentConfiguration().maximumPercent(),
                        175),
                change(
                        u -> u.deploymentConfiguration(d -> d.minimumHealthyPercent(25)),
                        s -> s.deploymentConfiguration().minimumHealthyPercent(),
                        25),
                change(
                        u -> u.deploymentConfiguration(d ->
                                d.deploymentCircuitBreaker(c -> c.enable(true).rollback(true))),
                        s -> s.deploymentConfiguration()
                                .deploymentCircuitBreaker()
                                .rollback(),
                        true),
                change(
                        u -> u.deploymentConfiguration(d -> d.alarms(alarms())),
                        s -> s.deploymentConfiguration().alarms(),
                        alarms()),
                change(
                        u -> u.deploymentConfiguration(d -> d.bakeTimeInMinutes(5)),
                        s -> s.deploymentConfiguration().bakeTimeInMinutes(),
                        5));
    }

    @ParameterizedTest
    @MethodSource("quietChanges")
    void whatTasksAreNotMadeFromStartsNoDeployment(
            Consumer<UpdateServiceRequest.Builder> change, Function<Service, Object> member, Object value) {
        var before = story.service("web");

        var updated = update(change);

        assertThat(member.apply(updated)).isEqualTo(value).isNotEqualTo(member.apply(before));
        assertThat(updated.deployments())
                .extracting(Deployment::id)
                .containsExactly(before.deployments().getFirst().id());
        assertThat(member.apply(story.service("web"))).isEqualTo(value);
    }

    @Test
    void aDeploymentConfigurationIsChangedMemberByMember() {
        update(u -> u.deploymentConfiguration(d -> d.maximumPercent(150)));

        var updated = update(u -> u.deploymentConfiguration(d -> d.minimumHealthyPercent(50)));

        assertThat(updated.deploymentConfiguration().maximumPercent()).isEqualTo(150);
        assertThat(updated.deploymentConfiguration().minimumHealthyPercent()).isEqualTo(50);
        assertThat(updated.deploymentConfiguration().deploymentCircuitBreaker().enable())
                .isFalse();
    }

    @Test
    void emptyListsClearPlacement() {
        update(u -> u.placementConstraints(constraint()).placementStrategy(spread()));

        var cleared = update(u -> u.placementConstraints(List.of()).placementStrategy(List.of()));

        assertThat(cleared.placementConstraints()).isEmpty();
        assertThat(cleared.placementStrategy()).isEmpty();
    }

    @Test
    void loadBalancersComeAndGoByDeployments() {
        var group = new FrontEnd(story).instanceGroup("web");

        var behind = update(u -> u.loadBalancers(FrontEnd.to(group)));
        story.letPassSeconds(30);
        var alone = update(u -> u.loadBalancers(List.of()));

        assertThat(behind.deployments()).hasSize(2);
        assertThat(behind.loadBalancers()).containsExactly(FrontEnd.to(group));
        assertThat(alone.deployments()).hasSize(2);
        assertThat(alone.loadBalancers()).isEmpty();
    }

    @Test
    void anotherNetworkOrPlatformStartsADeployment() {
        story.defineFargate("api", container("app"));
        story.createService("api", "api", 1, s -> s.launchType("FARGATE").networkConfiguration(story.network()));
        story.letPassSeconds(10);
        var subnet = story.aws().subnets().getFirst();

        var moved = ecs.updateService(
                        u -> u.service("api").networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(subnet))))
                .service();
        story.letPassSeconds(30);
        var pinned = ecs.updateService(u -> u.service("api").platformVersion("1.4.0"))
                .service();

        assertThat(moved.deployments()).hasSize(2);
        assertThat(moved.networkConfiguration().awsvpcConfiguration().subnets()).containsExactly(subnet);
        assertThat(pinned.deployments()).hasSize(2);
        assertThat(pinned.platformVersion()).isEqualTo("1.4.0");
    }

    @Test
    void aCapacityProviderStrategyIsChangedByForce() {
        ecs.putClusterCapacityProviders(p -> p.cluster("default")
                .capacityProviders("FARGATE", "FARGATE_SPOT")
                .defaultCapacityProviderStrategy(List.of()));
        story.defineFargate("api", container("app"));
        story.createService("api", "api", 1, s -> s.launchType("FARGATE").networkConfiguration(story.network()));
        story.letPassSeconds(10);
        var spot = CapacityProviderStrategyItem.builder()
                .capacityProvider("FARGATE_SPOT")
                .weight(1)
                .build();

        assertThatThrownBy(() -> ecs.updateService(u -> u.service("api").capacityProviderStrategy(spot)))
                .hasMessageStartingWith(
                        "When switching from launch type to capacity provider strategy on an existing service, or making "
                                + "a change to a capacity provider strategy on a service that is already using one, you "
                                + "must force a new deployment.");
        var forced = ecs.updateService(
                        u -> u.service("api").capacityProviderStrategy(spot).forceNewDeployment(true))
                .service();
        var same = ecs.updateService(u -> u.service("api").capacityProviderStrategy(spot))
                .service();
        var back = ecs.updateService(u ->
                        u.service("api").capacityProviderStrategy(List.of()).forceNewDeployment(true))
                .service();

        assertThat(forced.launchType()).isNull();
        // AWS tells the base that was not given.
        assertThat(forced.capacityProviderStrategy()).containsExactly(spot.copy(s -> s.base(0)));
        assertThat(same.deployments()).hasSize(2);
        assertThat(back.launchType()).isEqualTo(LaunchType.FARGATE);
        assertThat(back.capacityProviderStrategy()).isEmpty();
        story.letPassSeconds(30);
        assertThat(story.service("api").deployments()).hasSize(1);
    }

    @Test
    void executeCommandNeedsATaskRole() {
        story.define("plain", container("app"));

        assertThatThrownBy(() -> update(u -> u.taskDefinition("plain").enableExecuteCommand(true)))
                .hasMessageStartingWith(
                        "The service couldn't be updated because a valid taskRoleArn is not being used.");
    }

    @Test
    void aTaskDefinitionMustFitTheLoadBalancers() {
        var group = new FrontEnd(story).instanceGroup("web");
        update(u -> u.loadBalancers(FrontEnd.to(group)));
        story.define("other", container("app", c -> c.portMappings(p -> p.containerPort(90))));

        assertThatThrownBy(() -> update(u -> u.taskDefinition("other")))
                .hasMessageStartingWith("The container app did not have a container port 80 defined.");
    }

    @Test
    void aServiceGoesOnWithADefinitionThatIsNoLongerActive() {
        ecs.deregisterTaskDefinition(d -> d.taskDefinition("web:1"));

        update(u -> u.desiredCount(3));
        story.letPassSeconds(10);

        assertThat(story.service("web").runningCount()).isEqualTo(3);
        assertThatThrownBy(() -> update(u -> u.taskDefinition("web:1")))
                .hasMessageStartingWith("TaskDefinition is inactive");
    }

    @Test
    void aServiceThatDrainsOrIsGoneIsNotUpdated() {
        ecs.deleteService(d -> d.service("web").force(true));

        assertThatThrownBy(() -> update(u -> u.desiredCount(1)))
                .isInstanceOf(ServiceNotActiveException.class)
                .hasMessageStartingWith("Service was not ACTIVE.");
        story.letPassSeconds(10);
        assertThatThrownBy(() -> update(u -> u.desiredCount(1))).isInstanceOf(ServiceNotActiveException.class);
        story.letPass(Duration.ofHours(2));
        assertThatThrownBy(() -> update(u -> u.desiredCount(1)))
                .isInstanceOf(ServiceNotFoundException.class)
                .hasMessageStartingWith("Service not found.");
    }

    @Test
    void aServiceIsNamedByItsArnToo() {
        var arn = story.service("web").serviceArn();

        var updated = ecs.updateService(u -> u.service(arn).desiredCount(3)).service();

        assertThat(updated.desiredCount()).isEqualTo(3);
    }

    private Service update(Consumer<UpdateServiceRequest.Builder> change) {
        return ecs.updateService(u -> u.service("web").applyMutation(change)).service();
    }

    private static DeploymentAlarms alarms() {
        return DeploymentAlarms.builder()
                .alarmNames("errors")
                .enable(true)
                .rollback(false)
                .build();
    }

    private static PlacementConstraint constraint() {
        return PlacementConstraint.builder().type("distinctInstance").build();
    }

    private static PlacementStrategy spread() {
        return PlacementStrategy.builder()
                .type("spread")
                .field("attribute:ecs.availability-zone")
                .build();
    }

    private static Arguments change(
            Consumer<UpdateServiceRequest.Builder> change, Function<Service, Object> member, Object value) {
        return Arguments.of(change, member, value);
    }

    private static Arguments refused(String code, String text, Consumer<UpdateServiceRequest.Builder> spoil) {
        return Arguments.of(code, text, spoil);
    }
}
