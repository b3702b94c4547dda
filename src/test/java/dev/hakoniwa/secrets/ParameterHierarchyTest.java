package dev.hakoniwa.secrets;

import static dev.hakoniwa.secrets.InMemorySecrets.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.WireTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ParametersFilterKey;
import software.amazon.awssdk.services.ssm.model.Tag;

@WireTest
final class ParameterHierarchyTest {
    private final InMemorySecrets aws = new InMemorySecrets();

    @BeforeEach
    void fill() {
        put("/shop/db/host", ParameterType.STRING);
        put("/shop/db/password", ParameterType.SECURE_STRING);
        put("/shop/color", ParameterType.STRING);
        put("/shops", ParameterType.STRING_LIST);
        put("plain", ParameterType.STRING);
    }

    private void put(String name, ParameterType type) {
        aws.ssm.putParameter(p -> p.name(name)
                .type(type)
                .value("value of " + name)
                .tags(Tag.builder().key("kind").value(type.toString()).build()));
    }

    @Test
    void aPathHoldsWhatIsRightBelowIt() {
        assertThat(names(aws.ssm.getParametersByPath(g -> g.path("/shop")).parameters()))
                .containsExactly("/shop/color");
        assertThat(names(aws.ssm.getParametersByPath(g -> g.path("/")).parameters()))
                .containsExactly("/shops");
    }

    @Test
    void recursivelyItHoldsAllThatIsBelowIt() {
        var found = aws.ssm.getParametersByPath(
                g -> g.path("/shop/").recursive(true).withDecryption(true));

        assertThat(names(found.parameters())).containsExactly("/shop/color", "/shop/db/host", "/shop/db/password");
        assertThat(found.parameters().getLast().value()).isEqualTo("value of /shop/db/password");
    }

    @Test
    void pagesFollowOneAnother() {
        var first = aws.ssm.getParametersByPath(g -> g.path("/").recursive(true).maxResults(3));
        var second = aws.ssm.getParametersByPath(
                g -> g.path("/").recursive(true).maxResults(3).nextToken(first.nextToken()));

        assertThat(first.parameters()).hasSize(3);
        assertThat(names(second.parameters())).containsExactly("/shops");
        assertFails(
                () -> aws.ssm.getParametersByPath(g -> g.path("/").maxResults(11)),
                "ValidationException",
                "1 validation error detected: Value '11' at 'maxResults' failed to satisfy constraint: Member must have"
                        + " value less than or equal to 10");
    }

    @Test
    void whatIsBelowAPathIsFiltered() {
        var found = aws.ssm.getParametersByPath(
                g -> g.path("/").recursive(true).parameterFilters(filter("Type", "Equals", "SecureString")));

        assertThat(names(found.parameters())).containsExactly("/shop/db/password");
        assertFails(
                () -> aws.ssm.getParametersByPath(g -> g.path("/").parameterFilters(filter("Tier", "Equals", "x"))),
                "InvalidFilterKey",
                "The following filter key is not valid: Tier. Valid filter keys include: [Type, KeyId, Label].");
    }

    @Test
    void aPathBeginsWithASlash() {
        assertFails(
                () -> aws.ssm.getParametersByPath(g -> g.path("shop")),
                "ValidationException",
                "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a"
                        + " forward slash \"/\". It can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). It must"
                        + " use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore)."
                        + " Special characters are not allowed. All sub-paths, if specified, must use the forward slash"
                        + " symbol \"/\". Valid example: /get/parameters2-/by1./path0_.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Name|Equals|plain|plain",
                "Name|BeginsWith|/shop/|/shop/color /shop/db/host /shop/db/password",
                "Name|Contains|o|/shop/color /shop/db/host /shop/db/password /shops",
                "Path|OneLevel|/shop|/shop/color",
                "Path|Recursive|/shop|/shop/color /shop/db/host /shop/db/password",
                "Type|Equals|StringList|/shops",
                "Type|BeginsWith|String|/shop/color /shop/db/host /shops plain",
                "KeyId|Equals|alias/aws/ssm|/shop/db/password",
                "Tier|Equals|Advanced|",
                "DataType|Equals|text|/shop/color /shop/db/host /shop/db/password /shops plain",
                "tag:kind|Equals|SecureString|/shop/db/password",
            })
    void descriptionsAreFiltered(String key, String option, String value, String expected) {
        var found = aws.ssm.describeParameters(d -> d.parameterFilters(filter(key, option, value)));

        assertThat(String.join(
                        " ",
                        found.parameters().stream().map(ParameterMetadata::name).toList()))
                .isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void theOlderFiltersWorkToo() {
        var found = aws.ssm.describeParameters(
                d -> d.filters(f -> f.key(ParametersFilterKey.NAME).values("plain", "/shops")));

        assertThat(found.parameters()).extracting(ParameterMetadata::name).containsExactly("/shops", "plain");
    }

    @Test
    void nonsenseOfAFilterIsRefused() {
        assertFails(
                () -> aws.ssm.describeParameters(d -> d.parameterFilters(filter("Color", "Equals", "blue"))),
                "InvalidFilterKey",
                "The following filter key is not valid: Color. Valid filter keys include: [Path, Name, Type, KeyId,"
                        + " Tier, DataType].");
        assertFails(
                () -> aws.ssm.describeParameters(d -> d.parameterFilters(filter("Type", "Contains", "S"))),
                "InvalidFilterOption",
                "The following filter option is not valid: Contains. Valid options include: [BeginsWith, Equals]");
    }

    @Test
    void descriptionsComeInPages() {
        var first = aws.ssm.describeParameters(d -> d.maxResults(4));
        var second = aws.ssm.describeParameters(d -> d.maxResults(4).nextToken(first.nextToken()));

        assertThat(first.parameters()).hasSize(4);
        assertThat(second.parameters()).extracting(ParameterMetadata::name).containsExactly("plain");
        assertFails(
                () -> aws.ssm.describeParameters(d -> d.nextToken("nonsense")),
                "InvalidNextToken",
                "The specified token is not valid.");
    }

    private static ParameterStringFilter filter(String key, String option, String value) {
        return ParameterStringFilter.builder()
                .key(key)
                .option(option)
                .values(value)
                .build();
    }

    private static List<String> names(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::name).toList();
    }
}
