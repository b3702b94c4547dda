package dev.hakoniwa.elb.targetgroup;

import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.DataPlaneUpdates;
import dev.hakoniwa.elb.ElbTables;
import dev.hakoniwa.elb.attribute.TargetGroupAttributes;
import dev.hakoniwa.elb.targetgroup.RegisteredTarget.Name;
import dev.hakoniwa.elb.targetgroup.RegisteredTarget.Place;
import java.util.Optional;

/// Registers targets, and lets them drain when they go.
public final class Registrations {
    private final ElbTables kept;
    private final HealthChecks checks;
    private final DataPlaneUpdates updates;
    private final Foundation foundation;

    public Registrations(ElbTables kept, HealthChecks checks, DataPlaneUpdates updates, Foundation foundation) {
        this.kept = kept;
        this.checks = checks;
        this.updates = updates;
        this.foundation = foundation;
    }

    Optional<RegisteredTarget> find(Scope scope, String targetGroup, Name name) {
        return kept.targets().find(scope, RegisteredTarget.key(targetGroup, name));
    }

    /// Puts a target in, or brings one back that is draining; one that is registered stays as it is.
    void register(Scope scope, String targetGroup, Name name, Place place) {
        var isThere = find(scope, targetGroup, name)
                .filter(target -> !(target.state() instanceof TargetState.Draining))
                .isPresent();
        if (isThere) {
            return;
        }
        var state = checks.first(scope, targetGroup, place);
        var target = new RegisteredTarget(name, place, checks.nextLife(), state);
        checks.live(scope, targetGroup, target, state);
        updates.targets(scope, targetGroup);
    }

    /// Lets a target drain for as long as its group's deregistration delay says, then forgets it. One that nobody
    /// routes to has nothing to drain. Unknown targets are no error.
    void deregister(Scope scope, String targetGroup, Name name) {
        var found = find(scope, targetGroup, name);
        if (found.isEmpty() || found.get().state() instanceof TargetState.Draining) {
            return;
        }
        var target = found.get();
        var arn = kept.targetGroups().get(scope, targetGroup).targetGroupArn();
        var delay = TargetGroupAttributes.ALL.of(kept, scope, arn).seconds(TargetGroupAttributes.DEREGISTRATION_DELAY);
        if (delay.isZero() || target.state() instanceof TargetState.Unused) {
            forget(scope, targetGroup, name);
            return;
        }
        var life = checks.nextLife();
        var draining = target.with(
                life, new TargetState.Draining(foundation.clock().instant().plus(delay)));
        kept.targets().put(scope, RegisteredTarget.key(targetGroup, name), draining);
        updates.targets(scope, targetGroup);
        kept.tables().afterwards(() -> {
            var _ = foundation
                    .timers()
                    .after(delay, () -> kept.tables().write(() -> drained(scope, targetGroup, name, life)));
        });
    }

    /// Forgets every target of a group that goes.
    void forgetAll(Scope scope, String targetGroup) {
        for (var target : kept.targetsOf(scope, targetGroup)) {
            forget(scope, targetGroup, target.name());
        }
    }

    private void drained(Scope scope, String targetGroup, Name name, long life) {
        find(scope, targetGroup, name)
                .filter(target -> target.life() == life)
                .ifPresent(_ -> forget(scope, targetGroup, name));
    }

    private void forget(Scope scope, String targetGroup, Name name) {
        kept.targets().remove(scope, RegisteredTarget.key(targetGroup, name));
        updates.targets(scope, targetGroup);
        updates.cut(scope, targetGroup, name.id(), name.port());
    }
}
