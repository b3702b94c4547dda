package dev.hakoniwa.ecs.placement;

import dev.hakoniwa.ecs.Errors;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.PlacementStrategyType;

/// How to choose among the instances that a task can run on: each strategy leaves those that it likes best.
public sealed interface Strategy {
    /// Whichever; the strategies behind it have nothing more to say.
    record Random() implements Strategy {}

    /// Where the least is left, so that few instances are used.
    record LeastCpu() implements Strategy {}

    /// Where the least is left, so that few instances are used.
    record LeastMemory() implements Strategy {}

    /// Where the fewest tasks of the group are.
    record SpreadOverInstances() implements Strategy {}

    /// Where the fewest tasks of the group are on all instances with the same value; to have none is one, too.
    record SpreadOverAttribute(String attribute) implements Strategy {
        private String value(Host host) {
            return host.attribute(attribute).orElse("");
        }
    }

    static Strategy of(PlacementStrategyType type, @Nullable String given) {
        var field = Objects.requireNonNullElse(given, "");
        return switch (type) {
            case RANDOM -> random(field);
            case BINPACK ->
                switch (field.toLowerCase(Locale.ROOT)) {
                    case "cpu" -> new LeastCpu();
                    case "memory" -> new LeastMemory();
                    default -> throw invalidField("binpack", field);
                };
            case SPREAD -> spread(field);
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("an unknown strategy was let through");
        };
    }

    private static Strategy random(String field) {
        if (!field.isEmpty()) {
            throw invalidField("random", field);
        }
        return new Random();
    }

    private static Strategy spread(String field) {
        if (field.equals("host") || field.equalsIgnoreCase("instanceId")) {
            return new SpreadOverInstances();
        }
        var prefix = "attribute:";
        if (field.startsWith(prefix) && field.length() > prefix.length()) {
            return new SpreadOverAttribute(field.substring(prefix.length()));
        }
        throw invalidField("spread", field);
    }

    private static RuntimeException invalidField(String type, String field) {
        return Errors.invalidParameter("Invalid field '%s' for placement strategy %s.".formatted(field, type));
    }

    /// Of the instances that will do, those that it likes best.
    ///
    /// @param all the others, too: their tasks count where tasks are spread
    default List<Host> best(List<Host> hosts, String group, List<Host> all) {
        return switch (this) {
            case Random _ -> hosts;
            case LeastCpu _ -> least(hosts, Host::freeCpu);
            case LeastMemory _ -> least(hosts, Host::freeMemory);
            case SpreadOverInstances _ -> least(hosts, host -> host.tasksOf(group));
            case SpreadOverAttribute spread -> {
                var tasks = new HashMap<String, Long>();
                all.forEach(host -> tasks.merge(spread.value(host), (long) host.tasksOf(group), Long::sum));
                yield least(hosts, host -> tasks.getOrDefault(spread.value(host), 0L));
            }
        };
    }

    private static List<Host> least(List<Host> hosts, ToLongFunction<Host> measure) {
        var least = hosts.stream().mapToLong(measure).min().orElse(0);
        return hosts.stream().filter(host -> measure.applyAsLong(host) == least).toList();
    }
}
