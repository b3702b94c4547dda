package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a cluster tells of how much is in it, while services and tasks come and go.
final class ClusterTallyTest {
    private final Story story = Story.calm();

    @Test
    void aClusterCountsItsServicesAndTasks() {
        story.define("web", container("app"));
        story.createService("web", "web", 3);
        var created = counts();
        story.letPass(Duration.ofMillis(5));
        var task = story.run("web");
        story.letPassSeconds(10);
        var running = counts();

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.ecs().deleteService(d -> d.service("web").force(true));
        var draining = counts();
        story.letPass(Duration.ofHours(3));

        assertThat(created).containsExactly(1, 0, 0);
        assertThat(running).containsExactly(1, 4, 0);
        assertThat(draining).containsExactly(0, 3, 0);
        assertThat(counts()).containsExactly(0, 0, 0);
    }

    /// ACTIVE services, running tasks, pending tasks.
    private List<Integer> counts() {
        var cluster = story.ecs().describeClusters().clusters().getFirst();
        return List.of(cluster.activeServicesCount(), cluster.runningTasksCount(), cluster.pendingTasksCount());
    }
}
