package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterContainsServicesException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ServiceNotActiveException;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

final class DeleteServiceTest {
    private final Story story = Story.calm();
    private final EcsClient ecs = story.ecs();

    @BeforeEach
    void aService() {
        story.define("web", container("app"));
        story.createService("web", "web", 2);
        story.letPassSeconds(10);
    }

    @Test
    void aServiceThatRunsIsOnlyDeletedByForce() {
        assertThatThrownBy(() -> ecs.deleteService(d -> d.service("web")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("The service cannot be stopped while it is scaled above 0.");
        assertThat(story.service("web").status()).isEqualTo("ACTIVE");
    }

    @Test
    void aServiceThatIsDeployedIsOnlyDeletedByForce() {
        ecs.updateService(u -> u.service("web").desiredCount(0).forceNewDeployment(true));

        assertThatThrownBy(() -> ecs.deleteService(d -> d.service("web")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("The service cannot be stopped while deployments are active.");
    }

    @Test
    void aServiceOfNoTasksIsDeletedWithoutForce() {
        ecs.updateService(u -> u.service("web").desiredCount(0));
        story.letPassSeconds(10);

        var deleted = ecs.deleteService(d -> d.service("web")).service();
        story.letPass(Story.SOON);

        assertThat(deleted.status()).isEqualTo("DRAINING");
        assertThat(story.service("web").status()).isEqualTo("INACTIVE");
    }

    @Test
    void aDeletedServiceDrainsUntilItsTasksHaveStopped() {
        var tasks = story.tasks("web");

        var deleted = ecs.deleteService(d -> d.service("web").force(true)).service();
        var draining = story.service("web");
        story.letPassSeconds(10);

        assertThat(deleted.status()).isEqualTo("DRAINING");
        assertThat(deleted.desiredCount()).isZero();
        assertThat(deleted.deployments()).hasSize(1);
        assertThat(draining.status()).isEqualTo("DRAINING");
        assertThat(draining.runningCount()).isEqualTo(2);
        var inactive = story.service("web");
        assertThat(inactive.status()).isEqualTo("INACTIVE");
        assertThat(inactive.runningCount()).isZero();
        assertThat(inactive.deployments()).isEmpty();
        assertThat(tasks).allSatisfy(task -> {
            assertThat(story.now(task).lastStatus()).isEqualTo("STOPPED");
            assertThat(story.now(task).stopCode()).isEqualTo(TaskStopCode.SERVICE_SCHEDULER_INITIATED);
        });
    }

    @Test
    void anInactiveServiceIsShownForAWhileAndNotListed() {
        ecs.deleteService(d -> d.service("web").force(true));
        story.letPassSeconds(10);
        var arn = story.service("web").serviceArn();

        assertThat(ecs.listServices().serviceArns()).isEmpty();
        story.letPass(Duration.ofHours(2));

        assertThat(ecs.describeServices(d -> d.services("web")).failures())
                .containsExactly(Failure.builder().arn(arn).reason("MISSING").build());
    }

    @Test
    void aServiceIsDeletedOnce() {
        ecs.deleteService(d -> d.service("web").force(true));

        assertThatThrownBy(() -> ecs.deleteService(d -> d.service("web").force(true)))
                .isInstanceOf(ServiceNotActiveException.class)
                .hasMessageStartingWith("Service was not ACTIVE.");
        story.letPassSeconds(10);
        assertThatThrownBy(() -> ecs.deleteService(d -> d.service("web").force(true)))
                .isInstanceOf(ServiceNotFoundException.class)
                .hasMessageStartingWith("Service not found.");
    }

    @Test
    void whatIsNotThereIsNotDeleted() {
        assertThatThrownBy(() -> ecs.deleteService(d -> d.service("nothing")))
                .isInstanceOf(ServiceNotFoundException.class);
        assertThatThrownBy(() -> ecs.deleteService(d -> d.service(" ")))
                .hasMessageStartingWith("Service can not be blank.");
        assertThatThrownBy(() -> ecs.deleteService(d -> d.service("web").cluster("nowhere")))
                .hasMessageStartingWith("Cluster not found.");
    }

    @Test
    void aDeploymentUnderWayEndsWithItsService() {
        story.define("slow", container("slow"));
        var started =
                ecs.updateService(u -> u.service("web").taskDefinition("slow")).service();

        ecs.deleteService(d -> d.service("web").force(true));
        story.letPassSeconds(10);

        assertThat(story.tasks("web")).isEmpty();
        assertThat(story.service("web").status()).isEqualTo("INACTIVE");
        assertThat(ecs.describeServiceDeployments(d -> d.serviceDeploymentArns(started.currentServiceDeployment()))
                        .serviceDeployments()
                        .getFirst()
                        .statusAsString())
                .isEqualTo("STOPPED");
    }

    @Test
    void aClusterGoesOnceItsServicesHaveGone() {
        assertThatThrownBy(() -> ecs.deleteCluster(c -> c.cluster("default")))
                .isInstanceOf(ClusterContainsServicesException.class);
        ecs.deleteService(d -> d.service("web").force(true));
        assertThatThrownBy(() -> ecs.deleteCluster(c -> c.cluster("default")))
                .isInstanceOf(ClusterContainsServicesException.class);
        story.letPassSeconds(10);

        assertThat(ecs.deleteCluster(c -> c.cluster("default")).cluster().status())
                .isEqualTo("INACTIVE");
    }
}
