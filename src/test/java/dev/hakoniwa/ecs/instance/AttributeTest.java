package dev.hakoniwa.ecs.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.AttributeLimitExceededException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.TargetNotFoundException;

/// Attributes that people put on container instances (ecs-capacity.md §3).
final class AttributeTest {
    private final InstanceStory aws = new InstanceStory(2, "m5.large");

    @Test
    void attributesArePutListedAndDeleted() {
        var arn = aws.arns().getFirst();

        var put = aws.ecs()
                .putAttributes(p -> p.attributes(attribute("stack", "prod", arn), attribute("fast", null, arn)));
        var listed = aws.ecs()
                .listAttributes(l -> l.targetType("container-instance").attributeName("stack"))
                .attributes();
        var queried =
                aws.ecs().listContainerInstances(l -> l.filter("attribute:stack == prod and attribute:fast exists"));
        aws.ecs().deleteAttributes(d -> d.attributes(attribute("stack", null, arn)));

        assertThat(put.attributes())
                .extracting(Attribute::name, Attribute::value, Attribute::targetId)
                .containsExactly(tuple("stack", "prod", arn), tuple("fast", null, arn));
        assertThat(listed)
                .extracting(Attribute::name, Attribute::value, Attribute::targetId)
                .containsExactly(tuple("stack", "prod", arn));
        assertThat(queried.containerInstanceArns()).containsExactly(arn);
        assertThat(aws.describe(arn).attributes())
                .extracting(Attribute::name)
                .contains("fast")
                .doesNotContain("stack");
    }

    @Test
    void aShortIdNeedsTheTargetsType() {
        var id = aws.arns().getFirst().replaceFirst(".*/", "");

        aws.ecs()
                .putAttributes(
                        p -> p.attributes(a -> a.name("stack").targetId(id).targetType("container-instance")));

        assertThatThrownBy(() -> aws.ecs().putAttributes(p -> p.attributes(attribute("stack", "prod", id))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("targetType should be one of [container-instance]");
    }

    @Test
    void attributesAreListedByValueAndInPages() {
        var arns = aws.arns();
        arns.forEach(arn -> aws.ecs().putAttributes(p -> p.attributes(attribute("stack", "prod", arn))));

        var first = aws.ecs()
                .listAttributes(l -> l.targetType("container-instance")
                        .attributeValue("prod")
                        .maxResults(1));
        var second = aws.ecs()
                .listAttributes(l -> l.targetType("container-instance")
                        .attributeValue("prod")
                        .maxResults(1)
                        .nextToken(first.nextToken()));

        assertThat(List.of(
                        first.attributes().getFirst().targetId(),
                        second.attributes().getFirst().targetId()))
                .containsExactlyElementsOf(arns);
        assertThat(second.nextToken()).isNull();
        assertThatThrownBy(() -> aws.ecs().listAttributes(l -> {})).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void anInstanceHasTenAtMost() {
        var arn = aws.arns().getFirst();
        var ten = IntStream.range(0, 10)
                .mapToObj(i -> attribute("a" + i, "1", arn))
                .toList();
        aws.ecs().putAttributes(p -> p.attributes(ten));

        aws.ecs().putAttributes(p -> p.attributes(attribute("a1", "2", arn)));

        assertThatThrownBy(() -> aws.ecs().putAttributes(p -> p.attributes(attribute("b", "1", arn))))
                .isInstanceOf(AttributeLimitExceededException.class);
        assertThat(aws.ecs()
                        .listContainerInstances(l -> l.filter("attribute:b exists"))
                        .containerInstanceArns())
                .isEmpty();
        assertThat(aws.ecs()
                        .listContainerInstances(l -> l.filter("attribute:a1 == 2"))
                        .containerInstanceArns())
                .containsExactly(arn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a:b", "", "ä"})
    void namesAreChecked(String name) {
        var arn = aws.arns().getFirst();

        assertThatThrownBy(() -> aws.ecs().putAttributes(p -> p.attributes(attribute(name, "1", arn))))
                .isInstanceOf(InvalidParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "a;b"})
    void valuesAreChecked(String value) {
        var arn = aws.arns().getFirst();

        assertThatThrownBy(() -> aws.ecs().putAttributes(p -> p.attributes(attribute("a", value, arn))))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aMissingTargetIsRefusedAndNothingIsPut() {
        var arn = aws.arns().getFirst();
        var missing = arn.replaceFirst("[0-9a-f]{32}$", "0".repeat(32));

        assertThatThrownBy(() -> aws.ecs()
                        .putAttributes(p -> p.attributes(attribute("a", "1", arn), attribute("a", "1", missing))))
                .isInstanceOf(TargetNotFoundException.class)
                .hasMessageStartingWith("Could not find " + missing);
        assertThat(aws.ecs()
                        .listContainerInstances(l -> l.filter("attribute:a exists"))
                        .containerInstanceArns())
                .isEmpty();
        assertThatThrownBy(() -> aws.ecs().putAttributes(p -> {})).isInstanceOf(InvalidParameterException.class);
    }

    private static Attribute attribute(String name, @org.jspecify.annotations.Nullable String value, String target) {
        return Attribute.builder().name(name).value(value).targetId(target).build();
    }
}
