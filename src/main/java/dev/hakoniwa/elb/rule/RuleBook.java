package dev.hakoniwa.elb.rule;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.DataPlaneUpdates;
import dev.hakoniwa.elb.ElbArns;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.Errors;
import dev.hakoniwa.elb.Tags;
import dev.hakoniwa.elb.targetgroup.HealthChecks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/// Puts rules in and takes them out, and keeps the account of which target groups they use: a group's targets are
/// checked while any rule uses it.
public final class RuleBook {
    private static final int MOST_GROUPS = 100;

    private final ElbTables kept;
    private final HealthChecks checks;
    private final DataPlaneUpdates updates;

    public RuleBook(ElbTables kept, HealthChecks checks, DataPlaneUpdates updates) {
        this.kept = kept;
        this.checks = checks;
        this.updates = updates;
    }

    /// Puts a rule with checked actions in the place of the one with the same key.
    void put(Scope scope, String key, Rule rule) {
        var wanted = groups(scope, rule);
        var loadBalancer = ElbArns.loadBalancerOf(key);
        check(scope, loadBalancer, wanted);
        var before =
                kept.rules().find(scope, key).map(old -> groups(scope, old)).orElse(Set.of());
        kept.rules().put(scope, key, rule);
        account(scope, key, before, wanted);
        checkCount(scope, loadBalancer);
        updates.loadBalancer(scope, loadBalancer);
    }

    void remove(Scope scope, String key) {
        var removed = kept.rules().remove(scope, key);
        removed.ifPresent(rule -> {
            account(scope, key, groups(scope, rule), Set.of());
            Tags.forget(kept, scope, rule.ruleArn());
            updates.loadBalancer(scope, ElbArns.loadBalancerOf(key));
        });
    }

    /// Takes out a listener with all its rules.
    public void removeListener(Scope scope, Listener listener) {
        var key = Kind.LISTENER.key(scope, "listenerArn", listener.listenerArn());
        for (var rule : kept.rulesOf(scope, key)) {
            remove(scope, Kind.RULE.key(scope, "ruleArn", rule.ruleArn()));
        }
        kept.listeners().remove(scope, key);
        Tags.forget(kept, scope, listener.listenerArn());
        updates.loadBalancer(scope, ElbArns.loadBalancerOf(key));
    }

    /// The load balancer has moved to other zones.
    public void zonesChanged(Scope scope, String loadBalancer) {
        kept.rulesOf(scope, loadBalancer).stream()
                .flatMap(rule -> groups(scope, rule).stream())
                .distinct()
                .forEach(group -> checks.refresh(scope, group));
    }

    private Set<String> groups(Scope scope, Rule rule) {
        return Actions.targetGroups(rule.actions()).stream()
                .map(arn -> Kind.TARGET_GROUP.key(scope, "targetGroupArn", arn))
                .collect(Collectors.toSet());
    }

    private void check(Scope scope, String loadBalancer, Set<String> groups) {
        var missing = groups.stream()
                .filter(group -> !kept.targetGroups().contains(scope, group))
                .toList();
        if (!missing.isEmpty()) {
            throw Errors.targetGroupsNotFound(arns(scope, missing));
        }
        var vpcId = kept.loadBalancers().get(scope, loadBalancer).vpcId();
        var elsewhere = groups.stream()
                .filter(group -> !kept.targetGroups().get(scope, group).vpcId().equals(vpcId))
                .toList();
        if (!elsewhere.isEmpty()) {
            throw Errors.invalidConfiguration(
                    "The following target groups cannot be used with load balancer '%s' because they belong to a different VPC: %s"
                            .formatted(
                                    Kind.LOAD_BALANCER.arn(scope, loadBalancer),
                                    String.join(", ", arns(scope, elsewhere))));
        }
        var taken = groups.stream()
                .filter(group -> kept.loadBalancersOf(scope, group).stream().anyMatch(lb -> !lb.equals(loadBalancer)))
                .toList();
        if (!taken.isEmpty()) {
            throw Errors.targetGroupsOfOtherLoadBalancers(arns(scope, taken));
        }
    }

    private void checkCount(Scope scope, String loadBalancer) {
        var all = new HashSet<String>();
        for (var rule : kept.rulesOf(scope, loadBalancer)) {
            all.addAll(Actions.targetGroups(rule.actions()));
        }
        if (all.size() > MOST_GROUPS) {
            throw Errors.tooMany(
                    "TooManyUniqueTargetGroupsPerLoadBalancer",
                    "unique target groups on load balancer '%s'".formatted(Kind.LOAD_BALANCER.arn(scope, loadBalancer)),
                    MOST_GROUPS);
        }
    }

    /// New uses come before old ones go, so that a group which only moves between rules is never without one.
    private void account(Scope scope, String rule, Set<String> before, Set<String> now) {
        for (var group : now) {
            var wasUsed = isUsed(scope, group);
            kept.uses().put(scope, group + " " + rule, rule);
            if (!wasUsed) {
                checks.refresh(scope, group);
            }
        }
        for (var group : before) {
            if (!now.contains(group)) {
                kept.uses().remove(scope, group + " " + rule);
                if (!isUsed(scope, group)) {
                    checks.refresh(scope, group);
                }
            }
        }
    }

    private boolean isUsed(Scope scope, String group) {
        return !kept.usersOf(scope, group).isEmpty();
    }

    private static List<String> arns(Scope scope, List<String> groups) {
        return groups.stream()
                .map(group -> Kind.TARGET_GROUP.arn(scope, group))
                .sorted()
                .toList();
    }
}
