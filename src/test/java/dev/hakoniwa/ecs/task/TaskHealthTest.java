package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.Health;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.Task;

/// What health checks find, and what a task makes of it (ecs-tasks.md §7).
final class TaskHealthTest {
    private final Story story = Story.calm();

    @Test
    void aContainerWithoutACheckIsOfUnknownHealth() {
        story.define("web", container("app"));

        var task = story.started("web");

        assertThat(task.healthStatus()).isEqualTo(HealthStatus.UNKNOWN);
        assertThat(task.containers().getFirst().healthStatus()).isEqualTo(HealthStatus.UNKNOWN);
    }

    @Test
    void aContainerIsHealthyAfterItsFirstCheck() {
        story.define("web", checked("app", true));
        var task = story.started("web");
        assertThat(health(task)).isEqualTo(HealthStatus.UNKNOWN);

        story.letPassSeconds(10);

        assertThat(health(task)).isEqualTo(HealthStatus.HEALTHY);
        assertThat(story.container(task, "app").healthStatus()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void aContainerIsUnhealthyAfterAsManyChecksAsItHasRetries() {
        story.aws().world().finds("app", Health.UNHEALTHY);
        story.define("web", checked("app", true));
        var task = story.started("web");

        story.letPassSeconds(17);
        assertThat(health(task)).isEqualTo(HealthStatus.UNKNOWN);
        story.letPassSeconds(11);

        assertThat(health(task)).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void aTaskOfNoServiceRunsOnThoughItIsIll() {
        story.aws().world().finds("app", Health.UNHEALTHY);
        story.define("web", checked("app", true));
        var task = story.started("web");

        story.letPassSeconds(600);

        assertThat(health(task)).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(story.now(task).lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void aContainerGetsWellAgain() {
        story.aws().world().finds("app", Health.UNHEALTHY);
        story.define("web", checked("app", true));
        var task = story.started("web");
        story.letPassSeconds(60);

        story.aws().world().finds("app", Health.HEALTHY);
        story.letPassSeconds(10);

        assertThat(health(task)).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void oneIllEssentialContainerMakesTheTaskIll() {
        story.aws().world().finds("db", Health.UNHEALTHY);
        story.define("web", checked("app", true), checked("db", true));
        var task = story.started("web");

        story.letPassSeconds(60);

        assertThat(health(task)).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void onlyEssentialContainersCount() {
        story.aws().world().finds("side", Health.UNHEALTHY);
        story.define("web", checked("app", true), checked("side", false));
        var task = story.started("web");

        story.letPassSeconds(60);

        assertThat(health(task)).isEqualTo(HealthStatus.HEALTHY);
        assertThat(story.container(task, "side").healthStatus()).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void failuresWithinTheStartPeriodDoNotCount() {
        story.aws().world().finds("app", Health.UNHEALTHY);
        story.define(
                "web",
                container(
                        "app",
                        c -> c.healthCheck(h ->
                                h.command("CMD", "ok").interval(5).retries(1).startPeriod(60))));
        var task = story.started("web");

        story.letPassSeconds(55);
        assertThat(health(task)).isEqualTo(HealthStatus.UNKNOWN);
        story.letPassSeconds(15);

        assertThat(health(task)).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void theEngineGetsTheDefinitionsCheckWithEcssDefaults() {
        story.define("web", container("app", c -> c.healthCheck(h -> h.command("CMD-SHELL", "curl localhost"))));
        var task = story.started("web");

        var check = story.aws().engine().spec(story.id(task, "app")).healthCheck();

        assertThat(check.command()).containsExactly("CMD-SHELL", "curl localhost");
        assertThat(check.interval()).hasSeconds(30);
        assertThat(check.timeout()).hasSeconds(5);
        assertThat(check.retries()).isEqualTo(3);
        assertThat(check.startPeriod()).isZero();
    }

    private HealthStatus health(Task task) {
        return story.now(task).healthStatus();
    }

    private static ContainerDefinition checked(String name, boolean essential) {
        return container(
                name,
                c -> c.essential(essential)
                        .healthCheck(h -> h.command("CMD", "ok").interval(9)));
    }
}
