package dev.hakoniwa.elb.rule;

import static dev.hakoniwa.elb.Constraints.present;
import static dev.hakoniwa.elb.Constraints.sent;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.ElbArns;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.elb.Pages;
import dev.hakoniwa.elb.Tags;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/// The rules of listeners.
public final class Rules {
    private static final int MOST_RULES = 100;

    private final ElbTables kept;
    private final RuleBook book;
    private final Ids ids;

    public Rules(ElbTables kept, RuleBook book, Ids ids) {
        this.kept = kept;
        this.book = book;
        this.ids = ids;
    }

    public CreateRuleResponse create(Call call, CreateRuleRequest request) {
        var scope = call.scope();
        var priority = Priorities.checked("priority", present("priority", request.priority()));
        var conditions = sent("conditions", request.hasConditions(), request.conditions());
        var actions = sent("actions", request.hasActions(), request.actions());
        var listenerKey = Kind.LISTENER.key(scope, "listenerArn", request.listenerArn());
        var listener = kept.listeners()
                .find(scope, listenerKey)
                .orElseThrow(() -> Errors.listenerNotFound(request.listenerArn()));
        var key = listenerKey + "/" + ids.hex(16);
        var rule = Rule.builder()
                .ruleArn(Kind.RULE.arn(scope, key))
                .priority(Integer.toString(priority))
                .conditions(Conditions.checked(conditions))
                .actions(Actions.checked(actions, "actions", listener.port()))
                .transforms(Transforms.checked(request.transforms()))
                .isDefault(false)
                .build();
        var others = kept.rulesOf(scope, listenerKey);
        if (others.stream().anyMatch(other -> other.priority().equals(rule.priority()))) {
            throw Errors.priorityInUse(priority);
        }
        checkCount(scope, ElbArns.loadBalancerOf(listenerKey));

        book.put(scope, key, rule);
        new Tags(kept).create(scope, rule.ruleArn(), request.tags());
        return CreateRuleResponse.builder().rules(rule).build();
    }

    public DescribeRulesResponse describe(Call call, DescribeRulesRequest request) {
        var page = Pages.of(
                "rules " + request.listenerArn() + request.ruleArns(),
                chosen(call.scope(), request),
                Rule::ruleArn,
                request.marker(),
                request.pageSize());
        return DescribeRulesResponse.builder()
                .rules(page.items())
                .nextMarker(page.nextToken())
                .build();
    }

    /// Conditions, actions and transforms that are sent replace the old ones as a whole.
    public ModifyRuleResponse modify(Call call, ModifyRuleRequest request) {
        var scope = call.scope();
        var key = Kind.RULE.key(scope, "ruleArn", request.ruleArn());
        var rule = kept.rules().find(scope, key).orElseThrow(Errors::rulesNotFound);
        var transformed = request.hasTransforms() || request.resetTransforms() != null;
        if (!request.hasConditions() && !request.hasActions() && !transformed) {
            throw Errors.validation("Either conditions or actions must be specified");
        }
        if (rule.isDefault()) {
            throw Errors.operationNotPermitted("Default rule '%s' cannot be modified".formatted(rule.ruleArn()));
        }
        if (request.hasTransforms() && Boolean.TRUE.equals(request.resetTransforms())) {
            throw Errors.validation("You cannot specify transforms and reset them at the same time");
        }
        var changed = changed(
                rule,
                request,
                kept.listeners().get(scope, ElbArns.listenerOf(key)).port());
        book.put(scope, key, changed);
        return ModifyRuleResponse.builder().rules(changed).build();
    }

    public DeleteRuleResponse delete(Call call, DeleteRuleRequest request) {
        var key = Kind.RULE.key(call.scope(), "ruleArn", request.ruleArn());
        var rule = kept.rules().find(call.scope(), key).orElseThrow(Errors::rulesNotFound);
        if (rule.isDefault()) {
            throw Errors.operationNotPermitted("Default rule '%s' cannot be deleted".formatted(rule.ruleArn()));
        }
        book.remove(call.scope(), key);
        return DeleteRuleResponse.builder().build();
    }

    private static Rule changed(Rule rule, ModifyRuleRequest request, int port) {
        var changed = rule.toBuilder();
        if (request.hasConditions()) {
            changed.conditions(Conditions.checked(request.conditions()));
        }
        if (request.hasActions()) {
            changed.actions(Actions.checked(request.actions(), "actions", port));
        }
        if (request.hasTransforms()) {
            changed.transforms(Transforms.checked(request.transforms()));
        }
        if (Boolean.TRUE.equals(request.resetTransforms())) {
            changed.transforms(List.of());
        }
        return changed.build();
    }

    private void checkCount(Scope scope, String loadBalancer) {
        var count = kept.rulesOf(scope, loadBalancer).stream()
                .filter(rule -> !rule.isDefault())
                .count();
        if (count >= MOST_RULES) {
            var what = "rules on load balancer '%s'".formatted(Kind.LOAD_BALANCER.arn(scope, loadBalancer));
            throw Errors.tooMany("TooManyRules", what, MOST_RULES);
        }
    }

    private List<Rule> chosen(Scope scope, DescribeRulesRequest request) {
        if (request.listenerArn() != null && !request.ruleArns().isEmpty()) {
            throw Errors.validation("Listener rule ARNs and a listener ARN cannot be specified at the same time");
        }
        if (!request.ruleArns().isEmpty()) {
            return request.ruleArns().stream()
                    .distinct()
                    .map(arn -> Kind.RULE.key(scope, "ruleArns", arn))
                    .map(key -> kept.rules().find(scope, key).orElseThrow(Errors::rulesNotFound))
                    .toList();
        }
        if (request.listenerArn() == null) {
            throw Errors.validation("You must specify either listener rule ARNs or a listener ARN");
        }
        var listener = Kind.LISTENER.key(scope, "listenerArn", request.listenerArn());
        if (!kept.listeners().contains(scope, listener)) {
            throw Errors.listenersNotFound();
        }
        return kept.rulesOf(scope, listener).stream()
                .sorted(Comparator.comparingInt(Priorities::of))
                .toList();
    }
}
