package dev.hakoniwa.testing;

import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Lets a [DockerTest] run where an engine answers. It is asked once for all tests.
final class DockerCondition implements ExecutionCondition {
    private final Demand demand;
    private final Supplier<Optional<String>> silence;

    DockerCondition() {
        this(Demand.of(System.getProperty("hakoniwa.docker", "auto")), EnginePing::silence);
    }

    /// @param silence why no engine answers; empty where one does
    DockerCondition(Demand demand, Supplier<Optional<String>> silence) {
        this.demand = demand;
        this.silence = silence;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return evaluate();
    }

    ConditionEvaluationResult evaluate() {
        return silence.get().map(this::without).orElseGet(() -> ConditionEvaluationResult.enabled("an engine answers"));
    }

    private ConditionEvaluationResult without(String reason) {
        return switch (demand) {
            case AUTO -> ConditionEvaluationResult.disabled("no container engine: " + reason);
            case REQUIRED ->
                throw new IllegalStateException("-Dhakoniwa.docker=required, but no container engine: " + reason);
        };
    }

    /// Whether a missing engine is a reason to skip or to fail.
    enum Demand {
        AUTO,
        REQUIRED;

        static Demand of(String text) {
            return switch (text) {
                case "auto" -> AUTO;
                case "required" -> REQUIRED;
                default -> throw new IllegalArgumentException("hakoniwa.docker: auto or required, not " + text);
            };
        }
    }
}
