package dev.hakoniwa.elb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the API's model says of a request's members. Every violation is told at once, before anything else is looked
/// at.
public final class Constraints {
    private final List<String> violations = new ArrayList<>();

    public Constraints required(String member, @Nullable Object value) {
        return require(value != null, "null", member, "Member must not be null");
    }

    public Constraints oneOf(String member, @Nullable String value, Collection<String> allowed) {
        var set = String.join(", ", allowed);
        return require(
                value == null || allowed.contains(value),
                "'" + value + "'",
                member,
                "Member must satisfy enum value set: [" + set + "]");
    }

    public Constraints range(String member, @Nullable Integer value, int min, int max) {
        if (value == null) {
            return this;
        }
        var shown = "'" + value + "'";
        require(value >= min, shown, member, "Member must have value greater than or equal to " + min);
        return require(value <= max, shown, member, "Member must have value less than or equal to " + max);
    }

    public Constraints length(String member, @Nullable String value, int min, int max) {
        if (value == null) {
            return this;
        }
        var shown = "'" + value + "'";
        require(value.length() >= min, shown, member, "Member must have length greater than or equal to " + min);
        return require(value.length() <= max, shown, member, "Member must have length less than or equal to " + max);
    }

    public Constraints pattern(String member, @Nullable String value, Pattern pattern) {
        return require(
                value == null || pattern.matcher(value).matches(),
                "'" + value + "'",
                member,
                "Member must satisfy regular expression pattern: " + pattern);
    }

    public void check() {
        if (violations.isEmpty()) {
            return;
        }
        var count = violations.size();
        throw Errors.validation("%d validation error%s detected: %s"
                .formatted(count, count == 1 ? "" : "s", String.join("; ", violations)));
    }

    /// The value of a member that the model requires.
    public static <T> T present(String member, @Nullable T value) {
        new Constraints().required(member, value).check();
        return Objects.requireNonNull(value);
    }

    /// A list that the model requires and that wasn't sent.
    public static <T> List<T> sent(String member, boolean sent, List<T> list) {
        new Constraints().required(member, sent ? list : null).check();
        return list;
    }

    private Constraints require(boolean holds, String value, String member, String constraint) {
        if (!holds) {
            violations.add("Value %s at '%s' failed to satisfy constraint: %s".formatted(value, member, constraint));
        }
        return this;
    }
}
