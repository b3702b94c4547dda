package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nobody waits any more for what is just being made for a task.
final class ForgottenTaskTest {
    private final Story story = Story.calm();

    @ParameterizedTest
    @ValueSource(strings = {"~internal~ecs~pause", "app"})
    void whatIsBeingCreatedForATaskThatIsForgottenIsRemoved(String container) {
        story.defineAwsvpc("web", container("app"));
        story.runAwsvpc("web");
        story.aws().world().whileCreating(container, () -> story.aws().tables().clear());

        story.letPass(Story.SOON);

        assertThat(story.aws().engine().everything()).isEmpty();
    }
}
