package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/// How a service gets from one revision to the next.
final class RollingDeploymentTest {
    /// How long a task that nothing checks runs before it counts as healthy.
    private static final Duration SETTLING = TaskState.SETTLING;

    private static final Duration MOMENT = Duration.ofMillis(250);

    private final Story story = Story.calm();

    @ParameterizedTest
    @CsvSource({
        "4, 100, 200",
        "4, 50, 200",
        "4, 50, 100",
        "3, 50, 150",
        "5, 50, 150",
        "7, 33, 133",
        "2, 75, 200",
        "3, 66, 100",
        "1, 100, 200",
        "1, 0, 100",
        "3, 0, 100",
        "2, 0, 200",
    })
    void aDeploymentStaysWithinItsPercentages(int desired, int min, int max) {
        var least = Math.ceilDiv(desired * min, 100);
        var most = Math.floorDiv(desired * max, 100);
        service(desired, min, max);

        deploy();
        var seen = watch(Duration.ofSeconds(60));

        assertThat(seen).allSatisfy(moment -> {
            assertThat(moment.healthy()).isGreaterThanOrEqualTo(least);
            assertThat(moment.wanted()).isLessThanOrEqualTo(most);
        });
        assertArrived(desired, "web:2");
    }

    @Test
    void aSingleTaskIsReplacedBeforeItStops() {
        service(1, 100, 200);
        var old = story.tasks("web").getFirst();

        deploy();
        story.letPass(Story.SOON);
        var both = story.tasks("web");
        story.letPass(SETTLING);

        assertThat(both).hasSize(2).extracting(Task::taskArn).contains(old.taskArn());
        assertThat(story.tasks("web")).hasSize(1).extracting(Task::taskArn).doesNotContain(old.taskArn());
    }

    @Test
    void aSingleTaskThatMayBeMissingStopsBeforeItIsReplaced() {
        service(1, 0, 100);

        deploy();
        var seen = watch(Duration.ofSeconds(10));

        assertThat(seen).extracting(Moment::wanted).allMatch(wanted -> wanted <= 1);
        assertThat(seen).extracting(Moment::healthy).contains(0);
        assertArrived(1, "web:2");
    }

    @Test
    void aServiceThatMayHaveNeitherMoreNorFewerTasksIsStuck() {
        service(2, 100, 100);
        var before = story.tasks("web");

        deploy();
        story.letPass(Duration.ofMinutes(5));

        assertThat(story.tasks("web")).extracting(Task::taskArn).isEqualTo(arns(before));
        assertThat(story.service("web").deployments())
                .extracting(Deployment::status, Deployment::rolloutState)
                .containsExactly(
                        tuple("PRIMARY", DeploymentRolloutState.IN_PROGRESS),
                        tuple("ACTIVE", DeploymentRolloutState.COMPLETED));
        assertThat(story.events("web"))
                .containsOnlyOnce("was unable to stop or start tasks during a deployment because of the service "
                        + "deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try "
                        + "again.");
    }

    @Test
    void aStuckDeploymentGoesOnWhenItsPercentagesChange() {
        service(2, 100, 100);
        deploy();
        story.letPassSeconds(60);

        story.ecs().updateService(u -> u.service("web").deploymentConfiguration(d -> d.maximumPercent(150)));
        story.letPassSeconds(60);

        assertArrived(2, "web:2");
    }

    @Test
    void aDeploymentIsCompletedWhenItsTasksAreHealthyAndTheOldOnesAreGone() {
        service(2, 100, 200);
        var deployment = deploy().deployments().getFirst();
        story.letPass(Story.SOON);
        var underWay = primary();
        story.letPassSeconds(10);

        assertThat(underWay.rolloutState()).isEqualTo(DeploymentRolloutState.IN_PROGRESS);
        assertThat(underWay.rolloutStateReason()).isEqualTo("ECS deployment " + deployment.id() + " in progress.");
        var completed = primary();
        assertThat(completed.id()).isEqualTo(deployment.id());
        assertThat(completed.rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
        assertThat(completed.rolloutStateReason()).isEqualTo("ECS deployment " + deployment.id() + " completed.");
        assertThat(completed.createdAt()).isEqualTo(deployment.createdAt());
        assertThat(completed.updatedAt()).isAfter(deployment.createdAt());
    }

    @Test
    void tasksTellWhichDeploymentStartedThem() {
        service(1, 100, 200);
        var first = primary().id();

        var second = deploy().deployments().getFirst().id();
        story.letPass(Story.SOON);

        assertThat(story.tasks("web"))
                .extracting(Task::startedBy, Task::group)
                .containsExactly(tuple(first, "service:web"), tuple(second, "service:web"));
        assertThat(story.ecs().listTasks(t -> t.startedBy(second)).taskArns()).hasSize(1);
    }

    @Test
    void deploymentsCountTheirOwnTasksAndTheServiceAllOfThem() {
        service(2, 100, 200);

        deploy();
        story.letPass(Duration.ofMillis(30));
        var starting = story.service("web");
        story.letPass(Story.SOON);
        var started = story.service("web");

        assertThat(starting.deployments())
                .extracting(Deployment::desiredCount, Deployment::pendingCount, Deployment::runningCount)
                .containsExactly(tuple(2, 2, 0), tuple(2, 0, 2));
        assertThat(List.of(starting.desiredCount(), starting.pendingCount(), starting.runningCount()))
                .containsExactly(2, 2, 2);
        assertThat(started.deployments())
                .extracting(Deployment::desiredCount, Deployment::pendingCount, Deployment::runningCount)
                .containsExactly(tuple(2, 0, 2), tuple(2, 0, 2));
        assertThat(started.runningCount()).isEqualTo(4);
    }

    @Test
    void severalDeploymentsStandNewestFirstUntilTheOlderOnesHaveNoTasks() {
        service(4, 100, 150);
        var first = primary().id();
        var second = deploy().deployments().getFirst().id();
        story.letPass(Story.SOON.plus(SETTLING));

        var third = deploy().deployments().getFirst().id();
        story.letPass(Story.SOON);
        var all = story.service("web");
        story.letPassSeconds(60);

        assertThat(all.deployments())
                .extracting(Deployment::id, Deployment::status, Deployment::desiredCount)
                .containsExactly(tuple(third, "PRIMARY", 4), tuple(second, "ACTIVE", 2), tuple(first, "ACTIVE", 2));
        assertThat(all.runningCount()).isEqualTo(6);
        assertThat(story.service("web").deployments())
                .extracting(Deployment::id, Deployment::status)
                .containsExactly(tuple(third, "PRIMARY"));
        assertArrived(4, "web:3");
    }

    @Test
    void aDeploymentThatIsOvertakenIsNeverCompleted() {
        service(2, 100, 200);
        var overtaken = deploy().deployments().getFirst().id();
        story.letPass(Duration.ofMillis(100));
        var last = deploy().deployments().getFirst().id();

        story.letPassSeconds(60);

        assertThat(story.events("web"))
                .contains("(deployment %s) deployment completed.".formatted(last))
                .doesNotContain("(deployment %s) deployment completed.".formatted(overtaken));
    }

    @Test
    void aServiceIsScaledWhileItIsDeployed() {
        service(2, 100, 200);
        deploy();
        story.letPass(Story.SOON);

        story.ecs().updateService(u -> u.service("web").desiredCount(5));
        var up = watch(Duration.ofSeconds(30));
        deploy();
        story.letPass(Story.SOON);
        story.ecs().updateService(u -> u.service("web").desiredCount(1));
        story.letPassSeconds(30);

        assertThat(up).extracting(Moment::healthy).allMatch(healthy -> healthy >= 2);
        assertThat(up.getLast().wanted()).isEqualTo(5);
        assertArrived(1, "web:3");
    }

    @Test
    void aTaskThatEndsMeanwhileIsReplacedByANewOne() {
        service(2, 100, 200);
        deploy();
        story.letPass(Story.SOON);
        var old = story.tasks("web").getFirst();

        story.exit(old, "app", 1);
        story.letPassSeconds(30);

        assertArrived(2, "web:2");
    }

    @Test
    void theEventsOfADeploymentComeInOrder() {
        service(1, 100, 200);
        var old = story.tasks("web").getFirst();
        var known = story.events("web").size();

        var deployment = deploy().deployments().getFirst().id();
        story.letPassSeconds(30);

        var fresh = story.tasks("web").getFirst();
        assertThat(story.events("web").subList(known, story.events("web").size()))
                .containsExactly(
                        "has started 1 tasks: (task %s).".formatted(Story.id(fresh)),
                        "has stopped 1 running tasks: (task %s).".formatted(Story.id(old)),
                        "(deployment %s) deployment completed.".formatted(deployment),
                        "has reached a steady state.");
    }

    @Test
    void aSteadyServiceSaysSoAgainAfterSixHours() {
        service(1, 100, 200);
        var steady = count("has reached a steady state.");

        story.letPass(Duration.ofHours(5));
        var afterFive = count("has reached a steady state.");
        story.letPass(Duration.ofHours(14));

        assertThat(afterFive).isEqualTo(steady);
        assertThat(count("has reached a steady state.")).isEqualTo(steady + 3);
    }

    @Test
    void noMoreThanAHundredEventsAreKept() {
        service(1, 100, 200);

        for (var i = 0; i < 40; i++) {
            story.ecs().updateService(u -> u.service("web").forceNewDeployment(true));
            story.letPassSeconds(10);
        }

        var events = story.service("web").events();
        assertThat(events).hasSize(100);
        assertThat(events).isSortedAccordingTo((a, b) -> b.createdAt().compareTo(a.createdAt()));
        assertThat(events).extracting(event -> event.id()).doesNotHaveDuplicates();
        assertThat(events.getFirst().message()).isEqualTo("(service web) has reached a steady state.");
    }

    @Test
    void tasksAreSpreadOverTheZonesOfTheirSubnets() {
        story.defineAwsvpc("spread", container("app"));
        story.createService("spread", "spread", 6, s -> s.networkConfiguration(story.network()));
        story.letPassSeconds(10);

        story.ecs().updateService(u -> u.service("spread").desiredCount(3));
        story.letPassSeconds(10);

        assertThat(story.tasks("spread"))
                .extracting(Task::availabilityZone)
                .containsExactlyInAnyOrder("us-east-1a", "us-east-1b", "us-east-1c");
    }

    /// @param healthy tasks that have run for long enough
    private record Moment(int wanted, int healthy) {}

    private List<Moment> watch(Duration howLong) {
        var seen = new ArrayList<Moment>();
        for (var left = howLong; left.isPositive(); left = left.minus(MOMENT)) {
            story.letPass(MOMENT);
            var tasks = story.tasks("web");
            seen.add(new Moment(
                    tasks.size(), (int) tasks.stream().filter(this::isHealthy).count()));
        }
        return seen;
    }

    private boolean isHealthy(Task task) {
        Instant now = story.aws().time().instant();
        return task.lastStatus().equals("RUNNING")
                && !task.startedAt().plus(SETTLING).isAfter(now);
    }

    private void service(int desired, int min, int max) {
        story.define("web", container("app"));
        story.createService(
                "web",
                "web",
                desired,
                s -> s.availabilityZoneRebalancing("DISABLED")
                        .deploymentConfiguration(
                                d -> d.minimumHealthyPercent(min).maximumPercent(max)));
        story.letPassSeconds(10);
    }

    private Service deploy() {
        story.define("web", container("app"));
        return story.ecs()
                .updateService(u -> u.service("web").taskDefinition("web"))
                .service();
    }

    private Deployment primary() {
        return story.service("web").deployments().getFirst();
    }

    private long count(String event) {
        return story.events("web").stream().filter(event::equals).count();
    }

    private void assertArrived(int desired, String revision) {
        var service = story.service("web");
        assertThat(service.deployments())
                .extracting(Deployment::status, Deployment::rolloutState)
                .containsExactly(tuple("PRIMARY", DeploymentRolloutState.COMPLETED));
        assertThat(List.of(service.runningCount(), service.pendingCount())).containsExactly(desired, 0);
        assertThat(story.tasks("web"))
                .extracting(Task::taskDefinitionArn)
                .allMatch(arn -> arn.endsWith("/" + revision));
        assertThat(story.events("web")).last().isEqualTo("has reached a steady state.");
        assertThat(story.aws().engine().everything()).hasSize(desired);
        assertThat(service.createdAt()).isEqualTo(TestEmulator.START);
    }

    private static List<String> arns(List<Task> tasks) {
        return tasks.stream().map(Task::taskArn).toList();
    }
}
