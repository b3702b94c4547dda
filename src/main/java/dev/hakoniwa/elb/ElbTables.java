package dev.hakoniwa.elb;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Table;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.elb.targetgroup.RegisteredTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// What load balancing keeps, by the keys of [ElbArns] where nothing else is said.
public final class ElbTables {
    private final Tables tables;
    private final Table<LoadBalancer> loadBalancers;
    private final Table<Listener> listeners;
    private final Table<Rule> rules;
    private final Table<TargetGroup> targetGroups;
    private final Table<String> names;
    private final Table<String> uses;
    private final Table<RegisteredTarget> targets;
    private final Table<Map<String, String>> attributes;
    private final Table<Map<String, String>> tags;
    private final Table<String> addresses;

    public ElbTables(Tables tables) {
        this.tables = tables;
        this.loadBalancers = tables.table("load balancer");
        this.listeners = tables.table("listener");
        this.rules = tables.table("listener rule");
        this.targetGroups = tables.table("target group");
        this.names = tables.table("load balancing name");
        this.uses = tables.table("use of a target group");
        this.targets = tables.table("target");
        this.attributes = tables.table("load balancing attributes");
        this.tags = tables.table("load balancing tags");
        this.addresses = tables.table("load balancer address");
    }

    public Tables tables() {
        return tables;
    }

    public Table<LoadBalancer> loadBalancers() {
        return loadBalancers;
    }

    /// Without their default actions, which are those of their default rules.
    public Table<Listener> listeners() {
        return listeners;
    }

    public Table<Rule> rules() {
        return rules;
    }

    /// Without the load balancers that use them; see [#usersOf].
    public Table<TargetGroup> targetGroups() {
        return targetGroups;
    }

    /// Keys of load balancers (by `loadbalancer/NAME`) and target groups (by `targetgroup/NAME`).
    public Table<String> names() {
        return names;
    }

    /// Keys of rules, by the key of a target group that they forward to, a space, and their own key.
    public Table<String> uses() {
        return uses;
    }

    /// By [RegisteredTarget#key].
    public Table<RegisteredTarget> targets() {
        return targets;
    }

    /// The attributes that somebody has set, by ARN.
    public Table<Map<String, String>> attributes() {
        return attributes;
    }

    /// By ARN.
    public Table<Map<String, String>> tags() {
        return tags;
    }

    /// The load balancers' own loopback addresses, all in one scope, as the machine has each of them once.
    public Table<String> addresses() {
        return addresses;
    }

    public List<Listener> listenersOf(Scope scope, String loadBalancer) {
        return listeners.startingWith(scope, loadBalancer + "/");
    }

    /// The rules of a listener or of a whole load balancer, default ones too.
    public List<Rule> rulesOf(Scope scope, String listenerOrLoadBalancer) {
        return rules.startingWith(scope, listenerOrLoadBalancer + "/");
    }

    public Rule defaultRuleOf(Scope scope, String listener) {
        return rulesOf(scope, listener).stream()
                .filter(Rule::isDefault)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no default rule in " + listener));
    }

    /// The keys of the rules that forward to a target group.
    public List<String> usersOf(Scope scope, String targetGroup) {
        return uses.startingWith(scope, targetGroup + " ");
    }

    /// The keys of the load balancers that forward to a target group.
    public List<String> loadBalancersOf(Scope scope, String targetGroup) {
        return usersOf(scope, targetGroup).stream()
                .map(ElbArns::loadBalancerOf)
                .distinct()
                .toList();
    }

    public List<RegisteredTarget> targetsOf(Scope scope, String targetGroup) {
        return targets.startingWith(scope, targetGroup + " ");
    }

    public Optional<String> keyOfLoadBalancer(Scope scope, String name) {
        return names.find(scope, "loadbalancer/" + name);
    }

    public Optional<String> keyOfTargetGroup(Scope scope, String name) {
        return names.find(scope, "targetgroup/" + name);
    }

    public Map<String, String> attributesOf(Scope scope, String arn) {
        return attributes.find(scope, arn).orElse(Map.of());
    }
}
