package dev.hakoniwa.elb;

import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.elb.attribute.AttributeOperations;
import dev.hakoniwa.elb.loadbalancer.LoadBalancers;
import dev.hakoniwa.elb.loadbalancer.NewLoadBalancers;
import dev.hakoniwa.elb.rule.Listeners;
import dev.hakoniwa.elb.rule.Priorities;
import dev.hakoniwa.elb.rule.RuleBook;
import dev.hakoniwa.elb.rule.Rules;
import dev.hakoniwa.elb.targetgroup.GroupTargets;
import dev.hakoniwa.elb.targetgroup.HealthChecks;
import dev.hakoniwa.elb.targetgroup.NewTargetGroups;
import dev.hakoniwa.elb.targetgroup.Registrations;
import dev.hakoniwa.elb.targetgroup.TargetAddresses;
import dev.hakoniwa.elb.targetgroup.TargetGroups;
import dev.hakoniwa.elb.targetgroup.TargetOperations;
import dev.hakoniwa.proxy.DataPlane;
import dev.hakoniwa.proxy.Probes;
import dev.hakoniwa.vpc.Networking;
import java.util.List;

/// Elastic Load Balancing v2, joined up: the API's operations, what other services ask, and where listeners are served.
public final class Elb {
    private final Operations operations = Operations.of(ElbApi.SERVICE);
    private final DataPlane dataPlane;
    private final DataPlaneUpdates updates;
    private final Targets targets;

    public Elb(Foundation foundation, Networking networking, DataPlane dataPlane, Probes probes) {
        var kept = new ElbTables(foundation.tables());
        var ids = foundation.ids();
        this.dataPlane = dataPlane;
        updates = new DataPlaneUpdates(kept, dataPlane, foundation.events());
        var checks = new HealthChecks(kept, updates, probes, foundation);
        var rules = new RuleBook(kept, checks, updates);
        var registrations = new Registrations(kept, checks, updates, foundation);
        var addresses = new TargetAddresses(networking);
        targets = new GroupTargets(kept, registrations, addresses, dataPlane);

        ElbApi.loadBalancers(
                operations,
                new NewLoadBalancers(kept, updates, networking, foundation),
                new LoadBalancers(kept, updates, networking, rules));
        ElbApi.listeners(
                operations,
                new Listeners(kept, rules, updates, ids),
                new Rules(kept, rules, ids),
                new Priorities(kept, rules));
        ElbApi.targetGroups(
                operations,
                new NewTargetGroups(kept, updates, networking, ids),
                new TargetGroups(kept, checks, registrations, updates),
                new TargetOperations(kept, registrations, addresses));
        ElbApi.general(operations, new AttributeOperations(kept, updates), new Tags(kept));
    }

    public Operations operations() {
        return operations;
    }

    /// What ECS asks.
    public Targets targets() {
        return targets;
    }

    /// Every listener of every account and region, and where it is served.
    public List<ServedListener> endpoints() {
        return dataPlane.endpoints().stream().map(ServedListener::of).toList();
    }

    /// Takes away from the data plane what the tables no longer hold; for after they have been cleared. Not in a step.
    public void converge() {
        updates.converge();
    }
}
