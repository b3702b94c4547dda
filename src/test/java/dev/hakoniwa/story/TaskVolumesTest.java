package dev.hakoniwa.story;

import static dev.hakoniwa.story.TaskStory.container;
import static dev.hakoniwa.story.TaskStory.endless;
import static dev.hakoniwa.story.TaskStory.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.runtime.Labels;
import dev.hakoniwa.testing.DockerTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Scope;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.ecs.model.TaskVolumeConfiguration;

/// The volumes of tasks, and how long they last.
@DockerTest
final class TaskVolumesTest {
    @RegisterExtension
    private static final TaskStory AWS = new TaskStory();

    @Test
    void containersShareAVolumeThatGoesWithTheirTask() {
        var definition = AWS.define(
                r -> r.volumes(v -> v.name("data")),
                writer("data"),
                reader().mountPoints(
                                m -> m.sourceVolume("data").containerPath("/in").readOnly(true)));

        var task = AWS.stopped(AWS.run(definition));
        var again = AWS.stopped(AWS.run(definition));

        assertThat(AWS.output(task, "reader")).containsExactly("1", "refused");
        assertThat(AWS.output(again, "reader")).containsExactly("1", "refused");
        assertThat(AWS.volumes().list(Map.of("com.amazonaws.ecs.task-arn", task.taskArn())))
                .isEmpty();
    }

    @Test
    void volumesComeFromAnotherContainer() {
        var task = AWS.stopped(AWS.run(AWS.define(
                r -> r.volumes(v -> v.name("data")),
                writer("data"),
                shell("reader", "cat /data/notes | wc -l; touch /data/b 2>/dev/null || echo refused")
                        .dependsOn(d -> d.containerName("writer").condition(ContainerCondition.SUCCESS))
                        .volumesFrom(v -> v.sourceContainer("writer").readOnly(true)))));

        assertThat(AWS.output(task, "reader")).containsExactly("1", "refused");
    }

    @Test
    void aFolderOfTheHostStays(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a"), "from the host\n");
        var task = AWS.stopped(AWS.run(AWS.define(
                r -> r.volumes(v -> v.name("host").host(h -> h.sourcePath(folder.toString()))),
                shell("app", "cat /in/a; echo back > /in/b")
                        .mountPoints(m -> m.sourceVolume("host").containerPath("/in")))));

        assertThat(AWS.output(task, "app")).containsExactly("from the host");
        assertThat(folder.resolve("b")).hasContent("back\n");
    }

    @Test
    void aDockerVolumeOfATaskIsMadeAsToldAndGoesWithIt() {
        var task = AWS.running(AWS.run(AWS.define(
                r -> r.volumes(v -> v.name("fast")
                        .dockerVolumeConfiguration(d -> d.scope(Scope.TASK)
                                .driver("local")
                                .driverOpts(Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=3m"))
                                .labels(Map.of("story", "fast")))),
                shell("app", "df -m /fast | tail -1; sleep 1000")
                        .stopTimeout(0)
                        .mountPoints(m -> m.sourceVolume("fast").containerPath("/fast")))));

        RunningEmulator.eventually(() ->
                assertThat(AWS.output(task, "app")).singleElement().asString().matches("tmpfs +3 .*"));
        assertThat(AWS.volumes().list(Map.of("story", "fast")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("ecs-story-");
        AWS.stop(task);
        assertThat(AWS.volumes().list(Map.of("story", "fast"))).isEmpty();
    }

    @Test
    void aSharedDockerVolumeIsMadeOnceAndStays() {
        var name = "hakoniwa-story-" + UUID.randomUUID();
        var definition = AWS.define(
                r -> r.volumes(v -> v.name(name)
                        .dockerVolumeConfiguration(
                                d -> d.scope(Scope.SHARED).autoprovision(true).labels(Map.of("story", name)))),
                writer(name).essential(true));
        try {
            AWS.stopped(AWS.run(definition));
            AWS.stopped(AWS.run(definition));

            assertThat(AWS.volumes().list(Map.of("story", name))).containsExactly(name);
            var reader = AWS.stopped(AWS.run(AWS.define(
                    r -> r.volumes(v -> v.name(name).dockerVolumeConfiguration(d -> d.scope(Scope.SHARED))),
                    shell("reader", "cat /in/notes | wc -l")
                            .mountPoints(m -> m.sourceVolume(name).containerPath("/in")))));
            assertThat(AWS.output(reader, "reader")).containsExactly("2");
        } finally {
            AWS.volumes().remove(name);
        }
    }

    @Test
    void aSharedDockerVolumeThatIsNotThereAndNotToBeMadeIsTold() {
        var task = AWS.stopped(AWS.run(AWS.define(
                r -> r.volumes(v -> v.name("nowhere").dockerVolumeConfiguration(d -> d.scope(Scope.SHARED))),
                endless("app").mountPoints(m -> m.sourceVolume("nowhere").containerPath("/in")))));

        assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(task.stoppedReason()).startsWith("CannotCreateVolumeError: ");
        assertThat(container(task, "app").exitCode()).isNull();
    }

    @Test
    void anEfsFileSystemIsSharedByTasksAndOutlivesThem() {
        var definition = AWS.define(
                r -> r.volumes(v -> v.name("wp").efsVolumeConfiguration(e -> e.fileSystemId("fs-0a1b2c3d"))),
                writer("wp").essential(true));
        AWS.stopped(AWS.run(definition));
        AWS.stopped(AWS.run(definition));

        var deeper = AWS.stopped(AWS.run(AWS.define(
                r -> r.volumes(v -> v.name("www")
                        .efsVolumeConfiguration(
                                e -> e.fileSystemId("fs-0a1b2c3d").rootDirectory("/folder"))),
                shell("reader", "wc -l < /in/inner")
                        .mountPoints(m -> m.sourceVolume("www").containerPath("/in")))));
        var elsewhere = AWS.stopped(AWS.run(AWS.define(
                r -> r.volumes(v -> v.name("wp").efsVolumeConfiguration(e -> e.fileSystemId("fs-99999999"))),
                shell("reader", "ls /in").mountPoints(m -> m.sourceVolume("wp").containerPath("/in")))));

        assertThat(AWS.output(deeper, "reader")).containsExactly("2");
        assertThat(AWS.output(elsewhere, "reader")).isEmpty();
    }

    @Test
    void anEbsVolumeGoesWithItsTaskOrStays() {
        var definition = AWS.define(
                r -> r.volumes(v -> v.name("disk").configuredAtLaunch(true)),
                writer("disk"),
                reader().mountPoints(
                                m -> m.sourceVolume("disk").containerPath("/in").readOnly(true)));

        var gone = AWS.stopped(AWS.run(definition, r -> r.volumeConfigurations(disk(true))));
        var kept = AWS.stopped(AWS.run(definition, r -> r.volumeConfigurations(disk(false))));

        assertThat(AWS.output(gone, "reader")).containsExactly("1", "refused");
        assertThat(AWS.output(kept, "reader")).containsExactly("1", "refused");
        assertThat(ofEbs()).singleElement().asString().endsWith(volumeId(kept));
    }

    private static TaskVolumeConfiguration disk(boolean goesWithTask) {
        return TaskVolumeConfiguration.builder()
                .name("disk")
                .managedEBSVolume(e -> e.roleArn("arn:aws:iam::000000000000:role/infrastructure")
                        .sizeInGiB(1)
                        .terminationPolicy(p -> p.deleteOnTermination(goesWithTask)))
                .build();
    }

    private static List<String> ofEbs() {
        var port = String.valueOf(AWS.emulator().port());
        return AWS.volumes().list(Map.of(Labels.PORT, port)).stream()
                .filter(name -> name.contains("-vol-"))
                .toList();
    }

    private static String volumeId(Task task) {
        return task.attachments().getFirst().details().stream()
                .filter(detail -> detail.name().equals("volumeId"))
                .map(KeyValuePair::value)
                .findFirst()
                .orElseThrow();
    }

    private static ContainerDefinition.Builder writer(String volume) {
        return shell("writer", "echo a note >> /data/notes; mkdir -p /data/folder; echo a note >> /data/folder/inner")
                .essential(false)
                .mountPoints(m -> m.sourceVolume(volume).containerPath("/data"));
    }

    private static ContainerDefinition.Builder reader() {
        return shell("reader", "cat /in/notes | wc -l; touch /in/b 2>/dev/null || echo refused")
                .dependsOn(d -> d.containerName("writer").condition(ContainerCondition.SUCCESS));
    }
}
