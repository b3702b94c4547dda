package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.Task;

/// A client that asks once more, because it has heard nothing, gets what it asked for the first time.
final class ClientTokenTest {
    private final Story story = Story.calm();

    @Test
    void theSameTokenGivesTheSameTasksAsTheyAreNow() {
        story.define("job", container("app"));
        var first = run("once", 2);
        story.letPass(Story.SOON);

        var again = run("once", 2);

        assertThat(again).extracting(Task::taskArn).isEqualTo(arns(first));
        assertThat(again).extracting(Task::lastStatus).containsOnly("RUNNING");
        assertThat(story.ecs().listTasks().taskArns()).hasSize(2);
    }

    @Test
    void theSameTokenForAnotherRequestIsAConflict() {
        story.define("job", container("app"));
        var first = run("once", 2);

        assertThatThrownBy(() -> run("once", 3))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        e -> assertThat(e.resourceIds()).isEqualTo(arns(first)));
        assertThat(story.ecs().listTasks().taskArns()).hasSize(2);
    }

    @Test
    void aTokenBelongsToItsCluster() {
        story.define("job", container("app"));
        story.ecs().createCluster(c -> c.clusterName("other"));
        run("once", 1);

        var elsewhere = story.ecs()
                .runTask(r -> r.taskDefinition("job").clientToken("once").cluster("other"))
                .tasks();

        assertThat(elsewhere).hasSize(1).extracting(Task::clusterArn).allMatch(arn -> arn.endsWith("/other"));
    }

    @Test
    void otherTokensRunOtherTasks() {
        story.define("job", container("app"));

        run("one", 1);
        run("two", 1);

        assertThat(story.ecs().listTasks().taskArns()).hasSize(2);
    }

    @Test
    void aTokenOfARefusedRequestIsStillFree() {
        assertThatThrownBy(() -> run("once", 1)).hasMessageContaining("TaskDefinition not found.");
        story.define("job", container("app"));

        assertThat(run("once", 1)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "~", "0123456789012345678901234567890123456789012345678901234567890123"})
    void aTokenHasUpTo64AsciiCharacters(String token) {
        story.define("job", container("app"));

        assertThat(run(token, 1)).hasSize(1);
    }

    @Test
    void aTokenIsForgottenAfterADay() {
        story.define("job", container("app"));
        run("once", 1);
        story.letPass(Duration.ofHours(24));

        run("once", 1);

        assertThat(story.ecs().listTasks().taskArns()).hasSize(2);
    }

    private List<Task> run(String token, int count) {
        return story.ecs()
                .runTask(r -> r.taskDefinition("job").count(count).clientToken(token))
                .tasks();
    }

    private static List<String> arns(List<Task> tasks) {
        return tasks.stream().map(Task::taskArn).toList();
    }
}
