package dev.hakoniwa.ecr.repository;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// A repository's policy: an IAM policy about the repository itself, so its statements name no resource.
final class PolicyDocument {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");
    private static final Set<String> VERSIONS = Set.of("2008-10-17", "2012-10-17");
    private static final Set<String> STATEMENT_MEMBERS =
            Set.of("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition");
    private static final Set<String> EFFECTS = Set.of("Allow", "Deny");
    private static final Set<String> PRINCIPALS = Set.of("AWS", "Service", "Federated");
    private static final Pattern ACTION = Pattern.compile("\\*|ecr:[A-Za-z*?]+");

    private PolicyDocument() {}

    /// The policy as ECR gives it back, or empty if it is none.
    static Optional<String> normalised(String text) {
        try {
            var policy = JSON.readTree(text);
            return isPolicy(policy)
                    ? Optional.of(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(policy))
                    : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private static boolean isPolicy(JsonNode policy) {
        return policy.isObject()
                && hasOnly(policy, MEMBERS)
                && (!policy.has("Version")
                        || VERSIONS.contains(policy.path("Version").asText()))
                && oneOrMore(policy.path("Statement"), PolicyDocument::isStatement);
    }

    private static boolean isStatement(JsonNode statement) {
        return statement.isObject()
                && hasOnly(statement, STATEMENT_MEMBERS)
                && EFFECTS.contains(statement.path("Effect").asText())
                && isPrincipal(either(statement, "Principal", "NotPrincipal"))
                && oneOrMore(either(statement, "Action", "NotAction"), PolicyDocument::isAction)
                && (!statement.has("Condition") || statement.path("Condition").isObject());
    }

    private static boolean isAction(JsonNode action) {
        return action.isTextual() && ACTION.matcher(action.textValue()).matches();
    }

    private static boolean isPrincipal(JsonNode principal) {
        if (principal.isTextual()) {
            return principal.textValue().equals("*");
        }
        return principal.isObject()
                && !principal.isEmpty()
                && hasOnly(principal, PRINCIPALS)
                && StreamSupport.stream(principal.spliterator(), false)
                        .allMatch(names -> oneOrMore(names, JsonNode::isTextual));
    }

    /// The member that is there, of two that exclude each other; missing if both or none are.
    private static JsonNode either(JsonNode statement, String name, String otherName) {
        if (statement.has(name) == statement.has(otherName)) {
            return statement.path("");
        }
        return statement.has(name) ? statement.path(name) : statement.path(otherName);
    }

    private static boolean oneOrMore(JsonNode node, Predicate<JsonNode> is) {
        if (!node.isArray()) {
            return is.test(node);
        }
        return !node.isEmpty()
                && StreamSupport.stream(node.spliterator(), false).allMatch(is);
    }

    private static boolean hasOnly(JsonNode node, Set<String> names) {
        return node.properties().stream().allMatch(member -> names.contains(member.getKey()));
    }
}
