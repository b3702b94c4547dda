package dev.hakoniwa.elb.rule;

import dev.hakoniwa.elb.Addresses;
import dev.hakoniwa.elb.Errors;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/// The conditions on method, query string and source address.
final class ExactConditions {
    private static final int LONGEST_METHOD = 40;
    private static final int LONGEST_VALUE = 128;
    private static final Pattern METHOD = Pattern.compile("[A-Z_-]+");

    private ExactConditions() {}

    static RuleCondition method(RuleCondition condition) {
        PatternConditions.refuseValues(condition);
        var config = condition.httpRequestMethodConfig();
        if (config == null) {
            throw Errors.validation("A 'HttpRequestMethodConfig' must be specified with 'http-request-method'");
        }
        if (config.values().isEmpty()) {
            throw Errors.validation("A condition value must be specified");
        }
        for (var value : config.values()) {
            if (value.length() > LONGEST_METHOD) {
                throw Errors.validation(
                        "The 'http-request-method' value is too long; the limit is '%d'".formatted(LONGEST_METHOD));
            }
            if (!METHOD.matcher(value).matches()) {
                throw Errors.validation("The 'http-request-method' value is invalid; "
                        + "the allowed characters are A-Z, hyphen and underscore");
            }
        }
        return condition;
    }

    static RuleCondition query(RuleCondition condition) {
        PatternConditions.refuseValues(condition);
        var config = condition.queryStringConfig();
        if (config == null) {
            throw Errors.validation("A 'QueryStringConfig' must be specified with 'query-string'");
        }
        if (config.values().isEmpty()) {
            throw Errors.validation("A condition value must be specified");
        }
        config.values().forEach(ExactConditions::check);
        return condition;
    }

    static RuleCondition source(RuleCondition condition) {
        PatternConditions.refuseValues(condition);
        var config = condition.sourceIpConfig();
        if (config == null) {
            throw Errors.validation("A 'SourceIpConfig' must be specified with 'source-ip'");
        }
        if (config.values().isEmpty()) {
            throw Errors.validation("A 'source-ip' value must be specified");
        }
        for (var value : config.values()) {
            if (!Addresses.isBlock(value)) {
                throw Errors.validation("The 'source-ip' value '%s' must be in CIDR format".formatted(value));
            }
        }
        return condition;
    }

    private static void check(QueryStringKeyValuePair pair) {
        if (pair.value() == null || pair.value().isEmpty()) {
            throw Errors.validation("A 'Value' must be specified in 'QueryStringKeyValuePair'");
        }
        if (pair.key() != null && pair.key().length() > LONGEST_VALUE) {
            throw Errors.validation("The 'Key' value is too long; the limit is '%d'".formatted(LONGEST_VALUE));
        }
        if (pair.value().length() > LONGEST_VALUE) {
            throw Errors.validation("The 'Value' value is too long; the limit is '%d'".formatted(LONGEST_VALUE));
        }
    }
}
