package dev.hakoniwa.ecs.service;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.Story;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.Tag;

/// The tags of services, and those that their tasks get from them.
final class ServiceTagsTest {
    private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:service/default/web";

    private final Story story = Story.calm();
    private final EcsClient ecs = story.ecs();

    @BeforeEach
    void aDefinition() {
        story.define("web", d -> d.tags(tag("from", "definition"), tag("kind", "web")), container("app"));
    }

    static Stream<Arguments> propagations() {
        return Stream.of(
                propagated(_ -> {}),
                propagated(s -> s.propagateTags("NONE")),
                propagated(s -> s.propagateTags("SERVICE"), tag("from", "service")),
                propagated(s -> s.propagateTags("TASK_DEFINITION"), tag("from", "definition"), tag("kind", "web")),
                propagated(
                        s -> s.enableECSManagedTags(true),
                        tag("aws:ecs:clusterName", "default"),
                        tag("aws:ecs:serviceName", "web")),
                propagated(
                        s -> s.enableECSManagedTags(true).propagateTags("SERVICE"),
                        tag("from", "service"),
                        tag("aws:ecs:clusterName", "default"),
                        tag("aws:ecs:serviceName", "web")));
    }

    @ParameterizedTest
    @MethodSource("propagations")
    void tasksGetTheTagsThatAreToBePropagated(Consumer<CreateServiceRequest.Builder> settings, List<Tag> tags) {
        story.createService("web", "web", 1, s -> s.tags(tag("from", "service")).applyMutation(settings));
        story.letPass(Story.SOON);

        assertThat(story.tasks("web").getFirst().tags()).containsExactlyInAnyOrderElementsOf(tags);
    }

    @Test
    void newTasksGetTheTagsThatAServiceHasThen() {
        story.createService("web", "web", 1, s -> s.propagateTags("SERVICE").tags(tag("from", "service")));
        story.letPass(Story.SOON);

        ecs.tagResource(t -> t.resourceArn(ARN).tags(tag("from", "somewhere")));
        ecs.updateService(u -> u.service("web").desiredCount(2));
        story.letPass(Story.SOON);

        assertThat(story.tasks("web"))
                .flatExtracting(task -> task.tags())
                .containsExactlyInAnyOrder(tag("from", "service"), tag("from", "somewhere"));
    }

    @Test
    void aServiceIsTaggedAndUntagged() {
        story.createService("web", "web", 0, s -> s.tags(tag("team", "shop"), tag("stage", "test")));

        ecs.tagResource(t -> t.resourceArn(ARN).tags(tag("team", "pay")));
        ecs.untagResource(u -> u.resourceArn(ARN).tagKeys("stage"));

        assertThat(ecs.listTagsForResource(l -> l.resourceArn(ARN)).tags()).containsExactly(tag("team", "pay"));
        assertThat(ecs.describeServices(d -> d.services("web").include(ServiceField.TAGS))
                        .services()
                        .getFirst()
                        .tags())
                .containsExactly(tag("team", "pay"));
    }

    @Test
    void aServiceThatIsNotThereIsNotTagged() {
        assertThatThrownBy(() -> ecs.tagResource(t -> t.resourceArn(ARN).tags(tag("team", "pay"))))
                .hasMessageStartingWith("The specified service does not exist. Specify a valid service and try again.");
    }

    @Test
    void aServiceIsTaggedByItsLongArnAlone() {
        story.createService("web", "web", 0);

        assertThatThrownBy(() -> ecs.tagResource(t -> t.resourceArn("arn:aws:ecs:us-east-1:000000000000:service/web")
                        .tags(tag("team", "pay"))))
                .hasMessageStartingWith("Long arn format must be used for tagging operations");
    }

    @Test
    void aServiceHasFiftyTagsAtMost() {
        var tags = Stream.iterate(0, i -> i + 1)
                .limit(51)
                .map(i -> tag("k" + i, ""))
                .toList();

        assertThatThrownBy(() -> story.createService("web", "web", 0, s -> s.tags(tags)))
                .isInstanceOf(InvalidParameterException.class);
        assertThat(ecs.listServices().serviceArns()).isEmpty();
    }

    private static Arguments propagated(Consumer<CreateServiceRequest.Builder> settings, Tag... tags) {
        return Arguments.of(settings, List.of(tags));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
