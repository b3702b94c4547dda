package dev.hakoniwa.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import dev.hakoniwa.runtime.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ProtectedTask;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionResponse;

final class TaskProtectionTest {
    private static final Duration STEADY = Duration.ofSeconds(30);

    private final Story story = Story.calm();

    @BeforeEach
    void thereIsAServiceOfThree() {
        story.define("web", Story.container("app"));
        story.createService("web", "web", 3);
        story.letPass(STEADY);
    }

    @Test
    void aProtectedTaskIsNotScaledIn() {
        var kept = story.tasks("web").getLast();
        protect(kept);

        scale(1);

        assertThat(story.tasks("web")).extracting(Task::taskArn).containsExactly(kept.taskArn());
    }

    @Test
    void moreProtectedTasksThanWantedHoldTheServiceUpUntilTheyExpire() {
        protect(story.tasks("web").toArray(Task[]::new));

        scale(1);

        assertThat(story.tasks("web")).hasSize(3);
        assertThat(story.events("web"))
                .containsOnlyOnce(
                        "was unable to reach steady state because task set (%s) was unable to scale in. Reason: The"
                                        .formatted(story.tasks("web").getFirst().startedBy())
                                + " number of protected tasks are more than the desired count of tasks.");

        story.letPass(Duration.ofMinutes(121));

        assertThat(story.tasks("web")).hasSize(1);
    }

    @Test
    void aDeploymentWaitsForItsProtectedTasks() {
        var kept = story.tasks("web").getFirst();
        protect(kept);
        var next = story.define("web", Story.container("app"));

        story.ecs().updateService(u -> u.service("web").taskDefinition(next));
        story.letPass(Duration.ofMinutes(2));

        assertThat(story.tasks("web")).hasSize(4).extracting(Task::taskArn).contains(kept.taskArn());
        assertThat(story.service("web").deployments()).hasSize(2);

        story.ecs().updateTaskProtection(p -> p.tasks(kept.taskArn()).protectionEnabled(false));
        story.letPass(STEADY);

        assertThat(story.tasks("web"))
                .hasSize(3)
                .allMatch(task -> task.taskDefinitionArn().equals(next));
        assertThat(story.service("web").deployments()).hasSize(1);
    }

    @Test
    void aDeploymentThatIsHeldUpAlreadyIsNotHeldUpByMore() {
        var old = story.tasks("web");
        protect(old.getFirst());
        var next = story.define("web", Story.container("app"));
        story.ecs()
                .updateService(u -> u.service("web")
                        .taskDefinition(next)
                        .deploymentConfiguration(
                                d -> d.minimumHealthyPercent(100).maximumPercent(101)));
        story.letPassSeconds(1);

        var refused = protect(old.getLast());
        var renewed = protect(old.getFirst());

        assertThat(refused.failures()).containsExactly(failure(old.getLast().taskArn(), "DEPLOYMENT_BLOCKED"));
        assertThat(renewed.failures()).isEmpty();
    }

    @Test
    void protectionKeepsNobodyFromStoppingATaskNorFromReplacingAnIllOne() {
        var tasks = story.tasks("web");
        protect(tasks.toArray(Task[]::new));

        story.ecs().stopTask(s -> s.task(tasks.getFirst().taskArn()));
        story.exit(tasks.getLast(), "app", 1);
        story.letPass(STEADY);

        assertThat(story.tasks("web"))
                .hasSize(3)
                .extracting(Task::taskArn)
                .contains(tasks.get(1).taskArn())
                .doesNotContain(tasks.getFirst().taskArn(), tasks.getLast().taskArn());
    }

    @Test
    void anUnhealthyTaskIsReplacedThoughProtected() {
        story.define(
                "checked",
                Story.container(
                        "app",
                        c -> c.healthCheck(h ->
                                h.command("CMD", "true").interval(5).timeout(2).retries(1))));
        story.createService("checked", "checked", 1);
        story.letPass(STEADY);
        var task = story.tasks("checked").getFirst();
        protect(task);

        story.aws().engine().health(story.id(task, "app"), Health.UNHEALTHY);
        story.letPass(STEADY);

        assertThat(story.now(task).stoppedReason()).isEqualTo("Task failed container health checks");
    }

    @Test
    void aServiceThatIsDeletedTakesItsProtectedTasksAlong() {
        protect(story.tasks("web").toArray(Task[]::new));

        story.ecs().deleteService(d -> d.service("web").force(true));
        story.letPass(STEADY);

        assertThat(story.service("web").status()).isEqualTo("INACTIVE");
    }

    @Test
    void protectionLastsTwoHoursUnlessToldOtherwise() {
        var tasks = story.tasks("web");
        var now = story.aws().time().instant();

        var usual = protect(tasks.getFirst());
        var given = story.ecs()
                .updateTaskProtection(p -> p.tasks(Story.id(tasks.getLast()))
                        .protectionEnabled(true)
                        .expiresInMinutes(2880));

        assertThat(usual.protectedTasks())
                .containsExactly(shown(tasks.getFirst(), true, now.plus(Duration.ofMinutes(120))));
        assertThat(given.protectedTasks())
                .containsExactly(shown(tasks.getLast(), true, now.plus(Duration.ofHours(48))));
    }

    @Test
    void protectionIsToldOfTheTasksNamedOrOfAllThatHaveIt() {
        var tasks = story.tasks("web");
        var until = story.aws().time().instant().plus(Duration.ofHours(2));
        protect(tasks.get(1));

        assertThat(story.ecs().getTaskProtection(_ -> {}).protectedTasks())
                .containsExactly(shown(tasks.get(1), true, until));
        assertThat(story.ecs()
                        .getTaskProtection(g ->
                                g.tasks(tasks.get(0).taskArn(), tasks.get(1).taskArn()))
                        .protectedTasks())
                .containsExactly(shown(tasks.get(0), false, null), shown(tasks.get(1), true, until));
    }

    @Test
    void tasksThatAreNotTheRightOnesAreFailures() {
        var alone = story.started("web");
        var gone = TestEmulator.SCOPE
                .arn("ecs", "task/default/00000000000000000000000000000000")
                .toString();

        assertThat(story.ecs()
                        .updateTaskProtection(
                                p -> p.tasks(alone.taskArn(), gone).protectionEnabled(true))
                        .failures())
                .containsExactly(failure(alone.taskArn(), "TASK_NOT_VALID"), failure(gone, "MISSING"));
        assertThat(story.ecs()
                        .getTaskProtection(g -> g.tasks(alone.taskArn(), gone))
                        .failures())
                .containsExactly(failure(alone.taskArn(), "TASK_NOT_VALID"), failure(gone, "MISSING"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2881})
    void protectionLastsFromAMinuteToTwoDays(int minutes) {
        var task = story.tasks("web").getFirst().taskArn();

        assertThatThrownBy(() -> story.ecs()
                        .updateTaskProtection(
                                p -> p.tasks(task).protectionEnabled(true).expiresInMinutes(minutes)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("expiresInMinutes must be between 1 and 2880.");
    }

    @Test
    void tenTasksAtMostAreProtectedAtOnce() {
        var names = IntStream.range(0, 11).mapToObj(i -> "%032x".formatted(i)).toList();

        assertThatThrownBy(() ->
                        story.ecs().updateTaskProtection(p -> p.tasks(names).protectionEnabled(true)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() ->
                        story.ecs().updateTaskProtection(p -> p.tasks(List.of()).protectionEnabled(true)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Tasks cannot be empty.");
        assertThatThrownBy(() -> story.ecs().getTaskProtection(g -> g.cluster("other")))
                .isInstanceOf(EcsException.class)
                .hasMessageStartingWith("Cluster not found.");
    }

    private UpdateTaskProtectionResponse protect(Task... tasks) {
        var arns = List.of(tasks).stream().map(Task::taskArn).toList();
        return story.ecs().updateTaskProtection(p -> p.tasks(arns).protectionEnabled(true));
    }

    private void scale(int count) {
        story.ecs().updateService(u -> u.service("web").desiredCount(count));
        story.letPass(STEADY);
    }

    private static ProtectedTask shown(Task task, boolean enabled, @Nullable Instant until) {
        return ProtectedTask.builder()
                .taskArn(task.taskArn())
                .protectionEnabled(enabled)
                .expirationDate(until)
                .build();
    }

    private static Failure failure(String arn, String reason) {
        return Failure.builder().arn(arn).reason(reason).build();
    }
}
