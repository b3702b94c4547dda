package dev.hakoniwa.secrets;

import static dev.hakoniwa.secrets.InMemorySecrets.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.WireTest;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

@WireTest
final class ParametersTest {
    private final InMemorySecrets aws = new InMemorySecrets();

    @Test
    void aParameterIsReadByNameAndArn() {
        var put = put("/shop/color", "blue");

        var byName = get("/shop/color");

        assertThat(put).isEqualTo(1);
        assertThat(byName.value()).isEqualTo("blue");
        assertThat(byName.type()).isEqualTo(ParameterType.STRING);
        assertThat(byName.version()).isEqualTo(1);
        assertThat(byName.arn()).isEqualTo(aws.in("arn:aws:ssm:us-east-1:000000000000:parameter/shop/color"));
        assertThat(byName.lastModifiedDate()).isEqualTo(aws.time.start());
        assertThat(byName.dataType()).isEqualTo("text");
        assertThat(get(byName.arn())).isEqualTo(byName);
    }

    @Test
    void anArnHasItsSlashOnce() {
        put("color", "blue");

        assertThat(get(aws.in("arn:aws:ssm:us-east-1:000000000000:parameter/color"))
                        .value())
                .isEqualTo("blue");
    }

    @Test
    void whatIsThereIsOverwrittenOnlyOnRequest() {
        put("color", "blue");

        assertFails(
                () -> put("color", "red"),
                "ParameterAlreadyExists",
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to"
                        + " true.");
        var version = put("color", "red", p -> p.overwrite(true));

        assertThat(version).isEqualTo(2);
        assertThat(get("color").value()).isEqualTo("red");
        assertThat(get("color:1").value()).isEqualTo("blue");
        assertThat(get("color:1").selector()).isEqualTo(":1");
        assertFails(
                () -> get("color:3"),
                "ParameterVersionNotFound",
                "Systems Manager could not find version 3 of color. Verify the version and try again.");
    }

    @Test
    void whatIsNotThereIsToldByItsCode() {
        assertFails(() -> get("color"), "ParameterNotFound", "");
        assertFails(() -> aws.ssm.deleteParameter(d -> d.name("color")), "ParameterNotFound", "");
    }

    @Test
    void aSecureStringIsReadableOnlyByWhoDecryptsIt() {
        put("password", "open sesame", p -> p.type(ParameterType.SECURE_STRING));

        assertThat(get("password").value()).startsWith("AQICAH").doesNotContain("sesame");
        assertThat(aws.ssm
                        .getParameter(g -> g.name("password").withDecryption(true))
                        .parameter()
                        .value())
                .isEqualTo("open sesame");
        assertThat(aws.ssm.describeParameters().parameters()).singleElement().satisfies(parameter -> {
            assertThat(parameter.keyId()).isEqualTo("alias/aws/ssm");
            assertThat(parameter.toString()).doesNotContain("sesame");
        });
    }

    @Test
    void aNewVersionKeepsWhatIsNotSaidOfIt() {
        put("color", "blue", p -> p.description("of the shop").allowedPattern("[a-z]+"));

        put("color", "red", p -> p.type((String) null).overwrite(true));

        assertThat(aws.ssm.describeParameters().parameters()).singleElement().satisfies(parameter -> {
            assertThat(parameter.description()).isEqualTo("of the shop");
            assertThat(parameter.allowedPattern()).isEqualTo("[a-z]+");
            assertThat(parameter.type()).isEqualTo(ParameterType.STRING);
            assertThat(parameter.lastModifiedUser()).isEqualTo(aws.in("arn:aws:iam::000000000000:root"));
        });
        assertFails(
                () -> put("color", "42", p -> p.overwrite(true)),
                "ParameterPatternMismatchException",
                "Parameter value, cannot be validated against allowedPattern: [a-z]+");
    }

    @Test
    void aParameterStaysOfItsType() {
        put("color", "blue");

        assertFails(
                () -> put(
                        "color", "red", p -> p.type(ParameterType.SECURE_STRING).overwrite(true)),
                "HierarchyTypeMismatchException",
                "Parameter Store doesn't support changing a parameter type in a hierarchy. For example, you can't"
                        + " change a parameter from a String type to a SecureString type. You must create a new, unique"
                        + " parameter.");
        assertFails(
                () -> put("shape", "round", p -> p.type((String) null)),
                "ValidationException",
                "A parameter type is required when you create a parameter.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/aws/mine|AccessDeniedException|No access to reserved parameter name: /aws/mine.",
                "awsColor|ValidationException|Parameter name: can't be prefixed with \"aws\" or \"ssm\""
                        + " (case-insensitive).",
                "shop/color|ValidationException|Parameter name must be a fully qualified name.",
                "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16|HierarchyLevelLimitExceededException|Parameter hierarchy can"
                        + " have a maximum of fifteen levels.",
            })
    void aNameHasItsRules(String name, String code, String message) {
        assertFails(() -> put(name, "blue"), code, message);
    }

    @Test
    void aNameHasItsCharacters() {
        assertFails(
                () -> put("/shop/größe", "42"),
                "ValidationException",
                "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist"
                        + " of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters,"
                        + " numbers and the following 3 symbols .-_");
    }

    @Test
    void aLongValueNeedsTheAdvancedTier() {
        var longValue = "x".repeat(5_000);

        var version = aws.ssm.putParameter(p ->
                p.name("long").value(longValue).type(ParameterType.STRING).tier(ParameterTier.INTELLIGENT_TIERING));

        assertThat(version.tier()).isEqualTo(ParameterTier.ADVANCED);
        assertFails(
                () -> put("longer", longValue),
                "ValidationException",
                "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger"
                        + " parameter value, upgrade the parameter to use the advanced-parameter tier. For more"
                        + " information, see"
                        + " https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html");
    }

    @Test
    void policiesAreKept() {
        var policies =
                "[{\"Type\":\"Expiration\",\"Version\":\"1.0\",\"Attributes\":{\"Timestamp\":\"2030-01-01T00:00:00Z\"}}]";
        put("color", "blue", p -> p.tier(ParameterTier.ADVANCED).policies(policies));

        var described = aws.ssm.describeParameters().parameters().getFirst();

        assertThat(described.policies()).singleElement().satisfies(policy -> {
            assertThat(policy.policyType()).isEqualTo("Expiration");
            assertThat(policy.policyText()).contains("2030-01-01T00:00:00Z");
            assertThat(policy.policyStatus()).isEqualTo("Pending");
        });
        assertFails(
                () -> put("shape", "round", p -> p.policies(policies)),
                "ValidationException",
                "Parameter policies are only supported in the advanced-parameter tier.");
    }

    @Test
    void historyHoldsAHundredVersions() {
        for (var i = 1; i <= 101; i++) {
            put("color", "color " + i, p -> p.overwrite(true));
        }

        var firstPage = aws.ssm.getParameterHistory(h -> h.name("color"));
        var secondPage = aws.ssm.getParameterHistory(h -> h.name("color").nextToken(firstPage.nextToken()));

        assertThat(firstPage.parameters()).hasSize(50);
        assertThat(firstPage.parameters().getFirst().version()).isEqualTo(2);
        assertThat(secondPage.parameters().getLast())
                .extracting(ParameterHistory::version, ParameterHistory::value)
                .containsExactly(101L, "color 101");
        assertThat(secondPage.nextToken()).isNull();
    }

    @Test
    void severalAreReadAndDeletedAtOnce() {
        put("a", "1");
        put("b", "2");

        var read = aws.ssm.getParameters(g -> g.names("a", "b", "c", "a:7"));
        var deleted = aws.ssm.deleteParameters(d -> d.names("a", "c"));

        assertThat(read.parameters()).extracting(Parameter::value).containsExactly("1", "2");
        assertThat(read.invalidParameters()).containsExactly("c", "a:7");
        assertThat(deleted.deletedParameters()).containsExactly("a");
        assertThat(deleted.invalidParameters()).containsExactly("c");
        assertThat(aws.ssm.describeParameters().parameters()).hasSize(1);
    }

    @Test
    void tagsComeAndGo() {
        put("color", "blue", p -> p.tags(Tag.builder().key("team").value("shop").build()));

        aws.ssm.addTagsToResource(t -> t.resourceType(ResourceTypeForTagging.PARAMETER)
                .resourceId("color")
                .tags(Tag.builder().key("stage").value("prod").build()));
        aws.ssm.removeTagsFromResource(t -> t.resourceType(ResourceTypeForTagging.PARAMETER)
                .resourceId("color")
                .tagKeys("team"));

        assertThat(aws.ssm
                        .listTagsForResource(t ->
                                t.resourceType(ResourceTypeForTagging.PARAMETER).resourceId("color"))
                        .tagList())
                .containsExactly(Tag.builder().key("stage").value("prod").build());
        assertFails(
                () -> aws.ssm.listTagsForResource(
                        t -> t.resourceType(ResourceTypeForTagging.PARAMETER).resourceId("shape")),
                "InvalidResourceId",
                "The resource ID \"shape\" is not valid. Verify the ID and try again.");
        assertFails(
                () -> put(
                        "color",
                        "red",
                        p -> p.overwrite(true)
                                .tags(Tag.builder().key("team").value("shop").build())),
                "ValidationException",
                "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please"
                        + " remove overwrite flag. To update tags for an existing parameter, please use"
                        + " AddTagsToResource or RemoveTagsFromResource.");
    }

    @Test
    void scopesDoNotSeeOneAnother() {
        put("color", "blue");

        assertFails(() -> aws.ssmElsewhere().getParameter(g -> g.name("color")), "ParameterNotFound", "");
    }

    private Parameter get(String name) {
        return aws.ssm.getParameter(g -> g.name(name)).parameter();
    }

    private long put(String name, String value) {
        return put(name, value, _ -> {});
    }

    private long put(String name, String value, Consumer<PutParameterRequest.Builder> rest) {
        return aws.ssm
                .putParameter(p ->
                        p.name(name).value(value).type(ParameterType.STRING).applyMutation(rest))
                .version();
    }
}
