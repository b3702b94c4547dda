package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.Health;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/// Deployments whose tasks fail, and the circuit breaker that gives up on them.
final class FailingDeploymentTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Story story = Story.calm();

    @Test
    void withoutACircuitBreakerADeploymentFailsOnAndOn() {
        service(1, c -> c.enable(false).rollback(false));

        var deployment = deployBroken();
        story.letPass(Duration.ofHours(2));

        var primary = story.service("web").deployments().getFirst();
        assertThat(primary.id()).isEqualTo(deployment);
        assertThat(primary.rolloutState()).isEqualTo(DeploymentRolloutState.IN_PROGRESS);
        assertThat(primary.failedTasks()).isGreaterThan(10);
        assertThat(running()).containsExactly("web:1");
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "5, 3", "7, 4", "10, 5"})
    void aDeploymentIsGivenUpAfterHalfAsManyFailuresAsTasksAreWanted(int desired, int failures) {
        service(desired, c -> c.enable(true).rollback(false));

        deployBroken();
        story.letPass(LONG);

        assertThat(story.service("web").deployments().getFirst().failedTasks()).isEqualTo(failures);
        assertThat(story.service("web").deployments().getFirst().rolloutState())
                .isEqualTo(DeploymentRolloutState.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"COUNT, 2, 2", "COUNT, 6, 6", "UNBOUNDED_PERCENT, 25, 1", "BOUNDED_PERCENT, 100, 4"})
    void theThresholdMayBeGiven(String type, int value, int failures) {
        service(
                4,
                c -> c.enable(true)
                        .rollback(false)
                        .thresholdConfiguration(t -> t.type(type).value(value)));

        deployBroken();
        story.letPass(LONG);

        assertThat(story.service("web").deployments().getFirst().failedTasks()).isEqualTo(failures);
        assertThat(count("deployment failed: tasks failed to start.")).isEqualTo(1);
    }

    @Test
    void aDeploymentThatWasGivenUpStartsNothingMoreAndTheOldTasksStay() {
        service(2, c -> c.enable(true).rollback(false));
        var before = story.tasks("web");

        var deployment = deployBroken();
        story.letPass(LONG);
        var stopped = story.tasks("web", "STOPPED").size();
        story.letPass(Duration.ofMinutes(40));

        var service = story.service("web");
        assertThat(service.deployments())
                .extracting(
                        Deployment::id, Deployment::status, Deployment::rolloutState, Deployment::rolloutStateReason)
                .first()
                .isEqualTo(tuple(
                        deployment,
                        "PRIMARY",
                        DeploymentRolloutState.FAILED,
                        "ECS deployment circuit breaker: task failed to start."));
        assertThat(story.tasks("web")).extracting(Task::taskArn).isEqualTo(arns(before));
        assertThat(story.tasks("web", "STOPPED")).hasSize(stopped);
        assertThat(count("(deployment %s) deployment failed: tasks failed to start.".formatted(deployment)))
                .isEqualTo(1);
        assertThat(count("rolling back")).isZero();
        assertThat(service.taskDefinition()).endsWith("/web:2");
    }

    @Test
    void aDeploymentThatWasGivenUpIsRolledBackIfThatIsWished() {
        service(2, c -> c.enable(true).rollback(true));
        var before = story.tasks("web");
        var good = story.service("web").deployments().getFirst();

        var bad = deployBroken();
        story.letPass(LONG);

        var service = story.service("web");
        assertThat(service.taskDefinition()).endsWith("/web:1");
        assertThat(service.deployments())
                .extracting(
                        Deployment::id, Deployment::status, Deployment::rolloutState, Deployment::rolloutStateReason)
                .containsExactly(tuple(
                        good.id(),
                        "PRIMARY",
                        DeploymentRolloutState.COMPLETED,
                        "ECS deployment %s completed.".formatted(good.id())));
        assertThat(story.tasks("web")).extracting(Task::taskArn).isEqualTo(arns(before));
        assertThat(story.events("web"))
                .filteredOn(event -> !event.startsWith("has stopped"))
                .endsWith(
                        "(deployment %s) deployment failed: tasks failed to start.".formatted(bad),
                        "rolling back to deployment %s.".formatted(good.id()),
                        "(deployment %s) deployment completed.".formatted(good.id()),
                        "has reached a steady state.");
    }

    @Test
    void aRollbackIsADeploymentUnderWayUntilItsTasksAreBack() {
        story.define("web", container("app"));
        story.createService(
                "web",
                "web",
                2,
                s -> s.availabilityZoneRebalancing("DISABLED")
                        .deploymentConfiguration(d -> d.minimumHealthyPercent(0)
                                .maximumPercent(100)
                                .deploymentCircuitBreaker(c -> c.enable(true).rollback(true))));
        story.letPassSeconds(10);
        var good = story.service("web").deployments().getFirst().id();

        deployBroken();
        advanceUntil("rolling back to deployment " + good + ".");
        var rollingBack = story.service("web").deployments().getFirst();
        story.letPass(LONG);

        assertThat(rollingBack.id()).isEqualTo(good);
        assertThat(rollingBack.status()).isEqualTo("PRIMARY");
        assertThat(rollingBack.rolloutState()).isEqualTo(DeploymentRolloutState.IN_PROGRESS);
        assertThat(rollingBack.rolloutStateReason())
                .isEqualTo("ECS deployment circuit breaker: rolling back to deploymentId " + good + ".");
        assertThat(running()).containsExactly("web:1", "web:1");
        assertThat(story.service("web").deployments())
                .extracting(Deployment::rolloutState)
                .containsExactly(DeploymentRolloutState.COMPLETED);
    }

    @Test
    void aFirstDeploymentHasNothingToGoBackTo() {
        story.aws().world().refusesPull("broken", "manifest unknown");
        story.define("web", container("app", c -> c.image("broken")));
        story.createService(
                "web",
                "web",
                1,
                s -> s.deploymentConfiguration(
                        d -> d.deploymentCircuitBreaker(c -> c.enable(true).rollback(true))));

        story.letPass(LONG);

        assertThat(story.service("web").deployments())
                .extracting(Deployment::rolloutState, Deployment::failedTasks)
                .containsExactly(tuple(DeploymentRolloutState.FAILED, 3));
        assertThat(count("rolling back")).isZero();
        assertThat(story.tasks("web")).isEmpty();
    }

    @Test
    void aRollbackThatFailsIsNotRolledBackAgain() {
        service(1, c -> c.enable(true).rollback(true));
        story.ecs()
                .updateService(u -> u.service("web")
                        .deploymentConfiguration(d -> d.minimumHealthyPercent(0).maximumPercent(200)));
        var old = story.tasks("web").getFirst();

        deployBroken();
        story.aws().world().refusesStart("app", "no such file or directory");
        story.exit(old, "app", 1);
        story.letPass(Duration.ofMinutes(30));

        assertThat(count("rolling back")).isEqualTo(1);
        assertThat(count("deployment failed: tasks failed to start.")).isEqualTo(2);
        assertThat(story.service("web").deployments())
                .extracting(Deployment::rolloutState)
                .containsExactly(DeploymentRolloutState.FAILED);
    }

    @Test
    void theNextDeploymentEndsTheTroubleOfTheLast() {
        service(2, c -> c.enable(true).rollback(false));
        deployBroken();
        story.letPass(LONG);

        story.define("web", container("app"));
        story.ecs().updateService(u -> u.service("web").taskDefinition("web"));
        story.letPassSeconds(30);

        assertThat(running()).containsExactly("web:3", "web:3");
        assertThat(story.service("web").deployments())
                .extracting(Deployment::rolloutState, Deployment::failedTasks)
                .containsExactly(tuple(DeploymentRolloutState.COMPLETED, 0));
    }

    @Test
    void failuresAreForgottenOnceATaskIsHealthy() {
        service(
                1,
                c -> c.enable(true)
                        .rollback(false)
                        .thresholdConfiguration(t -> t.type("COUNT").value(20)));
        deployBroken();
        story.letPassSeconds(20);
        var failed = story.service("web").deployments().getFirst().failedTasks();

        story.aws().world().allowsPull("broken");
        story.letPassSeconds(60);

        assertThat(failed).isBetween(3, 7);
        assertThat(story.service("web").deployments())
                .extracting(Deployment::rolloutState, Deployment::failedTasks)
                .containsExactly(tuple(DeploymentRolloutState.COMPLETED, 0));
    }

    @Test
    void tasksThatFailTheirHealthChecksCountToo() {
        story.define("web", container("app"));
        story.createService(
                "web",
                "web",
                1,
                s -> s.deploymentConfiguration(
                        d -> d.deploymentCircuitBreaker(c -> c.enable(true).rollback(true))));
        story.letPassSeconds(10);
        story.aws().world().finds("sick", Health.UNHEALTHY);
        story.define(
                "web",
                container(
                        "sick",
                        c -> c.healthCheck(
                                h -> h.command("CMD", "check").interval(5).retries(2))));

        story.ecs().updateService(u -> u.service("web").taskDefinition("web"));
        story.letPass(LONG);

        assertThat(running()).containsExactly("web:1");
        assertThat(count("deployment failed: tasks failed to start.")).isEqualTo(1);
        assertThat(count("rolling back to deployment")).isEqualTo(1);
    }

    @Test
    void aTaskThatEndsByItselfAfterItRanIsNoFailedDeployment() {
        service(1, c -> c.enable(true).rollback(false));
        story.letPassSeconds(10);

        for (var i = 0; i < 5; i++) {
            story.exit(story.tasks("web").getFirst(), "app", 1);
            story.letPassSeconds(10);
        }

        assertThat(story.service("web").deployments())
                .extracting(Deployment::rolloutState)
                .containsExactly(DeploymentRolloutState.COMPLETED);
        assertThat(running()).containsExactly("web:1");
    }

    private Service service(int desired, Consumer<DeploymentCircuitBreaker.Builder> breaker) {
        story.define("web", container("app"));
        var service = story.createService(
                "web", "web", desired, s -> s.deploymentConfiguration(d -> d.deploymentCircuitBreaker(breaker)));
        story.letPassSeconds(10);
        return service;
    }

    /// Deploys a revision whose image can't be pulled; gives back the deployment's id.
    private String deployBroken() {
        story.aws().world().refusesPull("broken", "manifest unknown");
        story.define("web", container("app", c -> c.image("broken")));
        return story.ecs()
                .updateService(u -> u.service("web").taskDefinition("web"))
                .service()
                .deployments()
                .getFirst()
                .id();
    }

    private void advanceUntil(String event) {
        for (var i = 0; i < 10_000 && !story.events("web").contains(event); i++) {
            story.letPass(Duration.ofMillis(50));
        }
    }

    /// The revisions of the tasks that run.
    private List<String> running() {
        return story.tasks("web").stream()
                .filter(task -> task.lastStatus().equals("RUNNING"))
                .map(Task::taskDefinitionArn)
                .map(arn -> arn.substring(arn.indexOf('/') + 1))
                .toList();
    }

    private long count(String words) {
        return story.events("web").stream()
                .filter(event -> event.contains(words))
                .count();
    }

    private static List<String> arns(List<Task> tasks) {
        return tasks.stream().map(Task::taskArn).toList();
    }
}
