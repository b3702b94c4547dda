package dev.hakoniwa.ecr.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.aws.AwsError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LifecyclePolicyReaderTest {
    private static final String RULE = """
            {"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan",
            "countNumber": 1}, "action": {"type": "expire"}}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "rulePriority": 1   | "rulePriority": 0   | numeric instance is lower than the required minimum (minimum: 1, found: 0)
            "rulePriority": 1   | "rulePriority": "1" | instance type (string) does not match any allowed primitive type (allowed: ["integer"])
            "rulePriority": 1,  | ''                  | object has missing required properties (["rulePriority"])
            "rulePriority": 1   | "rulePriority": 1, "x": 1 | object instance has properties which are not allowed by the schema: ["x"]
            "rulePriority": 1   | "rulePriority": 1, "description": 1 | instance type (integer) does not match any allowed primitive type (allowed: ["string"])
            "untagged"          | "sometimes"         | instance value ("sometimes") not found in enum (possible values: ["any","tagged","untagged"])
            "untagged"          | "tagged"            | exactly one of tagPrefixList and tagPatternList is required
            "untagged"          | "untagged", "tagPrefixList": ["a"] | only allowed if tagStatus is tagged
            "untagged"          | "tagged", "tagPrefixList": [] | array is too short: must have at least 1 elements but instance has 0 elements
            "untagged"          | "tagged", "tagPrefixList": [""] | is too short
            "untagged"          | "tagged", "tagPrefixList": ["a"], "tagPatternList": ["b"] | exactly one of
            "untagged"          | "tagged", "tagPatternList": ["*a*b*c*d*"] | at most 4 wildcards
            "untagged"          | "untagged", "countUnit": "days" | countUnit is not allowed
            imageCountMoreThan  | sinceImagePushed    | object has missing required properties (["countUnit"])
            imageCountMoreThan  | sinceForEver        | not found in enum
            imageCountMoreThan" | sinceImagePushed", "countUnit": "years" | not found in enum (possible values: ["days"])
            imageCountMoreThan" | sinceImagePulled", "countUnit": "days" | the action must be transition
            imageCountMoreThan" | sinceImageTransitioned", "countUnit": "days" | storageClass must be archive
            "untagged"          | "untagged", "storageClass": "archive" | storageClass must be standard
            "countNumber": 1    | "countNumber": 1.5  | instance type (number) does not match
            "countNumber": 1    | "countNumber": 99999999999999999999 | numeric instance is greater than
            "expire"            | "explode"           | not found in enum (possible values: ["expire","transition"])
            "expire"            | "transition"        | object has missing required properties (["targetStorageClass"])
            "expire"            | "expire", "targetStorageClass": "archive" | only allowed if the action's type is transition
            """)
    void aRuleIsChecked(String part, String other, String reason) {
        var policy = "{\"rules\": [" + RULE.replace(part, other) + "]}";

        assertThatThrownBy(() -> LifecyclePolicyReader.read(policy))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code()).isEqualTo("InvalidParameterException"))
                .hasMessageContaining("Lifecycle policy validation failure: ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"rules": []}               | array is too short
            {"rules": {}}               | instance type (object) does not match any allowed primitive type (allowed: ["array"])
            {}                          | object has missing required properties (["rules"])
            []                          | instance type (array) does not match
            {"rules": [1]}              | instance type (integer) does not match
            {"rules": [], "version": 1} | not allowed by the schema: ["version"]
            {"rules": [}                | not valid JSON
            {"rules": []} {}            | not valid JSON
            """)
    void aPolicyIsChecked(String policy, String reason) {
        assertThatThrownBy(() -> LifecyclePolicyReader.read(policy)).hasMessageContaining(reason);
    }

    @Test
    void rulesDoNotShareAPriority() {
        assertRefused("rulePriority 1 is not unique", RULE, tagged(1, "a"));
    }

    @Test
    void thereIsOneRuleForWhatHasNoTags() {
        assertRefused("only one rule is allowed for tagStatus untagged", RULE, RULE.replace("y\": 1", "y\": 2"));
    }

    @Test
    void thereIsOneRuleForAPrefix() {
        assertRefused("only one rule is allowed for tag prefix a", tagged(1, "a"), tagged(2, "a"));
    }

    @Test
    void theRuleForEverythingComesLast() {
        assertRefused("must have the highest rulePriority", RULE.replace("untagged", "any"), tagged(2, "a"));
    }

    @Test
    void thereAreFiftyRulesAtMost() {
        var rules = new String[51];
        for (var i = 0; i < rules.length; i++) {
            rules[i] = tagged(i + 1, "p" + i);
        }

        assertRefused("array is too long: must have at most 50 elements but instance has 51 elements", rules);
    }

    @Test
    void aPolicyThatIsGoodIsRead() {
        var policy = LifecyclePolicyReader.read("{\"rules\": [%s, %s, %s]}"
                .formatted(tagged(3, "b"), RULE, RULE.replace("untagged", "any").replace("y\": 1", "y\": 9")));

        assertThat(policy.rules()).extracting(LifecycleRule::priority).containsExactly(1, 3, 9);
    }

    private static void assertRefused(String reason, String... rules) {
        var policy = "{\"rules\": [" + String.join(", ", rules) + "]}";

        assertThatThrownBy(() -> LifecyclePolicyReader.read(policy)).hasMessageContaining(reason);
    }

    private static String tagged(int priority, String prefix) {
        return RULE.replace("\"rulePriority\": 1", "\"rulePriority\": " + priority)
                .replace("\"untagged\"", "\"tagged\", \"tagPrefixList\": [\"%s\"]".formatted(prefix));
    }
}
