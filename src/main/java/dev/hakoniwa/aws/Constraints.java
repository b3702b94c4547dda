package dev.hakoniwa.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a service's model says of a request's members, in the words that AWS's framework has for it
/// (aws-protocols.md §15). All violations are told at once; a member that wasn't sent violates only [#required].
public final class Constraints {
    private final List<String> violations = new ArrayList<>();

    public Constraints required(String member, @Nullable Object value) {
        if (value == null) {
            violations.add(
                    "Value null at '%s' failed to satisfy constraint: Member must not be null".formatted(member));
        }
        return this;
    }

    public Constraints length(String member, @Nullable String value, int least, int most) {
        if (value == null) {
            return this;
        }
        require(value.length() >= least, value, member, "Member must have length greater than or equal to " + least);
        return require(value.length() <= most, value, member, "Member must have length less than or equal to " + most);
    }

    public Constraints range(String member, @Nullable Number value, long least, long most) {
        if (value == null) {
            return this;
        }
        var number = value.longValue();
        require(number >= least, value, member, "Member must have value greater than or equal to " + least);
        return require(number <= most, value, member, "Member must have value less than or equal to " + most);
    }

    public Constraints pattern(String member, @Nullable String value, Pattern pattern) {
        return require(
                value == null || pattern.matcher(value).matches(),
                value,
                member,
                "Member must satisfy regular expression pattern: " + pattern);
    }

    public Constraints oneOf(String member, @Nullable Object value, Collection<?> allowed) {
        return require(
                value == null || allowed.contains(value),
                value,
                member,
                "Member must satisfy enum value set: [%s]".formatted(listed(allowed)));
    }

    /// Throws what `error` makes of the text, if anything is violated.
    public void check(Function<String, AwsError> error) {
        if (violations.isEmpty()) {
            return;
        }
        var count = violations.size();
        throw error.apply("%d validation error%s detected: %s"
                .formatted(count, count == 1 ? "" : "s", String.join("; ", violations)));
    }

    private Constraints require(boolean holds, @Nullable Object value, String member, String constraint) {
        if (!holds) {
            violations.add("Value '%s' at '%s' failed to satisfy constraint: %s".formatted(value, member, constraint));
        }
        return this;
    }

    private static String listed(Collection<?> values) {
        return String.join(", ", values.stream().map(String::valueOf).toList());
    }
}
