package dev.hakoniwa.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

@WireTest
final class ResourceTagsTest {
    private static final Call CALL = new Call(TestEcs.SCOPE, "", "arn:aws:iam::123456789012:root", "", "");

    private final TestEcs aws = new TestEcs();
    private final EcsClient ecs = aws.client();
    private final String web = aws.in("arn:aws:ecs:us-east-1:123456789012:cluster/web");

    @BeforeEach
    void aCluster() {
        ecs.createCluster(c -> c.clusterName("web").tags(tag("team", "shop"), tag("Team", "")));
    }

    @Test
    void tagsAreAddedAndReplaced() {
        ecs.tagResource(t -> t.resourceArn(web).tags(tag("team", "pay"), tag("stage", "test")));

        assertThat(tags()).containsExactly(tag("team", "pay"), tag("Team", ""), tag("stage", "test"));
    }

    @Test
    void tagsAreTakenAway() {
        ecs.untagResource(u -> u.resourceArn(web).tagKeys("team", "nobody"));

        assertThat(tags()).containsExactly(tag("Team", ""));
    }

    @Test
    void taskDefinitionsAreTaggedToo() {
        var arn = ecs.registerTaskDefinition(r -> r.family("app")
                        .tags(tag("team", "shop"))
                        .containerDefinitions(ContainerDefinition.builder()
                                .name("app")
                                .image("app")
                                .memory(64)
                                .build()))
                .taskDefinition()
                .taskDefinitionArn();

        ecs.tagResource(t -> t.resourceArn(arn).tags(tag("stage", "test")));

        assertThat(ecs.describeTaskDefinition(d -> d.taskDefinition("app").include(TaskDefinitionField.TAGS))
                        .tags())
                .containsExactly(tag("team", "shop"), tag("stage", "test"));
        assertThat(ecs.describeTaskDefinition(d -> d.taskDefinition("app")).tags())
                .isEmpty();
    }

    static Stream<Arguments> refusedTags() {
        return Stream.of(
                Arguments.of(
                        List.of(tag("aws:x", "y")), "aws: prefixed tag key names are not allowed for external use."),
                Arguments.of(
                        List.of(tag("AWS:x", "y")), "aws: prefixed tag key names are not allowed for external use."),
                Arguments.of(
                        List.of(tag("k".repeat(129), "y")),
                        "1 validation error detected: Value '" + "k".repeat(129)
                                + "' at 'tags.key' failed to satisfy constraint: Member must have length less than or equal to 128"),
                Arguments.of(
                        List.of(tag("", "y")),
                        "1 validation error detected: Value '' at 'tags.key' failed to satisfy constraint: Member must have length"
                                + " greater than or equal to 1"),
                Arguments.of(
                        List.of(tag("k", "v".repeat(257))),
                        "1 validation error detected: Value '" + "v".repeat(257)
                                + "' at 'tags.value' failed to satisfy constraint: Member must have length less than or equal to 256"),
                Arguments.of(
                        List.of(tag("k", "v;")),
                        "1 validation error detected: Value 'v;' at 'tags.value' failed to satisfy constraint: Member must satisfy"
                                + " regular expression pattern:"),
                Arguments.of(
                        IntStream.range(0, 49).mapToObj(i -> tag("k" + i, "v")).toList(),
                        "Too many tags. A resource can have at most 50 tags."));
    }

    @ParameterizedTest
    @MethodSource("refusedTags")
    void tagsHoldToTheirRules(List<Tag> tags, String message) {
        assertThatThrownBy(() -> ecs.tagResource(t -> t.resourceArn(web).tags(tags)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(message);
        assertThat(tags()).hasSize(2);
    }

    @Test
    void aResourceHasFiftyTags() {
        var tags = IntStream.range(0, 48).mapToObj(i -> tag("k" + i, "v")).toList();

        ecs.tagResource(t -> t.resourceArn(web).tags(tags));

        assertThat(tags()).hasSize(50);
    }

    @Test
    void aDeletedClusterHasNoTagsToShow() {
        ecs.deleteCluster(d -> d.cluster("web"));

        assertThatThrownBy(this::tags)
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("The specified cluster is inactive. Specify an active cluster and try again.");
    }

    @Test
    void aClusterThatIsNotThereHasNoTags() {
        assertThatThrownBy(() -> ecs.listTagsForResource(l -> l.resourceArn(web + "s")))
                .isInstanceOf(ClusterNotFoundException.class);
    }

    static Stream<Arguments> refusedArns() {
        return Stream.of(
                Arguments.of("web", "Invalid arn syntax."),
                Arguments.of("arn:aws:ecs:us-east-1:210987654321:cluster/web", "AccountIDs mismatch"),
                Arguments.of(
                        "arn:aws:ecs:us-east-1:210987654321:task-definition/app:1",
                        "Identifier is for 210987654321. Your accountId is 123456789012"),
                Arguments.of("arn:aws:ecs:eu-west-1:123456789012:cluster/web", "Invalid Region in ARN"),
                Arguments.of("arn:aws:ecs:us-east-1:123456789012:garden/web", "Unsupported resource type: garden"),
                Arguments.of(
                        "arn:aws:ecs:us-east-1:123456789012:task-definition/app:1",
                        "The specified task definition does not exist."));
    }

    @ParameterizedTest
    @MethodSource("refusedArns")
    void anArnMustMeanAResourceOfTheCallers(String arn, String message) {
        assertThatThrownBy(() -> ecs.listTagsForResource(l -> l.resourceArn(aws.in(arn))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith(aws.in(message));
    }

    @Test
    @InJvm("a made-up resource")
    void aServiceIsTaggedByItsLongArn() {
        var services = new Taggable() {
            @Override
            public String type() {
                return "service";
            }

            @Override
            public List<Tag> tags(Scope scope, Arn arn) {
                return List.of(tag("name", arn.resourceId()));
            }

            @Override
            public void replaceTags(Scope scope, Arn arn, List<Tag> tags) {}
        };
        var resources = new ResourceTags(List.of(services));

        assertThat(resources.list(CALL, resource("service/web/api")).tags()).containsExactly(tag("name", "web/api"));
        assertThatThrownBy(() -> resources.list(CALL, resource("service/api")))
                .hasMessage("Long arn format must be used for tagging operations");
    }

    private static ListTagsForResourceRequest resource(String resource) {
        return ListTagsForResourceRequest.builder()
                .resourceArn(CALL.arn("ecs", resource).toString())
                .build();
    }

    private List<Tag> tags() {
        return ecs.listTagsForResource(l -> l.resourceArn(web)).tags();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
