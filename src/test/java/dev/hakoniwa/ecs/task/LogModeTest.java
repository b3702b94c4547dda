package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.Task;

/// Whether containers wait for their logs, as their definitions or the account say.
final class LogModeTest {
    private final Story story = Story.calm();

    @BeforeEach
    void group() {
        story.aws().logs().createLogGroup(g -> g.logGroupName("web"));
    }

    @Test
    void whatADefinitionDoesNotSayIsTheAccountsChoice() {
        story.define("web", logging(LogDriver.AWSLOGS, Map.of()));
        var before = story.started("web");

        choose("blocking");
        var after = story.started("web");

        assertThat(modeInMetadata(before)).isEqualTo("non-blocking");
        assertThat(modeInMetadata(after)).isEqualTo("blocking");
        assertThat(story.ecs()
                        .describeTaskDefinition(d -> d.taskDefinition("web"))
                        .taskDefinition()
                        .containerDefinitions()
                        .getFirst()
                        .logConfiguration()
                        .options())
                .doesNotContainKey("mode");
    }

    @Test
    void whatADefinitionSaysStands() {
        choose("blocking");
        story.define("web", logging(LogDriver.AWSLOGS, Map.of("mode", "non-blocking", "max-buffer-size", "1m")));

        var task = story.started("web");

        assertThat(task.lastStatus()).isEqualTo("RUNNING");
        assertThat(modeInMetadata(task)).isEqualTo("non-blocking");
    }

    @Test
    void whereContainersWaitThereIsNoBuffer() {
        story.define("web", logging(LogDriver.AWSLOGS, Map.of("max-buffer-size", "1m")));
        var before = story.started("web");

        choose("blocking");
        var after = story.started("web");

        assertThat(before.lastStatus()).isEqualTo("RUNNING");
        assertThat(after.lastStatus()).isEqualTo("STOPPED");
        assertThat(after.containers().getFirst().reason())
                .isEqualTo("CannotCreateContainerError: Error response from daemon: logger: max-buffer-size option is "
                        + "only supported with 'mode=non-blocking'");
    }

    @Test
    void theEnginesOwnDriversGetTheirOptionsAsTheyAre() {
        choose("blocking");
        story.define("web", logging(LogDriver.JSON_FILE, Map.of()));

        var task = story.started("web");

        assertThat(modeInMetadata(task)).isNull();
    }

    private void choose(String mode) {
        story.ecs().putAccountSettingDefault(p -> p.name("defaultLogDriverMode").value(mode));
    }

    private @Nullable String modeInMetadata(Task task) {
        var id = story.aws()
                .engine()
                .spec(story.id(task, "app"))
                .environment()
                .getOrDefault("ECS_CONTAINER_METADATA_URI_V4", "")
                .replaceFirst(".*/", "");
        var log = story.aws().agent().endpoint(id).orElseThrow().container().log();
        return log == null ? null : log.options().get("mode");
    }

    private static ContainerDefinition logging(LogDriver driver, Map<String, String> more) {
        var options = new HashMap<>(more);
        if (driver == LogDriver.AWSLOGS) {
            options.putAll(Map.of("awslogs-group", "web", "awslogs-region", "us-east-1"));
        }
        return container("app", c -> c.logConfiguration(l -> l.logDriver(driver).options(options)));
    }
}
