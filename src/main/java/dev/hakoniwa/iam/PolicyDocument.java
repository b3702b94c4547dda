package dev.hakoniwa.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What IAM demands of a policy's text. It is kept as it was sent, and given back percent-encoded.
final class PolicyDocument {
    private static final int LONGEST = 131_072;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");
    private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
    private static final Set<String> STATEMENT_MEMBERS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");
    private static final Set<String> PRINCIPALS = Set.of("AWS", "Service", "Federated", "CanonicalUser");

    private PolicyDocument() {}

    /// Who may assume a role.
    static String trust(@Nullable String text, String member) {
        var document = Names.required(text, member);
        for (var statement : statements(document)) {
            checkTrust(statement);
        }
        return document;
    }

    /// What a principal may do.
    static String identity(@Nullable String text, String member) {
        var document = Names.required(text, member);
        for (var statement : statements(document)) {
            checkIdentity(statement);
        }
        return document;
    }

    /// How long the text is for IAM's quotas, which don't count white space.
    static int length(String document) {
        return (int) document.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /// The services that a trust policy lets assume the role.
    static List<String> trustedServices(String document) {
        return statements(document).stream()
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .flatMap(statement -> values(statement.path("Principal").path("Service")))
                .toList();
    }

    static List<JsonNode> statements(String document) {
        if (document.isBlank() || document.length() > LONGEST) {
            throw Errors.malformed("The policy failed legacy parsing");
        }
        var root = parse(document);
        if (!root.isObject() || !names(root).allMatch(MEMBERS::contains)) {
            throw Errors.malformed("Syntax errors in policy.");
        }
        if (root.has("Version") && !VERSIONS.contains(root.path("Version").asText())) {
            throw Errors.malformed("Syntax errors in policy.");
        }
        var statement = root.path("Statement");
        if (statement.isMissingNode() || (statement.isArray() && statement.isEmpty())) {
            throw Errors.malformed("Missing required field Statement");
        }
        var statements = statement.isArray() ? statement.valueStream().toList() : List.of(statement);
        statements.forEach(PolicyDocument::checkStatement);
        return statements;
    }

    private static JsonNode parse(String document) {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException _) {
            throw Errors.malformed("This policy contains invalid Json");
        }
    }

    private static void checkStatement(JsonNode statement) {
        if (!statement.isObject() || !names(statement).allMatch(STATEMENT_MEMBERS::contains)) {
            throw Errors.malformed("Syntax errors in policy.");
        }
        if (!statement.has("Effect")) {
            throw Errors.malformed("Missing required field Effect");
        }
        var effect = statement.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw Errors.malformed("Invalid effect: " + effect);
        }
        var actions = actions(statement);
        if (actions.stream().anyMatch(action -> !action.equals("*") && !action.matches("[^:\\s]+:[^:\\s]+"))) {
            throw Errors.malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
    }

    private static void checkTrust(JsonNode statement) {
        if (statement.has("Resource") || statement.has("NotResource")) {
            throw Errors.malformed("Has prohibited field Resource");
        }
        if (!statement.has("Principal") && !statement.has("NotPrincipal")) {
            throw Errors.malformed("Missing required field Principal");
        }
        if (actions(statement).isEmpty()) {
            throw Errors.malformed("Missing required field Action");
        }
        if (actions(statement).stream().anyMatch(action -> !action.startsWith("sts:") && !action.equals("*"))) {
            throw Errors.malformed("AssumeRole policy may only specify STS AssumeRole actions.");
        }
        var principal = statement.path("Principal");
        if (principal.isTextual() && !principal.asText().equals("*")) {
            throw Errors.malformed("Invalid principal in policy: " + principal);
        }
        names(principal).filter(name -> !PRINCIPALS.contains(name)).findFirst().ifPresent(name -> {
            throw Errors.malformed("Invalid principal in policy: \"%s\":%s".formatted(name, principal.path(name)));
        });
    }

    private static void checkIdentity(JsonNode statement) {
        if (statement.has("Principal") || statement.has("NotPrincipal")) {
            throw Errors.malformed("Policy document should not specify a principal.");
        }
        if (actions(statement).isEmpty()) {
            throw Errors.malformed("Policy statement must contain actions.");
        }
        var resources = Stream.concat(values(statement.path("Resource")), values(statement.path("NotResource")))
                .toList();
        if (resources.isEmpty()) {
            throw Errors.malformed("Policy statement must contain resources.");
        }
        for (var resource : resources) {
            if (!resource.equals("*") && !resource.startsWith("arn:") && !resource.startsWith("${")) {
                throw Errors.malformed("Resource %s must be in ARN format or \"*\".".formatted(resource));
            }
        }
    }

    private static List<String> actions(JsonNode statement) {
        return Stream.concat(values(statement.path("Action")), values(statement.path("NotAction")))
                .toList();
    }

    /// A value, or each of a list of values.
    static Stream<String> values(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream().map(JsonNode::asText);
        }
        return node.isMissingNode() ? Stream.empty() : Stream.of(node.asText());
    }

    private static Stream<String> names(JsonNode node) {
        return node.propertyStream().map(Map.Entry::getKey);
    }
}
