package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.ContainerSpec.Mount;
import dev.hakoniwa.runtime.ContainerSpec.Source;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskManagedEBSVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.TaskVolumeConfiguration;

/// Volumes of EBS that tasks get when they start (ecs-tasks.md §12).
final class EbsVolumesTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/infrastructure";

    private final Story story = Story.calm();

    @Test
    void aTaskHasAVolumeOfItsOwnThatGoesWithIt() {
        define();
        var task = run(_ -> {});
        var other = run(_ -> {});

        var attachment = volume(story.now(task));
        assertThat(attachment.status()).isEqualTo("ATTACHED");
        assertThat(attachment.id()).matches("[0-9a-f-]{36}");
        assertThat(details(attachment))
                .containsEntry("roleArn", ROLE)
                .containsEntry("volumeName", "data")
                .containsEntry("deleteOnTermination", "true")
                .hasEntrySatisfying("volumeId", id -> assertThat(id).matches("vol-[0-9a-f]{17}"));
        var name = "hakoniwa-test-000000000000-us-east-1-" + details(attachment).get("volumeId");
        assertThat(mounts(task)).containsExactly(new Mount(new Source.Volume(name), "/data", false));
        assertThat(mounts(other)).doesNotContainAnyElementsOf(mounts(task));
        assertThat(volumes()).hasSize(2).contains(name);
        stop(task);
        assertThat(volumes()).hasSize(1).doesNotContain(name);
        assertThat(volume(story.now(task)).status()).isEqualTo("DELETED");
    }

    @Test
    void aVolumeThatIsNotDeletedOnTerminationStays() {
        define();
        var task = run(ebs -> ebs.terminationPolicy(p -> p.deleteOnTermination(false)));

        stop(task);

        var attachment = volume(story.now(task));
        assertThat(details(attachment)).containsEntry("deleteOnTermination", "false");
        assertThat(attachment.status()).isEqualTo("DETACHED");
        assertThat(volumes())
                .containsExactly("hakoniwa-test-000000000000-us-east-1-"
                        + details(attachment).get("volumeId"));
    }

    @Test
    void aVolumeIsBeingAttachedWhileItsTaskIsPrepared() {
        define();

        var task = story.run("web", r -> r.volumeConfigurations(configuration(_ -> {})));

        assertThat(volume(task).status()).isIn("PRECREATED", "ATTACHING");
    }

    @Test
    void aTaskStartedOnAnInstanceHasOneToo() {
        define();
        var instance =
                story.ecs().listContainerInstances().containerInstanceArns().getFirst();

        var task = story.ecs()
                .startTask(s -> s.taskDefinition("web")
                        .containerInstances(instance)
                        .volumeConfigurations(configuration(_ -> {})))
                .tasks()
                .getFirst();

        assertThat(details(volume(task))).containsEntry("volumeName", "data");
    }

    @Test
    void anAgentTellsOfTheVolumesAttachment() {
        define();
        var task = run(_ -> {});
        var arn =
                "arn:aws:ecs:us-east-1:000000000000:attachment/" + volume(task).id();

        var answer = story.ecs()
                .submitAttachmentStateChanges(
                        s -> s.attachments(a -> a.attachmentArn(arn).status("ATTACHED")));

        assertThat(answer.acknowledgment()).isEqualTo("ACK");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("roleArn can not be blank.", e -> e.roleArn(null)),
                wrong("Invalid arn syntax.", e -> e.roleArn("infrastructure")),
                wrong("Either sizeInGiB or snapshotId must be specified.", e -> e.sizeInGiB(null)),
                wrong("volumeType should be one of [", e -> e.volumeType("floppy")),
                wrong("sizeInGiB must be between 1 and 16384 for volume type gp3.", e -> e.sizeInGiB(0)),
                wrong("sizeInGiB must be between 125 and 16384", e -> e.volumeType("st1")),
                wrong("iops must be specified for volume type io2.", e -> e.volumeType("io2")),
                wrong(
                        "iops is not supported for volume type gp2.",
                        e -> e.volumeType("gp2").iops(3000)),
                wrong("iops must be between 3000 and 16000", e -> e.iops(100)),
                wrong(
                        "throughput is not supported for volume type gp2.",
                        e -> e.volumeType("gp2").throughput(125)),
                wrong("throughput must be between 1 and 1000", e -> e.throughput(2000)),
                wrong("filesystemType should be one of [", e -> e.filesystemType("fat")),
                wrong(
                        "tagSpecifications resourceType should be",
                        e -> e.tagSpecifications(t -> t.resourceType("task"))));
    }

    private static Arguments wrong(String message, Consumer<TaskManagedEBSVolumeConfiguration.Builder> spoil) {
        return Arguments.of(message, spoil);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aVolumeIsChecked(String message, Consumer<TaskManagedEBSVolumeConfiguration.Builder> spoil) {
        define();

        assertThatThrownBy(() -> story.run("web", r -> r.volumeConfigurations(configuration(spoil))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(message);
        assertThat(story.ecs().listTasks().taskArns()).isEmpty();
    }

    @Test
    void theVolumeIsTheOneThatTheDefinitionLeavesOpen() {
        define();
        story.define("closed", r -> r.volumes(v -> v.name("data")), container("app"));
        var data = configuration(_ -> {});

        assertThatThrownBy(() -> story.run("web"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("The volume data of the task definition is configured at launch, but no volume "
                        + "configuration was provided.");
        assertThatThrownBy(() -> story.run("closed", r -> r.volumeConfigurations(data)))
                .hasMessageStartingWith("Volume configuration provided but no matching configuredAtLaunch volume found "
                        + "in task definition.");
        assertThatThrownBy(() -> story.run("web", r -> r.volumeConfigurations(data.copy(c -> c.name("other")))))
                .hasMessageStartingWith("Volume configuration provided but no matching");
        assertThatThrownBy(() -> story.run("web", r -> r.volumeConfigurations(data, data)))
                .hasMessageStartingWith("volumeConfigurations can have at most 1 items.");
        assertThatThrownBy(() -> story.run("web", r -> r.volumeConfigurations(v -> v.name("data"))))
                .hasMessageStartingWith("managedEBSVolume must be specified for volume data.");
    }

    private void define() {
        story.define(
                "web",
                r -> r.volumes(v -> v.name("data").configuredAtLaunch(true)),
                container("app", c -> c.mountPoints(m -> m.sourceVolume("data").containerPath("/data"))));
    }

    private Task run(Consumer<TaskManagedEBSVolumeConfiguration.Builder> rest) {
        var task = story.run("web", r -> r.volumeConfigurations(configuration(rest)));
        story.letPass(Story.SOON);
        return task;
    }

    private void stop(Task task) {
        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPass(Story.SOON);
    }

    private static TaskVolumeConfiguration configuration(Consumer<TaskManagedEBSVolumeConfiguration.Builder> rest) {
        return TaskVolumeConfiguration.builder()
                .name("data")
                .managedEBSVolume(e -> e.roleArn(ROLE).sizeInGiB(10).applyMutation(rest))
                .build();
    }

    private static Attachment volume(Task task) {
        return task.attachments().stream()
                .filter(attachment -> attachment.type().equals("AmazonElasticBlockStorage"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> details(Attachment attachment) {
        return attachment.details().stream().collect(Collectors.toMap(KeyValuePair::name, KeyValuePair::value));
    }

    private List<Mount> mounts(Task task) {
        return story.aws().engine().spec(story.id(task, "app")).mounts();
    }

    private List<String> volumes() {
        return story.aws().engine().volumes().list(Map.of());
    }
}
