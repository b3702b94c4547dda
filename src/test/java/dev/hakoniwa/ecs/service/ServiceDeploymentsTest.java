package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionSummary;

/// Service deployments: DescribeServiceDeployments and ListServiceDeployments.
final class ServiceDeploymentsTest {
    private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:";

    private final Story story = Story.calm();
    private final EcsClient ecs = story.ecs();

    @Test
    void aServicesFirstDeploymentIsPendingThenInProgressThenSuccessful() {
        var service = service(2, _ -> {});

        var pending = newest();
        story.letPass(Story.SOON);
        var inProgress = newest();
        story.letPassSeconds(10);

        assertThat(pending.serviceDeploymentArn())
                .isEqualTo(service.currentServiceDeployment())
                .matches(ARN + "service-deployment/default/web/[A-Za-z0-9_-]{21}");
        assertThat(pending.serviceArn()).isEqualTo(ARN + "service/default/web");
        assertThat(pending.clusterArn()).isEqualTo(ARN + "cluster/default");
        assertThat(pending.status()).isEqualTo(ServiceDeploymentStatus.PENDING);
        assertThat(pending.createdAt()).isEqualTo(TestEmulator.START);
        assertThat(pending.startedAt()).isNull();
        assertThat(pending.sourceServiceRevisions()).isEmpty();
        assertThat(inProgress.status()).isEqualTo(ServiceDeploymentStatus.IN_PROGRESS);
        assertThat(inProgress.startedAt()).isAfter(inProgress.createdAt());
        assertThat(inProgress.targetServiceRevision()).isEqualTo(summary(revision(service), 2, 2, 0));
        var done = newest();
        assertThat(done.status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
        assertThat(done.startedAt()).isEqualTo(inProgress.startedAt());
        assertThat(done.finishedAt()).isAfter(done.startedAt()).isEqualTo(done.updatedAt());
        assertThat(done.stoppedAt()).isNull();
        assertThat(done.statusReason()).isNull();
        assertThat(done.rollback()).isNull();
    }

    @Test
    void aDeploymentTellsFromWhichRevisionToWhich() {
        var first = service(2, _ -> {});
        story.letPassSeconds(10);

        var second = deploy();
        story.letPass(Story.SOON);

        var deployment = newest();
        assertThat(deployment.sourceServiceRevisions()).containsExactly(summary(revision(first), 2, 2, 0));
        assertThat(deployment.targetServiceRevision()).isEqualTo(summary(revision(second), 2, 2, 0));
        assertThat(revision(second)).isNotEqualTo(revision(first));
        assertThat(story.service("web").currentServiceRevisions())
                .extracting(r -> r.arn(), r -> r.runningTaskCount())
                .containsExactly(tuple(revision(second), 2), tuple(revision(first), 2));
    }

    @Test
    void aDeploymentKeepsTheConfigurationItBeganWith() {
        service(
                1,
                s -> s.deploymentConfiguration(d -> d.maximumPercent(150)
                        .deploymentCircuitBreaker(c -> c.enable(true).rollback(true))));
        story.letPassSeconds(10);

        ecs.updateService(u -> u.service("web").deploymentConfiguration(d -> d.maximumPercent(180)));

        assertThat(newest().deploymentConfiguration())
                .extracting(DeploymentConfiguration::maximumPercent, DeploymentConfiguration::minimumHealthyPercent)
                .containsExactly(150, 100);
    }

    @Test
    void whatStartsNoDeploymentIsNone() {
        service(1, _ -> {});
        story.letPassSeconds(10);

        ecs.updateService(u -> u.service("web").desiredCount(3));
        story.letPassSeconds(10);

        assertThat(list()).hasSize(1);
    }

    @Test
    void theCircuitBreakersStateIsTold() {
        service(
                1,
                s -> s.deploymentConfiguration(
                        d -> d.deploymentCircuitBreaker(c -> c.enable(true).rollback(false))));
        var monitoring = newest().deploymentCircuitBreaker();
        story.letPassSeconds(10);
        var complete = newest().deploymentCircuitBreaker();

        deployBroken();
        story.letPassSeconds(60);

        assertThat(monitoring.statusAsString()).isEqualTo("MONITORING");
        assertThat(List.of(monitoring.failureCount(), monitoring.threshold())).containsExactly(0, 3);
        assertThat(complete.statusAsString()).isEqualTo("MONITORING_COMPLETE");
        var triggered = newest().deploymentCircuitBreaker();
        assertThat(triggered.statusAsString()).isEqualTo("TRIGGERED");
        assertThat(List.of(triggered.failureCount(), triggered.threshold())).containsExactly(3, 3);
    }

    @Test
    void aMonitorThatIsOffIsDisabled() {
        service(1, _ -> {});

        assertThat(newest().deploymentCircuitBreaker().statusAsString()).isEqualTo("DISABLED");
        assertThat(newest().alarms().statusAsString()).isEqualTo("DISABLED");
    }

    @Test
    void alarmsAreToldByName() {
        service(
                1,
                s -> s.deploymentConfiguration(
                        d -> d.alarms(a -> a.alarmNames("errors").enable(true).rollback(true))));

        assertThat(newest().alarms().statusAsString()).isEqualTo("MONITORING");
        assertThat(newest().alarms().alarmNames()).containsExactly("errors");
    }

    @Test
    void aFailedDeploymentIsStopped() {
        service(
                1,
                s -> s.deploymentConfiguration(
                        d -> d.deploymentCircuitBreaker(c -> c.enable(true).rollback(false))));
        story.letPassSeconds(10);

        deployBroken();
        story.letPassSeconds(60);

        var stopped = newest();
        assertThat(stopped.status()).isEqualTo(ServiceDeploymentStatus.STOPPED);
        assertThat(stopped.statusReason())
                .isEqualTo("Service deployment stopped because the circuit breaker threshold was exceeded.");
        assertThat(stopped.stoppedAt()).isAfter(stopped.startedAt());
        assertThat(stopped.finishedAt()).isNull();
        assertThat(stopped.rollback()).isNull();
    }

    @Test
    void aRollbackIsPartOfTheDeploymentThatFailed() {
        var good = service(
                2,
                s -> s.availabilityZoneRebalancing("DISABLED")
                        .deploymentConfiguration(d -> d.minimumHealthyPercent(0)
                                .maximumPercent(100)
                                .deploymentCircuitBreaker(c -> c.enable(true).rollback(true))));
        story.letPassSeconds(10);

        var bad = deployBroken();
        advanceUntil(ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS);
        var underWay = newest();
        story.letPassSeconds(60);

        var reason = "Service deployment rolled back because the circuit breaker threshold was exceeded.";
        assertThat(underWay.statusReason()).isEqualTo(reason);
        assertThat(underWay.rollback().reason()).isEqualTo(reason);
        assertThat(underWay.rollback().serviceRevisionArn()).isEqualTo(revision(good));
        assertThat(underWay.rollback().startedAt()).isAfter(underWay.startedAt());
        var done = newest();
        assertThat(done.status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(done.rollback()).isEqualTo(underWay.rollback());
        assertThat(done.targetServiceRevision()).isEqualTo(summary(revision(bad), 0, 0, 0));
        assertThat(done.finishedAt()).isAfter(underWay.rollback().startedAt());
        assertThat(list())
                .extracting(ServiceDeploymentBrief::status)
                .containsExactly(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL, ServiceDeploymentStatus.SUCCESSFUL);
        assertThat(story.service("web").currentServiceRevisions())
                .extracting(r -> r.arn())
                .containsExactly(revision(good));
    }

    @Test
    void aRollbackThatFailsIsToldToo() {
        service(
                1,
                s -> s.deploymentConfiguration(d -> d.minimumHealthyPercent(0)
                        .deploymentCircuitBreaker(c -> c.enable(true).rollback(true))));
        story.letPassSeconds(10);
        var old = story.tasks("web").getFirst();

        deployBroken();
        story.aws().world().refusesStart("app", "no such file or directory");
        story.exit(old, "app", 1);
        story.letPass(Duration.ofMinutes(30));

        assertThat(newest().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_FAILED);
    }

    @Test
    void aDeploymentThatIsOvertakenIsStopped() {
        service(1, _ -> {});

        deploy();

        assertThat(list())
                .extracting(ServiceDeploymentBrief::status, ServiceDeploymentBrief::statusReason)
                .containsExactly(
                        tuple(ServiceDeploymentStatus.PENDING, null),
                        tuple(
                                ServiceDeploymentStatus.STOPPED,
                                "Service deployment stopped because another service deployment was started."));
    }

    @Test
    void deploymentsAreListedNewestFirst() {
        service(0, _ -> {});
        story.letPassSeconds(10);
        var second = deploy();
        story.letPassSeconds(10);
        var third = deploy();
        story.letPass(Story.SOON);

        var listed = list();

        assertThat(listed)
                .extracting(ServiceDeploymentBrief::targetServiceRevisionArn)
                .startsWith(revision(third), revision(second))
                .hasSize(3);
        assertThat(listed.getFirst()).satisfies(brief -> {
            assertThat(brief.serviceDeploymentArn()).isEqualTo(third.currentServiceDeployment());
            assertThat(brief.serviceArn()).isEqualTo(third.serviceArn());
            assertThat(brief.clusterArn()).isEqualTo(third.clusterArn());
            assertThat(brief.createdAt()).isEqualTo(TestEmulator.START.plusSeconds(20));
            assertThat(brief.startedAt()).isNotNull();
        });
    }

    @Test
    void noMoreThanAHundredDeploymentsAreKept() {
        service(0, _ -> {});
        for (var i = 0; i < 105; i++) {
            ecs.updateService(u -> u.service("web").forceNewDeployment(true));
        }

        var first = ecs.listServiceDeployments(l -> l.service("web").maxResults(100));

        assertThat(first.serviceDeployments()).hasSize(100);
        assertThat(first.nextToken()).isNull();
    }

    @Test
    void whatIsNotThereIsMissing() {
        var there = service(0, _ -> {}).currentServiceDeployment();
        var nowhere = ARN + "service-deployment/default/web/AAAAAAAAAAAAAAAAAAAAA";
        var nobody = ARN + "service-deployment/default/nobody/AAAAAAAAAAAAAAAAAAAAA";

        var answer = ecs.describeServiceDeployments(d -> d.serviceDeploymentArns(nowhere, there, nobody));

        assertThat(answer.serviceDeployments())
                .extracting(ServiceDeployment::serviceDeploymentArn)
                .containsExactly(there);
        assertThat(answer.failures())
                .extracting(Failure::arn, Failure::reason)
                .containsExactly(tuple(nowhere, "MISSING"), tuple(nobody, "MISSING"));
    }

    @Test
    void questionsAreAskedInOrder() {
        service(0, _ -> {});

        assertRefused(d -> d.serviceDeploymentArns(List.of()), "serviceDeploymentArns cannot be empty.");
        assertRefused(
                d -> d.serviceDeploymentArns(Collections.nCopies(21, "x")),
                "serviceDeploymentArns can have at most 20 items.");
        assertRefused(d -> d.serviceDeploymentArns("web"), "Invalid arn syntax.");
        assertRefused(d -> d.serviceDeploymentArns(ARN + "service/default/web"), "Unsupported resource type: service");
        assertThatThrownBy(() -> ecs.listServiceDeployments(l -> l.service("")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Service can not be blank.");
        assertThatThrownBy(() -> ecs.listServiceDeployments(l -> l.service("nobody")))
                .isInstanceOf(ServiceNotFoundException.class);
        assertThatThrownBy(
                        () -> ecs.listServiceDeployments(l -> l.service("web").statusWithStrings("SLEEPING")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("status should be one of [");
        assertThatThrownBy(
                        () -> ecs.listServiceDeployments(l -> l.service("web").maxResults(101)))
                .isInstanceOf(InvalidParameterException.class);
    }

    private void assertRefused(Consumer<DescribeServiceDeploymentsRequest.Builder> request, String text) {
        assertThatThrownBy(() -> ecs.describeServiceDeployments(request))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(text);
    }

    private Service service(int count, Consumer<CreateServiceRequest.Builder> rest) {
        story.define("web", container("app"));
        return story.createService("web", "web", count, rest);
    }

    private Service deploy() {
        story.define("web", container("app"));
        return ecs.updateService(u -> u.service("web").taskDefinition("web")).service();
    }

    private Service deployBroken() {
        story.aws().world().refusesPull("broken", "manifest unknown");
        story.define("web", container("app", c -> c.image("broken")));
        return ecs.updateService(u -> u.service("web").taskDefinition("web")).service();
    }

    private List<ServiceDeploymentBrief> list() {
        return ecs.listServiceDeployments(l -> l.service("web")).serviceDeployments();
    }

    private ServiceDeployment newest() {
        var arn = list().getFirst().serviceDeploymentArn();
        return ecs.describeServiceDeployments(d -> d.serviceDeploymentArns(arn))
                .serviceDeployments()
                .getFirst();
    }

    private void advanceUntil(ServiceDeploymentStatus status) {
        for (var i = 0; i < 10_000 && newest().status() != status; i++) {
            story.letPass(Duration.ofMillis(50));
        }
    }

    /// The revision that the service's PRIMARY deployment is made of.
    private static String revision(Service service) {
        var id = service.deployments().getFirst().id();
        return ARN + "service-revision/default/web/" + id.substring(id.indexOf('/') + 1);
    }

    private static ServiceRevisionSummary summary(String arn, int requested, int running, int pending) {
        return ServiceRevisionSummary.builder()
                .arn(arn)
                .requestedTaskCount(requested)
                .runningTaskCount(running)
                .pendingTaskCount(pending)
                .build();
    }
}
