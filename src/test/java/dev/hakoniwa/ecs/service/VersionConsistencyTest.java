package dev.hakoniwa.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Task;

/// A tag that moves does not change what a deployment's later tasks run.
final class VersionConsistencyTest {
    private static final Duration STEADY = Duration.ofSeconds(30);
    private static final String TAG = TestEmulator.REGISTRY + "web:1";
    private static final String OLD = "sha256:" + "1".repeat(64);
    private static final String NEW = "sha256:" + "2".repeat(64);

    private final Story story = Story.calm();

    @Test
    void laterTasksRunTheImageOfTheFirst() {
        service(null);

        story.aws().engine().publish(TAG, NEW);
        scale(3);

        assertThat(digests()).containsExactly(OLD, OLD, OLD);
        assertThat(story.tasks("web").getLast().containers().getFirst().image()).isEqualTo(TestEmulator.OWN_IMAGE);
    }

    @Test
    void aTaskInThePlaceOfOneThatEndedDoesToo() {
        service("enabled");
        story.aws().engine().publish(TAG, NEW);

        story.exit(story.tasks("web").getFirst(), "app", 1);
        story.letPass(STEADY);

        assertThat(digests()).containsExactly(OLD);
    }

    @Test
    void aNewDeploymentLooksAgain() {
        service(null);
        story.aws().engine().publish(TAG, NEW);

        story.ecs().updateService(u -> u.service("web").forceNewDeployment(true));
        story.letPass(STEADY);

        assertThat(digests()).containsExactly(NEW);
    }

    @Test
    void aContainerMayFollowTheTag() {
        service("disabled");

        story.aws().engine().publish(TAG, NEW);
        scale(2);

        assertThat(digests()).containsExactly(OLD, NEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "app:7", "registry.example:5000/team/app", "registry.example:5000/team/app:7"})
    void anImageOfAnotherRegistryThatTheEngineHasIsKnownByItsDigest(String image) {
        story.define("web", container(null).copy(c -> c.image(image)));
        story.createService("web", "web", 1);
        story.letPass(STEADY);

        scale(2);

        assertThat(digests()).hasSize(2).doesNotContainNull();
        assertThat(List.copyOf(digests())).allMatch(digests().getFirst()::equals);
    }

    private void service(@Nullable String consistency) {
        story.aws().engine().publish(TAG, OLD);
        story.define("web", container(consistency));
        story.createService("web", "web", 1);
        story.letPass(STEADY);
    }

    private static ContainerDefinition container(@Nullable String consistency) {
        return Story.container("app", c -> c.image(TestEmulator.OWN_IMAGE).versionConsistency(consistency));
    }

    private void scale(int count) {
        story.ecs().updateService(u -> u.service("web").desiredCount(count));
        story.letPass(STEADY);
    }

    private List<String> digests() {
        return story.tasks("web").stream()
                .map(Task::containers)
                .map(containers -> containers.getFirst().imageDigest())
                .toList();
    }
}
