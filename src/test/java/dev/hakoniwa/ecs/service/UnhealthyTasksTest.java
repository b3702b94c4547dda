package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.Health;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/// Tasks that health checks find ill: they are replaced, after the grace period and within the percentages.
final class UnhealthyTasksTest {
    private final Story story = Story.calm();
    private final FrontEnd front = new FrontEnd(story);
    private final String group = front.group("web");

    @Test
    void aTaskWhoseContainerIsUnhealthyIsReplaced() {
        checked(2, _ -> {});
        var ill = story.tasks("web").getFirst();

        story.aws().engine().health(story.id(ill, "app"), Health.UNHEALTHY);
        story.letPassSeconds(20);

        assertThat(story.tasks("web")).hasSize(2).extracting(Task::taskArn).doesNotContain(ill.taskArn());
        var ended = story.now(ill);
        assertThat(ended.stoppedReason()).isEqualTo("Task failed container health checks");
        assertThat(ended.stopCodeAsString()).isEqualTo("ServiceSchedulerInitiated");
        assertThat(story.events("web"))
                .containsSubsequence(
                        "(task %s) failed container health checks.".formatted(Story.id(ill)),
                        "has stopped 1 running tasks: (task %s).".formatted(Story.id(ill)),
                        "has reached a steady state.");
    }

    @Test
    void withRoomForItTheReplacementComesFirst() {
        checked(1, _ -> {});
        var ill = story.tasks("web").getFirst();
        story.aws().world().finds("app", Health.UNKNOWN);

        story.aws().engine().health(story.id(ill, "app"), Health.UNHEALTHY);
        story.letPassSeconds(3);
        var both = story.tasks("web");
        story.aws().world().finds("app", Health.HEALTHY);
        story.letPassSeconds(20);

        assertThat(both).hasSize(2).extracting(Task::taskArn).contains(ill.taskArn());
        assertThat(story.tasks("web")).hasSize(1).extracting(Task::taskArn).doesNotContain(ill.taskArn());
    }

    @Test
    void withoutRoomTheIllOnesGoOneByOne() {
        checked(
                3,
                s -> s.availabilityZoneRebalancing("DISABLED")
                        .deploymentConfiguration(
                                d -> d.minimumHealthyPercent(100).maximumPercent(100)));
        var all = arns();

        story.tasks("web").forEach(task -> story.aws().engine().health(story.id(task, "app"), Health.UNHEALTHY));
        story.letPassSeconds(2);
        var soon = arns();
        story.letPassSeconds(120);

        assertThat(soon).hasSize(3).containsAnyElementsOf(all).isNotEqualTo(all);
        assertThat(arns()).hasSize(3).doesNotContainAnyElementsOf(all);
    }

    @Test
    void aTargetThatFailsItsChecksIsReplaced() {
        balanced(2, _ -> {});
        var ill = story.tasks("web").getFirst();

        story.aws().dataPlane().targetAnswers(address(ill), 502);
        story.letPassSeconds(60);

        assertThat(story.tasks("web")).hasSize(2).extracting(Task::taskArn).doesNotContain(ill.taskArn());
        assertThat(story.now(ill).stoppedReason())
                .isEqualTo("Task failed ELB health checks in (target-group %s)".formatted(group));
        assertThat(story.events("web"))
                .contains(
                        ("(task %s) (port 80) is unhealthy in (target-group %s) due to (reason Health checks failed with "
                                        + "these codes: [502]).")
                                .formatted(Story.id(ill), group));
    }

    @Test
    void aTargetThatDoesNotAnswerIsReplaced() {
        balanced(1, _ -> {});
        var ill = story.tasks("web").getFirst();

        story.aws().dataPlane().answersAt(address -> !address.equals(address(ill)));
        story.letPassSeconds(60);

        assertThat(story.tasks("web")).hasSize(1).extracting(Task::taskArn).doesNotContain(ill.taskArn());
        assertThat(story.events("web"))
                .contains("(task %s) (port 80) is unhealthy in (target-group %s) due to (reason Request timed out)."
                        .formatted(Story.id(ill), group));
    }

    @Test
    void aTargetThatSomebodyTookOutIsReplaced() {
        balanced(1, _ -> {});
        var lost = story.tasks("web").getFirst();
        front.drainsFor(group, 0);

        story.aws()
                .elb()
                .deregisterTargets(d ->
                        d.targetGroupArn(group).targets(t -> t.id(address(lost)).port(80)));
        story.letPassSeconds(60);

        assertThat(story.tasks("web")).hasSize(1).extracting(Task::taskArn).doesNotContain(lost.taskArn());
        assertThat(story.events("web"))
                .contains("task set (%s) (task %s) is not healthy in target-group (%s) due to TARGET IS NOT FOUND."
                        .formatted(lost.startedBy(), Story.id(lost), group));
    }

    @ParameterizedTest
    @CsvSource({"0, 40", "120, 150"})
    void aTaskThatNeverBecomesHealthyIsReplacedAfterItsGracePeriod(int grace, int replaced) {
        story.aws().dataPlane().everyTargetAnswers(500);
        balanced(
                1,
                s -> s.healthCheckGracePeriodSeconds(grace).deploymentConfiguration(d -> d.minimumHealthyPercent(0)));
        var first = story.tasks("web").getFirst();

        advanceTo(grace);
        var within = story.now(first).desiredStatus();
        advanceTo(replaced);

        assertThat(within).isEqualTo("RUNNING");
        assertThat(story.now(first).desiredStatus()).isEqualTo("STOPPED");
    }

    @Test
    void theGracePeriodIsForContainerChecksToo() {
        story.aws().world().finds("app", Health.UNHEALTHY);
        checked(1, s -> s.healthCheckGracePeriodSeconds(120).deploymentConfiguration(d -> d.minimumHealthyPercent(0)));
        var first = story.tasks("web").getFirst();

        advanceTo(110);
        var within = story.now(first);
        advanceTo(140);

        assertThat(within.healthStatusAsString()).isEqualTo("UNHEALTHY");
        assertThat(within.desiredStatus()).isEqualTo("RUNNING");
        assertThat(story.now(first).stoppedReason()).isEqualTo("Task failed container health checks");
    }

    @Test
    void aLongerGracePeriodIsHeededAtOnce() {
        story.aws().dataPlane().everyTargetAnswers(500);
        balanced(1, s -> s.healthCheckGracePeriodSeconds(30));
        var first = story.tasks("web").getFirst();

        story.ecs().updateService(u -> u.service("web").healthCheckGracePeriodSeconds(300));
        advanceTo(200);

        assertThat(story.now(first).desiredStatus()).isEqualTo("RUNNING");
    }

    @Test
    void aServiceWithATaskThatIsNotHealthyYetIsNotSteady() {
        story.aws().dataPlane().everyTargetAnswers(500);

        balanced(1, s -> s.healthCheckGracePeriodSeconds(600));
        story.letPassSeconds(60);
        var waiting = story.events("web");
        story.aws().dataPlane().everyTargetAnswers(200);
        story.letPassSeconds(60);

        assertThat(waiting).doesNotContain("has reached a steady state.");
        assertThat(story.events("web")).endsWith("has reached a steady state.");
    }

    @Test
    void aTaskOutsideAnyServiceIsLeftAlone() {
        story.define(
                "job",
                container(
                        "app", c -> c.healthCheck(h -> h.command("CMD", "check").interval(5))));
        var task = story.started("job");

        story.aws().engine().health(story.id(task, "app"), Health.UNHEALTHY);
        story.letPassSeconds(4);

        assertThat(story.now(task).desiredStatus()).isEqualTo("RUNNING");
    }

    private void checked(int count, Consumer<CreateServiceRequest.Builder> rest) {
        story.define(
                "web",
                container(
                        "app",
                        c -> c.healthCheck(
                                h -> h.command("CMD", "check").interval(5).retries(2))));
        story.createService("web", "web", count, rest);
        story.letPassSeconds(15);
    }

    private void balanced(int count, Consumer<CreateServiceRequest.Builder> rest) {
        story.defineAwsvpc("web", container("app", c -> c.portMappings(p -> p.containerPort(80))));
        story.createService(
                "web",
                "web",
                count,
                s -> s.networkConfiguration(story.network())
                        .loadBalancers(List.of(FrontEnd.to(group)))
                        .applyMutation(rest));
        story.letPassSeconds(5);
    }

    private List<String> arns() {
        return story.tasks("web").stream().map(Task::taskArn).toList();
    }

    /// Lets time pass until this many seconds after the service was created.
    private void advanceTo(int seconds) {
        var then = story.service("web").createdAt().plusSeconds(seconds);
        story.letPass(Duration.between(story.aws().time().instant(), then));
    }

    private static String address(Task task) {
        return task.containers().getFirst().networkInterfaces().getFirst().privateIpv4Address();
    }
}
