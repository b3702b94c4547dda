package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.ContainerSpec.Mount;
import dev.hakoniwa.runtime.ContainerSpec.Source;
import dev.hakoniwa.runtime.ContainerSpec.VolumesFrom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// The volumes of tasks (ecs-tasks.md §12).
final class TaskVolumesTest {
    private final Story story = Story.calm();

    @Test
    void aVolumeIsTheTasksAndSharedByItsContainers() {
        story.define("web", r -> r.volumes(v -> v.name("data")), mounting("app", false), mounting("side", true));

        var task = story.started("web");
        var other = story.started("web");

        var mount = mounts(task, "app").getFirst();
        assertThat(mount.source())
                .asInstanceOf(type(Source.Volume.class))
                .extracting(Source.Volume::name)
                .asString()
                .matches("ecs-web-1-data-[0-9a-f]{20}");
        assertThat(mount.containerPath()).isEqualTo("/data");
        assertThat(mount.readOnly()).isFalse();
        assertThat(mounts(task, "side")).containsExactly(new Mount(mount.source(), "/data", true));
        assertThat(mounts(other, "app").getFirst().source()).isNotEqualTo(mount.source());
        assertThat(volumes()).hasSize(2);
    }

    @Test
    void aVolumeGoesWithItsTask() {
        story.define("web", r -> r.volumes(v -> v.name("data")), mounting("app", false));
        var task = story.started("web");

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);

        assertThat(volumes()).isEmpty();
    }

    @Test
    void aVolumeGoesWithATaskThatDidNotStart() {
        story.aws().world().refusesStart("app", "no");
        story.define("web", r -> r.volumes(v -> v.name("data")), mounting("app", false));

        story.started("web");

        assertThat(volumes()).isEmpty();
    }

    @Test
    void aPathOfTheHostIsMountedAsItIs() {
        story.define(
                "web",
                r -> r.volumes(v -> v.name("data").host(h -> h.sourcePath("/srv/data"))),
                mounting("app", false));

        var task = story.started("web");

        assertThat(mounts(task, "app")).containsExactly(new Mount(new Source.HostPath("/srv/data"), "/data", false));
        assertThat(volumes()).isEmpty();
    }

    @Test
    void aSharedVolumeOutlivesItsTasks() {
        story.define(
                "web",
                r -> r.volumes(v -> v.name("data")
                        .dockerVolumeConfiguration(d -> d.scope("shared").autoprovision(true))),
                mounting("app", false));
        var task = story.started("web");

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);

        assertThat(volumes()).containsExactly("data");
    }

    @Test
    void aSharedVolumeThatNobodyMakesMustBeThere() {
        story.define(
                "web",
                r -> r.volumes(v -> v.name("data")
                        .dockerVolumeConfiguration(d -> d.scope("shared").autoprovision(false))),
                mounting("app", false));

        var failed = story.started("web");
        story.aws().engine().volumes().create("data", "local", Map.of(), Map.of());
        var task = story.started("web");

        assertThat(failed.lastStatus()).isEqualTo("STOPPED");
        assertThat(failed.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(failed.stoppedReason()).isEqualTo("CannotCreateVolumeError: no such volume: data");
        assertThat(task.lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void aContainerHasTheVolumesOfAnother() {
        story.define(
                "web",
                r -> r.volumes(v -> v.name("data")),
                mounting("app", false),
                container(
                        "side", c -> c.volumesFrom(f -> f.sourceContainer("app").readOnly(true))));

        var task = story.started("web");

        assertThat(story.aws().engine().spec(story.id(task, "side")).options().volumesFrom())
                .containsExactly(new VolumesFrom(story.id(task, "app"), true));
    }

    private List<Mount> mounts(Task task, String container) {
        return story.aws().engine().spec(story.id(task, container)).mounts();
    }

    private List<String> volumes() {
        return story.aws().engine().volumes().list(Map.of());
    }

    private static ContainerDefinition mounting(String name, boolean readOnly) {
        return container(
                name,
                c -> c.mountPoints(
                        m -> m.sourceVolume("data").containerPath("/data").readOnly(readOnly)));
    }
}
