package dev.hakoniwa.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PermissionsTest {
    private static final String ACTION = "ssm:GetParameters";
    private static final String RESOURCE = "arn:aws:ssm:us-east-1:000000000000:parameter/app/db";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "Action": "ssm:GetParameters", "Resource": "*"                                          | true
            "Action": "*", "Resource": "*"                                                          | true
            "Action": "SSM:getparameter?", "Resource": "*"                                          | true
            "Action": ["s3:GetObject", "ssm:*"], "Resource": ["arn:aws:ssm:*:*:parameter/app/*"]    | true
            "Action": "ssm:GetParameters", "Resource": "arn:aws:ssm:*:*:parameter/${aws:x}/db"      | true
            "Action": "ssm:GetParameters", "Resource": "*", "Condition": {"Bool": {"a:b": "true"}}  | true
            "NotAction": "s3:*", "Resource": "*"                                                    | true
            "Action": "ssm:*", "NotResource": "arn:aws:ssm:*:*:parameter/other/*"                   | true
            "Action": "ssm:GetParameter", "Resource": "*"                                           | false
            "Action": "ssm:*", "Resource": "arn:aws:ssm:*:*:parameter/other/*"                      | false
            "Action": "ssm:*", "Resource": "arn:aws:ssm:*:*:parameter/APP/db"                       | false
            "NotAction": "ssm:*", "Resource": "*"                                                   | false
            "Action": "ssm:*", "NotResource": "*/app/*"                                             | false
            """)
    void aStatementAllowsWhatItsActionsAndResourcesName(String statement, boolean allowed) {
        assertThat(refusal(List.of(policy("Allow", statement)), null).isEmpty()).isEqualTo(allowed);
    }

    @Test
    void whatNoPolicyAllowsIsRefused() {
        assertThat(refusal(List.of(), null))
                .contains("because no identity-based policy allows the ssm:GetParameters action");
    }

    @Test
    void aDenialWinsUnlessItHangsOnACondition() {
        var all = policy("Allow", "\"Action\": \"*\", \"Resource\": \"*\"");
        var denial = policy("Deny", "\"Action\": \"ssm:*\", \"Resource\": \"*\"");
        var conditional = policy(
                "Deny", "\"Action\": \"ssm:*\", \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"a:b\": \"true\"}}");

        assertThat(refusal(List.of(all, denial), null)).contains("with an explicit deny in an identity-based policy");
        assertThat(refusal(List.of(all, conditional), null)).isEmpty();
    }

    @Test
    void aBoundaryMustAllowItToo() {
        var all = policy("Allow", "\"Action\": \"*\", \"Resource\": \"*\"");
        var other = policy("Allow", "\"Action\": \"s3:*\", \"Resource\": \"*\"");

        assertThat(refusal(List.of(all), List.of(all))).isEmpty();
        assertThat(refusal(List.of(all), List.of(other)))
                .contains("because no permissions boundary allows the ssm:GetParameters action");
    }

    private static Optional<String> refusal(List<String> policies, @Nullable List<String> boundary) {
        return Permissions.refusal(policies, boundary, ACTION, RESOURCE);
    }

    private static String policy(String effect, String rest) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"%s\", %s}]}".formatted(effect, rest);
    }
}
