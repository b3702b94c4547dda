package dev.hakoniwa.elb.rule;

import dev.hakoniwa.elb.Errors;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HostHeaderConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PathPatternConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/// The conditions whose values may hold wildcards, or be regular expressions: path, host and header.
final class PatternConditions {
    private static final int LONGEST_VALUE = 128;
    private static final int LONGEST_NAME = 40;
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_\\-.$/~\"'@:+&*?]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9\\-.*?]+");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+\\-.^_`|~A-Za-z0-9]+");

    private PatternConditions() {}

    static RuleCondition path(RuleCondition condition) {
        var config = condition.pathPatternConfig();
        if (!condition.values().isEmpty() && config != null && config.hasValues()) {
            throw bothForms("path-pattern", "PathPatternConfig");
        }
        var values = config != null && config.hasValues() ? config.values() : single(condition);
        var regexes = config != null && config.hasRegexValues() ? config.regexValues() : condition.regexValues();
        checkValues("path-pattern", values, regexes);
        values.forEach(PatternConditions::checkPath);
        var whole = PathPatternConditionConfig.builder();
        if (!values.isEmpty()) {
            whole.values(values);
        }
        if (!regexes.isEmpty()) {
            whole.regexValues(regexes);
        }
        return whole(condition, values, regexes, c -> c.pathPatternConfig(whole.build()));
    }

    static RuleCondition host(RuleCondition condition) {
        var config = condition.hostHeaderConfig();
        if (!condition.values().isEmpty() && config != null && config.hasValues()) {
            throw bothForms("host-header", "HostHeaderConfig");
        }
        var values = config != null && config.hasValues() ? config.values() : single(condition);
        var regexes = config != null && config.hasRegexValues() ? config.regexValues() : condition.regexValues();
        checkValues("host-header", values, regexes);
        values.forEach(PatternConditions::checkHost);
        var whole = HostHeaderConditionConfig.builder();
        if (!values.isEmpty()) {
            whole.values(values);
        }
        if (!regexes.isEmpty()) {
            whole.regexValues(regexes);
        }
        return whole(condition, values, regexes, c -> c.hostHeaderConfig(whole.build()));
    }

    static RuleCondition header(RuleCondition condition) {
        refuseValues(condition);
        var config = condition.httpHeaderConfig();
        if (config == null) {
            throw Errors.validation("A 'HttpHeaderConfig' must be specified with 'http-header'");
        }
        var name = config.httpHeaderName();
        if (name == null || name.isEmpty()) {
            throw Errors.validation("A 'HttpHeaderName' must be specified in 'HttpHeaderConfig'");
        }
        if (name.length() > LONGEST_NAME) {
            throw Errors.validation(
                    "The 'HttpHeaderName' value is too long; the limit is '%d'".formatted(LONGEST_NAME));
        }
        if (!HEADER_NAME.matcher(name).matches() || name.equalsIgnoreCase("host")) {
            throw Errors.validation("The 'HttpHeaderName' value '%s' is invalid".formatted(name));
        }
        checkValues("http-header", config.values(), config.regexValues());
        return condition;
    }

    static void refuseValues(RuleCondition condition) {
        if (!condition.values().isEmpty()) {
            throw Errors.validation("The 'Values' field is not compatible with '%s'".formatted(condition.field()));
        }
    }

    private static RuleCondition whole(
            RuleCondition condition,
            List<String> values,
            List<String> regexes,
            java.util.function.Consumer<RuleCondition.Builder> config) {
        var whole = RuleCondition.builder().field(condition.field());
        if (!values.isEmpty()) {
            whole.values(values);
        }
        if (!regexes.isEmpty()) {
            whole.regexValues(regexes);
        }
        config.accept(whole);
        return whole.build();
    }

    /// The older form, which takes one value.
    private static List<String> single(RuleCondition condition) {
        if (condition.values().size() > 1) {
            throw Errors.validation(
                    "The '%s' field contains too many values; the limit is '1'".formatted(condition.field()));
        }
        return condition.values();
    }

    private static void checkValues(String field, List<String> values, List<String> regexes) {
        if (values.isEmpty() && regexes.isEmpty()) {
            throw Errors.validation("A condition value must be specified");
        }
        if (!values.isEmpty() && !regexes.isEmpty()) {
            throw Errors.validation(
                    "You cannot provide both values and regex values for a condition of type '%s'".formatted(field));
        }
        for (var value : values) {
            checkLength(field, value);
        }
        for (var regex : regexes) {
            checkLength(field, regex);
            var _ = Regexes.compiled(regex);
        }
    }

    private static void checkLength(String field, String value) {
        if (value.isEmpty()) {
            throw Errors.validation("A condition value must be specified");
        }
        if (value.length() > LONGEST_VALUE) {
            throw Errors.validation("The '%s' value is too long; the limit is '%d'".formatted(field, LONGEST_VALUE));
        }
    }

    private static void checkPath(String value) {
        if (!PATH.matcher(value).matches()) {
            throw Errors.validation("The 'path-pattern' value '%s' contains invalid characters".formatted(value));
        }
    }

    private static void checkHost(String value) {
        if (!HOST.matcher(value).matches()) {
            throw Errors.validation("The 'host-header' value '%s' contains invalid characters".formatted(value));
        }
        if (!value.contains(".")) {
            throw Errors.validation(
                    "The 'host-header' value '%s' must contain at least one '.' character".formatted(value));
        }
    }

    private static RuntimeException bothForms(String field, String config) {
        return Errors.validation(
                "You cannot provide both Values and '%s' for a condition of type '%s'".formatted(config, field));
    }
}
