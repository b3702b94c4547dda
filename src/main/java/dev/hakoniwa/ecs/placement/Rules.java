package dev.hakoniwa.ecs.placement;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.ecs.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementConstraintType;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.PlacementStrategyType;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionPlacementConstraint;

/// The constraints and strategies that a task is placed by (ecs-capacity.md §4).
///
/// @param distinct whether no two tasks of the group may share an instance
/// @param members what the instance must be
public record Rules(boolean distinct, List<Query> members, List<Strategy> strategies) {
    public static final Rules NONE = new Rules(false, List.of(), List.of());

    /// What services are placed by that say nothing: evenly over the zones, and within a zone over the instances.
    private static final List<Strategy> OF_SERVICES =
            List.of(new Strategy.SpreadOverAttribute("ecs.availability-zone"), new Strategy.SpreadOverInstances());

    private static final int MOST_CONSTRAINTS = 10;
    private static final int MOST_STRATEGIES = 5;

    public Rules {
        members = List.copyOf(members);
        strategies = List.copyOf(strategies);
    }

    /// Checks what a task definition and a request say, and reads it; ECS's errors for what can't be.
    public static Rules of(
            List<TaskDefinitionPlacementConstraint> ofDefinition,
            List<PlacementConstraint> constraints,
            List<PlacementStrategy> strategies) {
        if (ofDefinition.size() + constraints.size() > MOST_CONSTRAINTS) {
            throw Errors.invalidParameter("placementConstraints can have at most " + MOST_CONSTRAINTS + " items.");
        }
        if (strategies.size() > MOST_STRATEGIES) {
            throw Errors.invalidParameter("placementStrategy can have at most " + MOST_STRATEGIES + " items.");
        }
        var members = new ArrayList<Query>();
        ofDefinition.forEach(constraint -> members.add(query(constraint.expression())));
        var distinct = false;
        for (var constraint : constraints) {
            switch (constraint.type()) {
                case DISTINCT_INSTANCE -> {
                    absent(constraint);
                    distinct = true;
                }
                case MEMBER_OF -> members.add(query(constraint.expression()));
                case UNKNOWN_TO_SDK_VERSION ->
                    throw notOneOf("placementConstraints type", PlacementConstraintType.knownValues());
                case null -> throw notOneOf("placementConstraints type", PlacementConstraintType.knownValues());
            }
        }
        return new Rules(
                distinct, members, strategies.stream().map(Rules::strategy).toList());
    }

    /// The rules of a service, which has strategies whether it says so or not.
    public Rules ofService() {
        return strategies.isEmpty() ? new Rules(distinct, members, OF_SERVICES) : this;
    }

    private static void absent(PlacementConstraint constraint) {
        if (constraint.expression() != null && !constraint.expression().isEmpty()) {
            throw Errors.invalidParameter("The expression must be empty for a distinctInstance placement constraint.");
        }
    }

    private static Query query(@Nullable String expression) {
        return Query.parse(expression == null ? "" : expression);
    }

    private static Strategy strategy(PlacementStrategy given) {
        return switch (given.type()) {
            case RANDOM, BINPACK, SPREAD -> Strategy.of(given.type(), given.field());
            case UNKNOWN_TO_SDK_VERSION ->
                throw notOneOf("placementStrategy type", PlacementStrategyType.knownValues());
            case null -> throw notOneOf("placementStrategy type", PlacementStrategyType.knownValues());
        };
    }

    private static AwsError notOneOf(String member, Set<?> values) {
        var list = values.stream().map(Object::toString).collect(Collectors.joining(","));
        return Errors.invalidParameter(member + " should be one of [" + list + "]");
    }
}
