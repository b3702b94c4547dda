package dev.hakoniwa.elb.rule;

import static dev.hakoniwa.elb.Constraints.sent;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.Constraints;
import dev.hakoniwa.elb.ElbArns;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.Errors;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesResponse;

/// The order in which the rules of a listener are tried.
public final class Priorities {
    private static final int LAST = 50_000;

    private final ElbTables kept;
    private final RuleBook book;

    public Priorities(ElbTables kept, RuleBook book) {
        this.kept = kept;
        this.book = book;
    }

    /// Changes many priorities at once, so that rules can change places.
    public SetRulePrioritiesResponse set(Call call, SetRulePrioritiesRequest request) {
        var scope = call.scope();
        var pairs = sent("rulePriorities", request.hasRulePriorities(), request.rulePriorities());
        var wanted = wanted(scope, pairs);
        for (var listener :
                wanted.keySet().stream().map(ElbArns::listenerOf).distinct().toList()) {
            refuseTaken(scope, listener, wanted);
        }

        wanted.forEach((key, rule) -> book.put(scope, key, rule));
        return SetRulePrioritiesResponse.builder().rules(wanted.values()).build();
    }

    static int checked(String member, int priority) {
        new Constraints().range(member, priority, 1, LAST).check();
        return priority;
    }

    /// The default rule comes last.
    static int of(Rule rule) {
        return rule.isDefault() ? Integer.MAX_VALUE : Integer.parseInt(rule.priority());
    }

    private Map<String, Rule> wanted(Scope scope, List<RulePriorityPair> pairs) {
        var wanted = new LinkedHashMap<String, Rule>();
        var priorities = new HashSet<Integer>();
        for (var i = 0; i < pairs.size(); i++) {
            var at = "rulePriorities.%d.member".formatted(i + 1);
            var arn = Constraints.present(at + ".ruleArn", pairs.get(i).ruleArn());
            var priority = checked(
                    at + ".priority",
                    Constraints.present(at + ".priority", pairs.get(i).priority()));
            var key = Kind.RULE.key(scope, at + ".ruleArn", arn);
            var rule = kept.rules().find(scope, key).orElseThrow(Errors::rulesNotFound);
            if (rule.isDefault()) {
                throw Errors.operationNotPermitted("Priority of default rule '%s' cannot be modified".formatted(arn));
            }
            if (!priorities.add(priority)) {
                throw Errors.validation("Priority '%d' was provided multiple times".formatted(priority));
            }
            if (wanted.put(key, rule.copy(r -> r.priority(Integer.toString(priority)))) != null) {
                throw Errors.validation("Rule '%s' was provided multiple times".formatted(arn));
            }
        }
        return wanted;
    }

    private void refuseTaken(Scope scope, String listener, Map<String, Rule> wanted) {
        for (var other : kept.rulesOf(scope, listener)) {
            var key = Kind.RULE.key(scope, "ruleArn", other.ruleArn());
            var taken = wanted.entrySet().stream()
                    .filter(one -> ElbArns.listenerOf(one.getKey()).equals(listener))
                    .anyMatch(one -> one.getValue().priority().equals(other.priority()));
            if (taken && !wanted.containsKey(key)) {
                throw Errors.priorityInUse(of(other));
            }
        }
    }
}
