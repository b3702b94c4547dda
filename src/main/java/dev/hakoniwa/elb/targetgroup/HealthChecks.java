package dev.hakoniwa.elb.targetgroup;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.DataPlaneUpdates;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.targetgroup.RegisteredTarget.Name;
import dev.hakoniwa.elb.targetgroup.RegisteredTarget.Place;
import dev.hakoniwa.proxy.Probe;
import dev.hakoniwa.proxy.Probes;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;

/// Checks the targets of the groups that are in use: each at once when its life begins, and then again and again, the
/// interval apart. Nothing has to be cancelled: a check of a life that is over finds no target, and is the last.
public final class HealthChecks {
    private static final System.Logger LOG = System.getLogger(HealthChecks.class.getName());

    /// By how much of the interval at most the second check comes early, so that not all targets are checked at once.
    private static final double JITTER = 0.1;

    private final ElbTables kept;
    private final DataPlaneUpdates updates;
    private final Probes probes;
    private final Foundation foundation;
    private long lives;

    public HealthChecks(ElbTables kept, DataPlaneUpdates updates, Probes probes, Foundation foundation) {
        this.kept = kept;
        this.updates = updates;
        this.probes = probes;
        this.foundation = foundation;
    }

    /// A group has come into use or gone out of it, or the zones of its load balancer have changed: targets that get
    /// requests now begin to be checked, and the others no longer are.
    public void refresh(Scope scope, String targetGroup) {
        for (var target : kept.targetsOf(scope, targetGroup)) {
            var first = first(scope, targetGroup, target.place());
            var changes = first instanceof TargetState.Unused || target.state() instanceof TargetState.Unused;
            if (changes && !first.equals(target.state()) && !(target.state() instanceof TargetState.Draining)) {
                live(scope, targetGroup, target, first);
            }
        }
        updates.targets(scope, targetGroup);
    }

    /// What a target is to begin with.
    TargetState first(Scope scope, String targetGroup, Place place) {
        var loadBalancers = kept.loadBalancersOf(scope, targetGroup);
        if (loadBalancers.isEmpty()) {
            return new TargetState.Unused(TargetState.Unused.Why.GROUP_NOT_USED);
        }
        var zones = loadBalancers.stream()
                .flatMap(key -> kept.loadBalancers().get(scope, key).availabilityZones().stream())
                .map(AvailabilityZone::zoneName)
                .collect(Collectors.toSet());
        return place.isIn(zones)
                ? TargetState.Initial.NEW
                : new TargetState.Unused(TargetState.Unused.Why.ZONE_NOT_ENABLED);
    }

    /// A group is to be checked in another way from now on; what its targets are they stay until checks say otherwise.
    void restart(Scope scope, String targetGroup) {
        for (var target : kept.targetsOf(scope, targetGroup)) {
            live(scope, targetGroup, target, target.state());
        }
    }

    /// Puts a target in with a state that begins a new life, and begins to check it if that is a state to be checked
    /// in.
    void live(Scope scope, String targetGroup, RegisteredTarget target, TargetState state) {
        switch (state) {
            case TargetState.Initial _, TargetState.Healthy _, TargetState.Unhealthy _ -> {
                var life = nextLife();
                put(scope, targetGroup, target.with(life, state));
                var check = new Turn(scope, targetGroup, target.name(), life, true);
                kept.tables().afterwards(() -> begin(check));
            }
            case TargetState.Unused _ -> put(scope, targetGroup, target.with(nextLife(), state));
            case TargetState.Draining _ -> put(scope, targetGroup, target.with(state));
        }
    }

    long nextLife() {
        return ++lives;
    }

    private void begin(Turn turn) {
        var probe = kept.tables().write(() -> probe(turn));
        if (probe.isEmpty()) {
            return;
        }
        var begun = foundation.clock().instant();
        var _ = probes.send(probe.get()).whenComplete((result, failure) -> {
            if (failure != null) {
                LOG.log(Level.ERROR, "a health check failed by itself", failure);
            }
            end(turn, result == null ? new Probe.Result.Failed("no result") : result, begun);
        });
    }

    private Optional<Probe> probe(Turn turn) {
        return find(turn).map(target -> {
            put(turn.scope(), turn.targetGroup(), target.with(target.state().begun()));
            return plan(turn).probe(target);
        });
    }

    private void end(Turn turn, Probe.Result result, Instant begun) {
        var next = kept.tables()
                .write(() -> find(turn).map(target -> {
                    var plan = plan(turn);
                    var after = target.with(target.state().after(plan.judge(result), plan.thresholds()));
                    put(turn.scope(), turn.targetGroup(), after);
                    if (after.route().state() != target.route().state()) {
                        updates.targets(turn.scope(), turn.targetGroup());
                    }
                    return wait(turn, plan.interval(), begun);
                }));
        next.ifPresent(wait -> foundation.timers().after(wait, () -> begin(turn.next())));
    }

    private Duration wait(Turn turn, Duration interval, Instant begun) {
        var spread = interval.toMillis() * JITTER;
        var early = turn.first() ? Math.floorMod(turn.name().hashCode(), (long) spread) : 0;
        var wait = interval.minusMillis(early)
                .minus(Duration.between(begun, foundation.clock().instant()));
        return wait.isPositive() ? wait : Duration.ZERO;
    }

    private Optional<RegisteredTarget> find(Turn turn) {
        return kept.targets()
                .find(turn.scope(), RegisteredTarget.key(turn.targetGroup(), turn.name()))
                .filter(target -> target.life() == turn.life());
    }

    private HealthCheckPlan plan(Turn turn) {
        return new HealthCheckPlan(kept.targetGroups().get(turn.scope(), turn.targetGroup()));
    }

    private void put(Scope scope, String targetGroup, RegisteredTarget target) {
        kept.targets().put(scope, RegisteredTarget.key(targetGroup, target.name()), target);
    }

    /// Whose turn it is to be checked, in which of its lives.
    private record Turn(Scope scope, String targetGroup, Name name, long life, boolean first) {
        Turn next() {
            return new Turn(scope, targetGroup, name, life, false);
        }
    }
}
