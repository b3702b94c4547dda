package dev.hakoniwa.secrets;

import static dev.hakoniwa.secrets.InMemorySecrets.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParameterType;

@WireTest
final class ParameterLabelsTest {
    private final InMemorySecrets aws = new InMemorySecrets();

    @BeforeEach
    void fill() {
        put("blue");
        put("red");
    }

    @Test
    void aLabelLeadsToItsVersion() {
        aws.ssm.labelParameterVersion(
                l -> l.name("/shop/color").parameterVersion(1L).labels("stable"));

        var read = aws.ssm.getParameter(g -> g.name("/shop/color:stable")).parameter();

        assertThat(read.value()).isEqualTo("blue");
        assertThat(read.selector()).isEqualTo(":stable");
        assertFails(
                () -> aws.ssm.getParameter(g -> g.name("/shop/color:unknown")),
                "ParameterVersionNotFound",
                "Systems Manager could not find version unknown of /shop/color. Verify the version and try again.");
    }

    @Test
    void aLabelIsOnOneVersionAtMost() {
        aws.ssm.labelParameterVersion(
                l -> l.name("/shop/color").parameterVersion(1L).labels("stable"));

        var moved = aws.ssm.labelParameterVersion(l -> l.name("/shop/color").labels("stable"));

        assertThat(moved.parameterVersion()).isEqualTo(2);
        assertThat(labels()).containsExactly(List.of(), List.of("stable"));
    }

    @Test
    void labelsThatBreakTheRulesAreTold() {
        var labelled = aws.ssm.labelParameterVersion(
                l -> l.name("/shop/color").labels("good", "1st", "aws-like", "with space"));

        assertThat(labelled.invalidLabels()).containsExactly("1st", "aws-like", "with space");
        assertThat(labels()).containsExactly(List.of(), List.of("good"));
    }

    @Test
    void aVersionHasTenLabelsAtMost() {
        var ten = IntStream.range(0, 10).mapToObj(i -> "label" + i).toList();
        aws.ssm.labelParameterVersion(l -> l.name("/shop/color").labels(ten));

        assertFails(
                () -> aws.ssm.labelParameterVersion(l -> l.name("/shop/color").labels("more")),
                "ParameterVersionLabelLimitExceeded",
                "A parameter version can have maximum 10 labels.Move one or more labels to another version and try"
                        + " again.");
    }

    @Test
    void labelsAreTakenOff() {
        aws.ssm.labelParameterVersion(l -> l.name("/shop/color").labels("stable"));

        var unlabelled = aws.ssm.unlabelParameterVersion(
                l -> l.name("/shop/color").parameterVersion(2L).labels("stable", "other"));

        assertThat(unlabelled.removedLabels()).containsExactly("stable");
        assertThat(unlabelled.invalidLabels()).containsExactly("other");
        assertThat(labels()).containsExactly(List.of(), List.of());
    }

    @Test
    void aPathIsReadByLabel() {
        aws.ssm.labelParameterVersion(
                l -> l.name("/shop/color").parameterVersion(1L).labels("stable"));
        aws.ssm.putParameter(p -> p.name("/shop/shape").value("round").type(ParameterType.STRING));

        var found = aws.ssm.getParametersByPath(g -> g.path("/shop")
                .parameterFilters(ParameterStringFilter.builder()
                        .key("Label")
                        .values("stable")
                        .build()));

        assertThat(found.parameters())
                .singleElement()
                .satisfies(parameter -> assertThat(parameter.value()).isEqualTo("blue"));
    }

    @Test
    void theOldestVersionStaysWhileItHasALabel() {
        aws.ssm.labelParameterVersion(
                l -> l.name("/shop/color").parameterVersion(1L).labels("stable"));
        for (var i = 3; i <= 100; i++) {
            put("color " + i);
        }

        assertFails(
                () -> put("one too many"),
                "ParameterMaxVersionLimitExceeded",
                "You attempted to create a new version of /shop/color by calling the PutParameter API with the"
                        + " overwrite flag. Version 1, the oldest version, can't be deleted because it has a label"
                        + " associated with it. Move the label to another version of the parameter, and try again.");
    }

    private void put(String value) {
        aws.ssm.putParameter(p ->
                p.name("/shop/color").value(value).type(ParameterType.STRING).overwrite(true));
    }

    private List<List<String>> labels() {
        return aws.ssm.getParameterHistory(h -> h.name("/shop/color")).parameters().stream()
                .map(version -> version.labels())
                .toList();
    }
}
