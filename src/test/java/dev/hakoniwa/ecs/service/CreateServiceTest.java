package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.Tag;

final class CreateServiceTest {
    private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:";
    private static final String LINKED_ROLE =
            "arn:aws:iam::000000000000:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";

    private final Story story = Story.calm();
    private final EcsClient ecs = story.ecs();

    @Test
    void aServiceIsCreatedWithEcssDefaults() {
        var definition = story.define("web", container("app"));

        var service = story.createService("web", "web", 2);

        var deployment = service.deployments().getFirst();
        assertThat(service)
                .isEqualTo(Service.builder()
                        .serviceArn(ARN + "service/default/web")
                        .serviceName("web")
                        .clusterArn(ARN + "cluster/default")
                        .status("ACTIVE")
                        .taskDefinition(definition)
                        .desiredCount(2)
                        .runningCount(0)
                        .pendingCount(0)
                        .launchType(LaunchType.EC2)
                        .schedulingStrategy(SchedulingStrategy.REPLICA)
                        .deploymentController(c -> c.type("ECS"))
                        .deploymentConfiguration(usual())
                        .deployments(deployment)
                        .currentServiceDeployment(service.currentServiceDeployment())
                        .currentServiceRevisions(r -> r.arn(revision(deployment))
                                .requestedTaskCount(2)
                                .runningTaskCount(0)
                                .pendingTaskCount(0))
                        .loadBalancers(List.of())
                        .serviceRegistries(List.of())
                        .placementConstraints(List.of())
                        .placementStrategy(List.of())
                        .events(List.of())
                        .tags(List.of())
                        .createdAt(TestEmulator.START)
                        .createdBy("arn:aws:iam::000000000000:root")
                        .enableECSManagedTags(false)
                        .propagateTags("NONE")
                        .enableExecuteCommand(false)
                        .availabilityZoneRebalancing("ENABLED")
                        .build());
    }

    @Test
    void itsFirstDeploymentIsUnderWay() {
        var definition = story.define("web", container("app"));

        var service = story.createService("web", "web", 2);

        var id = service.deployments().getFirst().id();
        assertThat(id).matches("ecs-svc/[1-9]\\d{18}");
        assertThat(service.deployments())
                .containsExactly(Deployment.builder()
                        .id(id)
                        .status("PRIMARY")
                        .taskDefinition(definition)
                        .desiredCount(2)
                        .pendingCount(0)
                        .runningCount(0)
                        .failedTasks(0)
                        .createdAt(TestEmulator.START)
                        .updatedAt(TestEmulator.START)
                        .launchType(LaunchType.EC2)
                        .rolloutState(DeploymentRolloutState.IN_PROGRESS)
                        .rolloutStateReason("ECS deployment " + id + " in progress.")
                        .build());
    }

    @Test
    void aFargateServiceHasAPlatformANetworkAndTheLinkedRole() {
        story.defineFargate("web", container("app"));

        var service = story.createService(
                "web", "web", 1, s -> s.launchType("FARGATE").networkConfiguration(story.network()));

        assertThat(service.launchType()).isEqualTo(LaunchType.FARGATE);
        assertThat(service.platformVersion()).isEqualTo("LATEST");
        assertThat(service.platformFamily()).isEqualTo("Linux");
        assertThat(service.networkConfiguration()).isEqualTo(story.network());
        assertThat(service.roleArn()).isEqualTo(LINKED_ROLE);
        assertThat(service.deployments()).singleElement().satisfies(deployment -> {
            assertThat(deployment.platformVersion()).isEqualTo("1.4.0");
            assertThat(deployment.platformFamily()).isEqualTo("Linux");
            assertThat(deployment.networkConfiguration()).isEqualTo(story.network());
        });
    }

    @Test
    void everyMemberIsKeptAndShown() {
        story.define("web", d -> d.taskRoleArn("arn:aws:iam::000000000000:role/app"), container("app"));
        var configuration = DeploymentConfiguration.builder()
                .maximumPercent(150)
                .minimumHealthyPercent(50)
                .strategy("ROLLING")
                .bakeTimeInMinutes(3)
                .deploymentCircuitBreaker(c -> c.enable(true)
                        .rollback(true)
                        .resetOnHealthyTask(false)
                        .thresholdConfiguration(t -> t.type("COUNT").value(7)))
                .alarms(a -> a.alarmNames("errors").enable(true).rollback(true))
                .build();
        var constraint = PlacementConstraint.builder()
                .type("memberOf")
                .expression("attribute:ecs.os-type == linux")
                .build();
        var strategy =
                PlacementStrategy.builder().type("spread").field("instanceId").build();

        story.createService(
                "web",
                "web:1",
                3,
                s -> s.launchType("EC2")
                        .schedulingStrategy("REPLICA")
                        .deploymentController(
                                DeploymentController.builder().type("ECS").build())
                        .deploymentConfiguration(configuration)
                        .placementConstraints(constraint)
                        .placementStrategy(strategy)
                        .healthCheckGracePeriodSeconds(90)
                        .enableECSManagedTags(true)
                        .enableExecuteCommand(true)
                        .propagateTags("SERVICE")
                        .availabilityZoneRebalancing("DISABLED")
                        .tags(tag("team", "shop")));

        var kept = ecs.describeServices(d -> d.services("web").include(ServiceField.TAGS))
                .services()
                .getFirst();
        assertThat(kept.deploymentConfiguration()).isEqualTo(configuration);
        assertThat(kept.placementConstraints()).containsExactly(constraint);
        assertThat(kept.placementStrategy()).containsExactly(strategy);
        assertThat(kept.healthCheckGracePeriodSeconds()).isEqualTo(90);
        assertThat(kept.enableECSManagedTags()).isTrue();
        assertThat(kept.enableExecuteCommand()).isTrue();
        assertThat(kept.propagateTags()).isEqualTo(PropagateTags.SERVICE);
        assertThat(kept.availabilityZoneRebalancing()).isEqualTo(AvailabilityZoneRebalancing.DISABLED);
        assertThat(kept.tags()).containsExactly(tag("team", "shop"));
    }

    @Test
    void aServiceBehindALoadBalancerHasAGracePeriodAndTheLinkedRole() {
        var group = new FrontEnd(story).instanceGroup("web");
        story.define("web", container("app", c -> c.portMappings(p -> p.containerPort(80))));

        var service = story.createService("web", "web", 1, s -> s.loadBalancers(FrontEnd.to(group)));

        assertThat(service.loadBalancers()).containsExactly(FrontEnd.to(group));
        assertThat(service.healthCheckGracePeriodSeconds()).isZero();
        assertThat(service.roleArn()).isEqualTo(LINKED_ROLE);
    }

    @Test
    void oneTargetGroupOfABridgeModeServiceMayHaveARoleOfItsOwn() {
        var group = new FrontEnd(story).instanceGroup("web");
        story.define("web", container("app", c -> c.portMappings(p -> p.containerPort(80))));

        var byName = story.createService(
                "web", "web", 0, s -> s.loadBalancers(FrontEnd.to(group)).role("registers"));
        var byArn = story.createService(
                "web2",
                "web",
                0,
                s -> s.loadBalancers(FrontEnd.to(group)).role("arn:aws:iam::000000000000:role/deep/registers"));

        assertThat(byName.roleArn()).isEqualTo("arn:aws:iam::000000000000:role/registers");
        assertThat(byArn.roleArn()).isEqualTo("arn:aws:iam::000000000000:role/deep/registers");
    }

    @Test
    void aCapacityProviderStrategyStandsInPlaceOfALaunchType() {
        ecs.putClusterCapacityProviders(p -> p.cluster("default")
                .capacityProviders("FARGATE", "FARGATE_SPOT")
                .defaultCapacityProviderStrategy(List.of()));
        story.defineFargate("web", container("app"));
        var strategy = CapacityProviderStrategyItem.builder()
                .capacityProvider("FARGATE_SPOT")
                .weight(1)
                .base(0)
                .build();

        var service = story.createService(
                "web", "web", 1, s -> s.capacityProviderStrategy(strategy).networkConfiguration(story.network()));

        assertThat(service.launchType()).isNull();
        assertThat(service.capacityProviderStrategy()).containsExactly(strategy);
        assertThat(service.platformVersion()).isEqualTo("LATEST");
        assertThat(service.deployments()).singleElement().satisfies(deployment -> {
            assertThat(deployment.launchType()).isNull();
            assertThat(deployment.capacityProviderStrategy()).containsExactly(strategy);
        });
    }

    @Test
    void theClustersStrategyHoldsForAServiceThatNamesNothing() {
        var strategy = CapacityProviderStrategyItem.builder()
                .capacityProvider("FARGATE")
                .weight(1)
                .base(0)
                .build();
        ecs.putClusterCapacityProviders(
                p -> p.cluster("default").capacityProviders("FARGATE").defaultCapacityProviderStrategy(strategy));
        story.defineFargate("web", container("app"));

        var service = story.createService("web", "web", 1, s -> s.networkConfiguration(story.network()));

        assertThat(service.capacityProviderStrategy()).containsExactly(strategy);
    }

    @Test
    void theSameRequestAgainGivesTheSameService() {
        story.define("web", container("app"));
        var created = story.createService("web", "web", 2);
        story.letPass(Story.SOON);

        var again = story.createService("web", "web", 2);

        assertThat(again.deployments().getFirst().id())
                .isEqualTo(created.deployments().getFirst().id());
        assertThat(again.runningCount()).isEqualTo(2);
        assertThat(ecs.listServices().serviceArns()).hasSize(1);
    }

    @Test
    void theSameTokenGivesTheSameServiceWhateverElseIsAsked() {
        story.define("web", container("app"));
        story.createService("web", "web", 2, s -> s.clientToken("once"));

        var again = story.createService("web", "web", 3, s -> s.clientToken("once"));

        assertThat(again.desiredCount()).isEqualTo(2);
    }

    @Test
    void anotherServiceOfTheSameNameIsRefused() {
        story.define("web", container("app"));
        story.createService("web", "web", 2, s -> s.clientToken("first"));

        assertThatThrownBy(() -> story.createService("web", "web", 3, s -> s.clientToken("second")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Creation of service was not idempotent.");
        assertThat(story.service("web").desiredCount()).isEqualTo(2);
    }

    @Test
    void servicesOfTheSameNameInTwoClustersAreTwo() {
        ecs.createCluster(c -> c.clusterName("other"));
        story.define("web", container("app"));
        story.createService("web", "web", 1);

        story.createService("web", "web", 2, s -> s.cluster("other"));

        assertThat(story.service("web").desiredCount()).isEqualTo(1);
        assertThat(ecs.describeServices(d -> d.cluster("other").services("web"))
                        .services()
                        .getFirst()
                        .desiredCount())
                .isEqualTo(2);
    }

    @Test
    void aNameIsTakenWhileItsServiceDrains() {
        story.define("web", container("app"));
        story.createService("web", "web", 1);
        story.letPass(Story.SOON);
        ecs.deleteService(d -> d.service("web").force(true));

        assertThatThrownBy(() -> story.createService("web", "web", 1))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Unable to Start a service that is still Draining.");
    }

    @Test
    void aNameIsFreeOnceItsServiceIsInactive() {
        story.define("web", container("app"));
        story.createService("web", "web", 1);
        story.letPass(Story.SOON);
        ecs.deleteService(d -> d.service("web").force(true));
        story.letPass(Story.SOON);

        story.createService("web", "web", 2);
        story.letPass(Duration.ofHours(2));

        var service = story.service("web");
        assertThat(service.status()).isEqualTo("ACTIVE");
        assertThat(service.runningCount()).isEqualTo(2);
        assertThat(service.createdAt()).isAfter(TestEmulator.START);
    }

    @Test
    void aServiceOfNoTasksIsSteadyAtOnce() {
        story.define("web", container("app"));

        story.createService("web", "web", 0);
        story.letPass(Story.SOON);

        assertThat(story.service("web").deployments())
                .extracting(Deployment::rolloutState)
                .containsExactly(DeploymentRolloutState.COMPLETED);
        assertThat(story.events("web")).last().isEqualTo("has reached a steady state.");
    }

    @Test
    void whatAnswersTheRequestIsNotToldWithoutTags() {
        story.define("web", container("app"));
        var request = CreateServiceRequest.builder()
                .serviceName("web")
                .taskDefinition("web")
                .desiredCount(0)
                .tags(tag("team", "shop"))
                .build();

        var created = ecs.createService(request).service();

        assertThat(created.tags()).containsExactly(tag("team", "shop"));
        assertThat(story.service("web").tags()).isEmpty();
    }

    private static DeploymentConfiguration usual() {
        return DeploymentConfiguration.builder()
                .deploymentCircuitBreaker(c -> c.enable(false).rollback(false))
                .maximumPercent(200)
                .minimumHealthyPercent(100)
                .strategy("ROLLING")
                .bakeTimeInMinutes(0)
                .build();
    }

    private static String revision(Deployment deployment) {
        return ARN + "service-revision/default/web/" + deployment.id().substring("ecs-svc/".length());
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
