package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentNotFoundException;
import software.amazon.awssdk.services.ecs.model.Task;

final class StopServiceDeploymentTest {
    private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:";

    private final Story story = Story.calm();
    private final EcsClient ecs = story.ecs();

    @BeforeEach
    void aService() {
        story.define("web", container("app"));
        story.createService("web", "web", 2);
        story.letPassSeconds(10);
    }

    @Test
    void aDeploymentIsRolledBackOnRequest() {
        var good = story.service("web").deployments().getFirst();
        var arn = deploy();
        story.letPass(Story.SOON);

        var answer = ecs.stopServiceDeployment(s -> s.serviceDeploymentArn(arn));
        var requested = deployment(arn);
        story.letPassSeconds(30);

        assertThat(answer.serviceDeploymentArn()).isEqualTo(arn);
        assertThat(requested.statusAsString()).isEqualTo("ROLLBACK_REQUESTED");
        var done = deployment(arn);
        assertThat(done.statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
        assertThat(done.rollback().reason())
                .isEqualTo("Service deployment rolled back because StopServiceDeployment was called.");
        assertThat(story.service("web").deployments())
                .extracting(Deployment::id, Deployment::rolloutState)
                .containsExactly(tuple(good.id(), DeploymentRolloutState.COMPLETED));
        assertThat(revisions()).containsExactly("web:1", "web:1");
        assertThat(story.events("web"))
                .contains("rolling back to deployment %s.".formatted(good.id()))
                .last()
                .isEqualTo("has reached a steady state.");
    }

    @Test
    void aDeploymentIsAbortedWhereItStands() {
        var arn = deploy();
        story.letPass(Story.SOON);

        ecs.stopServiceDeployment(s -> s.serviceDeploymentArn(arn).stopType("ABORT"));
        var requested = deployment(arn);
        story.letPass(Story.SOON);

        assertThat(requested.statusAsString()).isEqualTo("STOP_REQUESTED");
        var stopped = deployment(arn);
        assertThat(stopped.statusAsString()).isEqualTo("STOPPED");
        assertThat(stopped.stoppedAt()).isNotNull();
        assertThat(stopped.deploymentCircuitBreaker().statusAsString()).isEqualTo("DISABLED");
        var primary = story.service("web").deployments().getFirst();
        assertThat(primary.rolloutState()).isEqualTo(DeploymentRolloutState.FAILED);
        assertThat(primary.rolloutStateReason()).isEqualTo("ECS deployment stopped on request.");
        assertThat(primary.taskDefinition()).endsWith("/web:2");
    }

    @Test
    void aDeploymentThatWasAbortedStartsNothingMore() {
        story.aws().world().refusesPull("broken", "manifest unknown");
        story.define("web", container("app", c -> c.image("broken")));
        var arn = ecs.updateService(u -> u.service("web").taskDefinition("web"))
                .service()
                .currentServiceDeployment();
        story.letPassSeconds(10);

        ecs.stopServiceDeployment(s -> s.serviceDeploymentArn(arn).stopType("ABORT"));
        story.letPassSeconds(1);
        var failed = story.tasks("web", "STOPPED").size();
        story.letPassSeconds(600);

        assertThat(story.tasks("web", "STOPPED")).hasSize(failed);
        assertThat(revisions()).containsExactly("web:1", "web:1");
    }

    @Test
    void aDeploymentThatHasNotBegunIsRolledBackToo() {
        var arn = deploy();

        ecs.stopServiceDeployment(s -> s.serviceDeploymentArn(arn).stopType("ROLLBACK"));
        story.letPassSeconds(10);

        assertThat(deployment(arn).statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
        assertThat(revisions()).containsExactly("web:1", "web:1");
    }

    @Test
    void aFirstDeploymentIsStoppedWhereItStands() {
        var arn = story.createService("new", "web", 1).currentServiceDeployment();

        ecs.stopServiceDeployment(s -> s.serviceDeploymentArn(arn));
        story.letPassSeconds(60);

        assertThat(deployment(arn).statusAsString()).isEqualTo("STOPPED");
        assertThat(story.tasks("new")).isEmpty();
        assertThat(story.service("new").deployments())
                .extracting(Deployment::rolloutState)
                .containsExactly(DeploymentRolloutState.FAILED);
    }

    @Test
    void theRequestMayBeRepeated() {
        var arn = deploy();
        story.letPass(Story.SOON);
        ecs.stopServiceDeployment(s -> s.serviceDeploymentArn(arn));
        ecs.stopServiceDeployment(s -> s.serviceDeploymentArn(arn));

        story.letPassSeconds(30);

        assertThat(deployment(arn).statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
        assertThat(story.events("web"))
                .filteredOn(event -> event.startsWith("rolling back"))
                .hasSize(1);
    }

    @Test
    void aDeploymentThatIsOverIsNotStopped() {
        var arn = story.service("web").currentServiceDeployment();

        assertThatThrownBy(() -> ecs.stopServiceDeployment(s -> s.serviceDeploymentArn(arn)))
                .isInstanceOf(ConflictException.class)
                .hasMessageStartingWith("The service deployment cannot be stopped because its status is SUCCESSFUL.");
    }

    @Test
    void whatIsNotThereIsNotStopped() {
        assertThatThrownBy(() -> ecs.stopServiceDeployment(
                        s -> s.serviceDeploymentArn(ARN + "service-deployment/default/web/AAAAAAAAAAAAAAAAAAAAA")))
                .isInstanceOf(ServiceDeploymentNotFoundException.class);
        assertThatThrownBy(() -> ecs.stopServiceDeployment(
                        s -> s.serviceDeploymentArn(ARN + "service-deployment/default/nobody/AAAAAAAAAAAAAAAAAAAAA")))
                .isInstanceOf(ServiceDeploymentNotFoundException.class);
        assertThatThrownBy(() -> ecs.stopServiceDeployment(s -> s.serviceDeploymentArn("")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("serviceDeploymentArn can not be blank.");
        var arn = deploy();
        assertThatThrownBy(() -> ecs.stopServiceDeployment(
                        s -> s.serviceDeploymentArn(arn).stopType("PAUSE")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("stopType should be one of [ABORT,ROLLBACK]");
    }

    private String deploy() {
        story.define("web", container("app"));
        return ecs.updateService(u -> u.service("web").taskDefinition("web"))
                .service()
                .currentServiceDeployment();
    }

    private ServiceDeployment deployment(String arn) {
        return ecs.describeServiceDeployments(d -> d.serviceDeploymentArns(arn))
                .serviceDeployments()
                .getFirst();
    }

    /// The revisions of the tasks that are to run.
    private List<String> revisions() {
        return story.tasks("web").stream()
                .map(Task::taskDefinitionArn)
                .map(arn -> arn.substring(arn.indexOf('/') + 1))
                .toList();
    }
}
