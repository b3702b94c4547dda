package dev.hakoniwa.elb.rule;

import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.proxy.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/// What a request must be for a rule to be its rule.
public final class Conditions {
    private static final List<String> FIELDS =
            List.of("path-pattern", "host-header", "http-header", "http-request-method", "query-string", "source-ip");
    private static final Set<String> ONCE = Set.of("path-pattern", "host-header", "http-request-method", "source-ip");
    private static final int MOST_VALUES = 5;
    private static final int MOST_WILDCARDS = 5;

    private Conditions() {}

    /// The conditions as AWS gives them back, as far as they are said correctly.
    static List<RuleCondition> checked(List<RuleCondition> conditions) {
        if (conditions.isEmpty()) {
            throw Errors.validation("A condition must be specified");
        }
        var seen = new HashSet<String>();
        var checked = new ArrayList<RuleCondition>();
        for (var condition : conditions) {
            var field = condition.field();
            if (field == null || !FIELDS.contains(field)) {
                throw Errors.validation("Condition field '%s' must be one of '%s'".formatted(field, FIELDS));
            }
            if (!seen.add(field) && ONCE.contains(field)) {
                throw Errors.validation("A rule can only have one '%s' condition".formatted(field));
            }
            checked.add(checked(condition));
        }
        checkLimits(checked);
        return checked;
    }

    /// A checked condition as the data plane tests it.
    public static Condition route(RuleCondition condition) {
        var regexes = regexes(condition).stream().map(Regexes::compiled).toList();
        var values = values(condition);
        return switch (condition.field()) {
            case "path-pattern" -> new Condition.PathPattern(values, regexes);
            case "host-header" -> new Condition.HostHeader(values, regexes);
            case "http-header" ->
                new Condition.HttpHeader(condition.httpHeaderConfig().httpHeaderName(), values, regexes);
            case "http-request-method" -> new Condition.HttpRequestMethod(values);
            case "query-string" ->
                new Condition.QueryString(condition.queryStringConfig().values().stream()
                        .map(pair -> new Condition.QueryString.Pair(key(pair), pair.value()))
                        .toList());
            case "source-ip" -> new Condition.SourceIp(values);
            case String other -> throw new IllegalStateException("unchecked condition " + other);
        };
    }

    private static RuleCondition checked(RuleCondition condition) {
        return switch (condition.field()) {
            case "path-pattern" -> PatternConditions.path(condition);
            case "host-header" -> PatternConditions.host(condition);
            case "http-header" -> PatternConditions.header(condition);
            case "http-request-method" -> ExactConditions.method(condition);
            case "query-string" -> ExactConditions.query(condition);
            case "source-ip" -> ExactConditions.source(condition);
            case String other -> throw new IllegalStateException("unchecked field " + other);
        };
    }

    private static void checkLimits(List<RuleCondition> conditions) {
        var values = 0;
        var wildcards = 0L;
        for (var condition : conditions) {
            values += values(condition).size()
                    + regexes(condition).size()
                    + pairs(condition).size();
            wildcards += wildcards(condition);
        }
        if (values > MOST_VALUES) {
            throw Errors.validation("A rule can only have '%d' condition values".formatted(MOST_VALUES));
        }
        if (wildcards > MOST_WILDCARDS) {
            throw Errors.validation("A rule can only have '%d' condition wildcards".formatted(MOST_WILDCARDS));
        }
    }

    private static long wildcards(RuleCondition condition) {
        var texts = new ArrayList<>(values(condition));
        pairs(condition).forEach(pair -> texts.add(key(pair) + pair.value()));
        return Pattern.compile("(?<!\\\\)[*?]")
                .matcher(String.join("\n", texts))
                .results()
                .count();
    }

    private static List<String> values(RuleCondition condition) {
        return switch (condition.field()) {
            case "path-pattern" -> condition.pathPatternConfig().values();
            case "host-header" -> condition.hostHeaderConfig().values();
            case "http-header" -> condition.httpHeaderConfig().values();
            case "http-request-method" -> condition.httpRequestMethodConfig().values();
            case "source-ip" -> condition.sourceIpConfig().values();
            case String _ -> List.of();
        };
    }

    private static List<String> regexes(RuleCondition condition) {
        return switch (condition.field()) {
            case "path-pattern" -> condition.pathPatternConfig().regexValues();
            case "host-header" -> condition.hostHeaderConfig().regexValues();
            case "http-header" -> condition.httpHeaderConfig().regexValues();
            case String _ -> List.of();
        };
    }

    private static List<QueryStringKeyValuePair> pairs(RuleCondition condition) {
        return condition.queryStringConfig() == null
                ? List.of()
                : condition.queryStringConfig().values();
    }

    private static @Nullable String key(QueryStringKeyValuePair pair) {
        return pair.key() == null || pair.key().isEmpty() ? null : pair.key();
    }
}
