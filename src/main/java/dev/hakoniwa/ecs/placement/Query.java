package dev.hakoniwa.ecs.placement;

import dev.hakoniwa.ecs.PatientPattern;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// An expression of the cluster query language (ecs-capacity.md §5): some container instances are what it says.
public final class Query {
    /// A step of the writer waits for an expression: it may take a moment, and no more.
    private static final int READS = 100_000;

    private final Predicate<Facts> condition;

    private Query(Predicate<Facts> condition) {
        this.condition = condition;
    }

    /// Reads the expression; ECS's error for one that can't be read.
    public static Query parse(String expression) {
        return new Query(new QueryReader(expression).read());
    }

    public boolean holds(Facts facts) {
        return condition.test(facts);
    }

    /// A subject compared with arguments that are right for it. What is said of several values, as an instance's task
    /// groups are, holds if it holds of one; what denies something holds if that does not hold, and so of nothing.
    static Predicate<Facts> predicate(Subject subject, Operator operator, List<String> arguments) {
        var scale = subject.kind().scale();
        var first = arguments.isEmpty() ? "" : arguments.getFirst();
        return switch (operator) {
            case EXISTS -> any(subject, _ -> true);
            case NOT_EXISTS -> none(subject, _ -> true);
            case EQUALS -> any(subject, value -> scale.same(value, first));
            case NOT_EQUALS -> none(subject, value -> scale.same(value, first));
            case GREATER_THAN -> any(subject, value -> scale.compare(value, first) > 0);
            case GREATER_THAN_EQUAL -> any(subject, value -> scale.compare(value, first) >= 0);
            case LESS_THAN -> any(subject, value -> scale.compare(value, first) < 0);
            case LESS_THAN_EQUAL -> any(subject, value -> scale.compare(value, first) <= 0);
            case IN -> any(subject, arguments::contains);
            case NOT_IN -> none(subject, arguments::contains);
            case MATCHES -> any(subject, matches(first));
            case NOT_MATCHES -> none(subject, matches(first));
        };
    }

    private static Predicate<Facts> any(Subject subject, Predicate<String> test) {
        return facts -> subject.values(facts).stream().anyMatch(test);
    }

    private static Predicate<Facts> none(Subject subject, Predicate<String> test) {
        return any(subject, test).negate();
    }

    private static Predicate<String> matches(String regularExpression) {
        return new PatientPattern(Pattern.compile(regularExpression), READS)::matches;
    }
}
