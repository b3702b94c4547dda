package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.AttachmentStateChange;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ContainerStateChange;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ManagedAgentStateChange;
import software.amazon.awssdk.services.ecs.model.SubmitTaskStateChangeRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/// What ECS's agents call: all is checked and acknowledged, and what is told changes nothing.
final class AgentCallsTest {
    private static final String ATTACHMENT = "arn:aws:ecs:us-east-1:000000000000:attachment/";
    private static final String NOBODYS = "0123456789abcdef0123456789abcdef";

    private final Story story = Story.calm();

    @Test
    void anAgentPollsWhereItHasFoundTheApi() {
        var instance =
                story.ecs().listContainerInstances().containerInstanceArns().getFirst();

        var found = story.ecs().discoverPollEndpoint(d -> d.cluster("default").containerInstance(instance));

        assertThat(Stream.of(found.endpoint(), found.telemetryEndpoint(), found.serviceConnectEndpoint()))
                .containsOnly("http://localhost/");
        assertThat(story.ecs().discoverPollEndpoint(_ -> {}).endpoint()).isEqualTo("http://localhost/");
    }

    @Test
    void pollingNeedsAClusterAndAnInstanceThatAreThere() {
        assertThatThrownBy(() -> story.ecs().discoverPollEndpoint(d -> d.cluster("other")))
                .isInstanceOf(ClusterNotFoundException.class);
        assertThatThrownBy(() -> story.ecs().discoverPollEndpoint(d -> d.containerInstance(NOBODYS)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Referenced container instance " + NOBODYS + " not found.");
    }

    @Test
    void whatIsToldOfATaskIsAcknowledgedAndChangesNothing() {
        story.defineAwsvpc("web", container("app"));
        var task = story.startedAwsvpc("web");

        var ofTask = story.ecs()
                .submitTaskStateChange(s -> s.task(task.taskArn())
                        .status("STOPPED")
                        .reason("it burns")
                        .containers(stopped("app"))
                        .attachments(detached(task)));
        var ofContainer = story.ecs()
                .submitContainerStateChange(s -> s.task(Story.id(task))
                        .containerName("app")
                        .status("STOPPED")
                        .exitCode(1));
        var ofAttachment = story.ecs().submitAttachmentStateChanges(s -> s.attachments(detached(task)));
        story.letPass(Story.SOON);

        assertThat(Stream.of(ofTask.acknowledgment(), ofContainer.acknowledgment(), ofAttachment.acknowledgment()))
                .containsOnly("ACK");
        assertThat(story.now(task)).isEqualTo(task);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "PENDING", "MANIFEST_PULLED", "PULLED", "CREATED", "RUNNING", "STOPPED"})
    void anAgentTellsAnyStatusThatItKnows(String status) {
        story.define("web", container("app"));
        var task = story.run("web");

        var answer =
                story.ecs().submitTaskStateChange(s -> s.task(task.taskArn()).status(status));

        assertThat(answer.acknowledgment()).isEqualTo("ACK");
    }

    @Test
    void anAgentMayTellOfAttachmentsAlone() {
        story.defineAwsvpc("web", container("app"));
        var task = story.startedAwsvpc("web");

        var answer =
                story.ecs().submitTaskStateChange(s -> s.task(task.taskArn()).attachments(detached(task)));

        assertThat(answer.acknowledgment()).isEqualTo("ACK");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("Task can not be blank.", s -> s.task(null)),
                wrong("The referenced task was not found.", s -> s.task(NOBODYS)),
                wrong("Status can not be blank.", s -> s.status(null)),
                wrong("Status should be one of [", s -> s.status("DANCING")),
                wrong(
                        "Container name can not be blank.",
                        s -> s.containers(
                                ContainerStateChange.builder().status("RUNNING").build())),
                wrong("The container db was not found", s -> s.containers(stopped("db"))),
                wrong(
                        "Container status should be one of [",
                        s -> s.containers(ContainerStateChange.builder()
                                .containerName("app")
                                .status("running")
                                .build())),
                wrong("Attachment ARN can not be blank.", s -> s.attachments(attachment(null, "ATTACHED"))),
                wrong("Invalid arn syntax.", s -> s.attachments(attachment(NOBODYS, "ATTACHED"))),
                wrong(
                        "Attachment status should be one of [",
                        s -> s.attachments(attachment(ATTACHMENT + "x", "GLUED"))),
                wrong(
                        "The referenced attachment was not found.",
                        s -> s.attachments(attachment(ATTACHMENT + "x", "ATTACHED"))),
                wrong("managedAgentName should be one of [", s -> s.managedAgents(agent("Secret", "RUNNING"))),
                wrong(
                        "Managed agent status should be one of [",
                        s -> s.managedAgents(agent("ExecuteCommandAgent", "CREATED"))));
    }

    private static Arguments wrong(String message, Consumer<SubmitTaskStateChangeRequest.Builder> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void whatIsToldOfATaskIsChecked(String message, Consumer<SubmitTaskStateChangeRequest.Builder> change) {
        story.define("web", container("app"));
        var task = story.run("web");

        assertThatThrownBy(() -> story.ecs()
                        .submitTaskStateChange(
                                s -> s.task(task.taskArn()).status("RUNNING").applyMutation(change)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aContainersChangeIsChecked() {
        story.define("web", container("app"));
        var task = story.run("web");

        assertThatThrownBy(() -> story.ecs()
                        .submitContainerStateChange(s -> s.task(task.taskArn()).status("RUNNING")))
                .hasMessageStartingWith("Container name can not be blank.");
        assertThatThrownBy(() -> story.ecs()
                        .submitContainerStateChange(s -> s.task(task.taskArn()).containerName("app")))
                .hasMessageStartingWith("Status can not be blank.");
        assertThatThrownBy(() -> story.ecs()
                        .submitContainerStateChange(s -> s.cluster("other").task(task.taskArn())))
                .isInstanceOf(ClusterNotFoundException.class);
    }

    @Test
    void anAttachmentIsOneOfTheCluster() {
        story.ecs().createCluster(c -> c.clusterName("other"));
        story.defineAwsvpc("web", container("app"));
        var task = story.startedAwsvpc("web");

        assertThatThrownBy(() -> story.ecs()
                        .submitAttachmentStateChanges(s -> s.cluster("other").attachments(detached(task))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("The referenced attachment was not found.");
        assertThatThrownBy(() -> story.ecs().submitAttachmentStateChanges(s -> s.cluster("other")))
                .hasMessageStartingWith("Attachments cannot be empty.");
    }

    private static ContainerStateChange stopped(String container) {
        return ContainerStateChange.builder()
                .containerName(container)
                .status("STOPPED")
                .build();
    }

    private static AttachmentStateChange detached(Task task) {
        return attachment(ATTACHMENT + task.attachments().getFirst().id(), "DETACHED");
    }

    private static AttachmentStateChange attachment(@Nullable String arn, String status) {
        return AttachmentStateChange.builder().attachmentArn(arn).status(status).build();
    }

    private static ManagedAgentStateChange agent(String name, String status) {
        return ManagedAgentStateChange.builder()
                .containerName("app")
                .managedAgentName(name)
                .status(status)
                .build();
    }
}
