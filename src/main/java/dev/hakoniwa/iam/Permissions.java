package dev.hakoniwa.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What identity policies allow. Their conditions aren't looked at: a statement that allows holds in spite of them, one
/// that denies does not hold because of them. A policy variable stands for anything.
final class Permissions {
    private static final Pattern WILD = Pattern.compile("\\*|\\?|\\$\\{[^}]*}");

    private Permissions() {}

    /// Why something may not be done, in AWS's words; empty if it may.
    ///
    /// @param boundary the texts of the permissions boundary; null if there is none
    static Optional<String> refusal(
            List<String> policies, @Nullable List<String> boundary, String action, String resource) {
        var limits = boundary == null ? List.<String>of() : boundary;
        if (any(Stream.concat(policies.stream(), limits.stream()), "Deny", action, resource)) {
            return Optional.of("with an explicit deny in an identity-based policy");
        }
        if (!any(policies.stream(), "Allow", action, resource)) {
            return Optional.of("because no identity-based policy allows the %s action".formatted(action));
        }
        return boundary == null || any(boundary.stream(), "Allow", action, resource)
                ? Optional.empty()
                : Optional.of("because no permissions boundary allows the %s action".formatted(action));
    }

    private static boolean any(Stream<String> policies, String effect, String action, String resource) {
        return policies.anyMatch(policy -> has(policy, effect, action, resource));
    }

    private static boolean has(String policy, String effect, String action, String resource) {
        return PolicyDocument.statements(policy).stream()
                .filter(statement -> statement.path("Effect").asText().equals(effect))
                .filter(statement -> effect.equals("Allow") || !statement.has("Condition"))
                .anyMatch(statement -> matches(statement, "Action", action, Pattern.CASE_INSENSITIVE)
                        && matches(statement, "Resource", resource, 0));
    }

    /// Whether a value is among those that the statement lists, or not among those that it excepts.
    private static boolean matches(JsonNode statement, String member, String value, int flags) {
        var listed = statement.path(member);
        return listed.isMissingNode()
                ? !among(statement.path("Not" + member), value, flags)
                : among(listed, value, flags);
    }

    private static boolean among(JsonNode list, String value, int flags) {
        return PolicyDocument.values(list)
                .anyMatch(wild -> pattern(wild, flags).matcher(value).matches());
    }

    private static Pattern pattern(String wild, int flags) {
        var wildcards = WILD.matcher(wild)
                .results()
                .map(found -> found.group().equals("?") ? "." : ".*")
                .iterator();
        var pattern = Stream.of(WILD.split(wild, -1))
                .map(Pattern::quote)
                .map(text -> wildcards.hasNext() ? text + wildcards.next() : text)
                .collect(Collectors.joining());
        return Pattern.compile(pattern, flags);
    }
}
