package dev.hakoniwa.story;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Lets a story run where terraform and its AWS provider are. Elsewhere it is skipped, or it fails if
/// `-Dhakoniwa.terraform=required`. `-Dhakoniwa.terraform=off` skips it everywhere.
final class TerraformCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var demand = System.getProperty("hakoniwa.terraform", "auto");
        if (demand.equals("off")) {
            return ConditionEvaluationResult.disabled("-Dhakoniwa.terraform=off");
        }
        var absence = Terraform.absence();
        if (absence.isEmpty()) {
            return ConditionEvaluationResult.enabled("terraform is there");
        }
        if (demand.equals("required")) {
            throw new IllegalStateException("-Dhakoniwa.terraform=required, but " + absence.get());
        }
        return ConditionEvaluationResult.disabled(absence.get());
    }
}
