package dev.hakoniwa.elb;

import dev.hakoniwa.core.Events;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.proxy.DataPlane;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Tells the data plane what has changed, once the step that changed it stands. What is told is read again at that
/// moment, one update after the other, so that the data plane ends with the newest state whoever comes first.
public final class DataPlaneUpdates {
    private final ElbTables kept;
    private final DataPlaneView view;
    private final DataPlane dataPlane;
    private final Events events;
    private final ReentrantLock turn = new ReentrantLock();
    private final Set<Told> told = new HashSet<>();

    public DataPlaneUpdates(ElbTables kept, DataPlane dataPlane, Events events) {
        this.kept = kept;
        this.view = new DataPlaneView(kept);
        this.dataPlane = dataPlane;
        this.events = events;
    }

    /// A load balancer, one of its listeners or one of its rules has changed or gone.
    public void loadBalancer(Scope scope, String key) {
        kept.tables().afterwards(() -> inTurn(() -> tellLoadBalancer(scope, key)));
    }

    /// A target group's settings have changed, or it has gone.
    public void targetGroup(Scope scope, String key) {
        kept.tables().afterwards(() -> inTurn(() -> tellTargetGroup(scope, key)));
    }

    /// Targets of a group have come, gone or changed their state, which others may want to know too. A step may say so
    /// of a thousand of them: all targets are told anew each time, so it is told once.
    public void targets(Scope scope, String targetGroup) {
        kept.tables().onceAfterwards("targets of " + Kind.TARGET_GROUP.arn(scope, targetGroup), () -> {
            inTurn(() -> tellTargets(scope, targetGroup));
            events.tell(new TargetHealthChanged(scope, Kind.TARGET_GROUP.arn(scope, targetGroup)));
        });
    }

    /// Ends what is still in flight on a target that has been forgotten.
    public void cut(Scope scope, String targetGroup, String id, int port) {
        kept.tables()
                .afterwards(() -> inTurn(() -> {
                    if (!isRegistered(scope, targetGroup, id, port)) {
                        dataPlane.cut(Kind.TARGET_GROUP.arn(scope, targetGroup), id, port);
                    }
                }));
    }

    /// Takes away what the data plane still has and the tables no longer hold, as after they have been cleared.
    public void converge() {
        inTurn(() -> {
            for (var one : List.copyOf(told)) {
                switch (one.kind()) {
                    case LOAD_BALANCER -> tellLoadBalancer(one.scope(), one.key());
                    case TARGET_GROUP -> tellTargetGroup(one.scope(), one.key());
                    case LISTENER, RULE -> throw new IllegalStateException("never told alone: " + one);
                }
            }
        });
    }

    private boolean isRegistered(Scope scope, String targetGroup, String id, int port) {
        return kept.tables()
                .write(() -> kept.targetsOf(scope, targetGroup).stream()
                        .anyMatch(target -> target.id().equals(id) && target.port() == port));
    }

    private void tellLoadBalancer(Scope scope, String key) {
        var thing = new Told(Kind.LOAD_BALANCER, scope, key);
        var now = kept.tables().write(() -> view.loadBalancer(scope, key));
        if (now.isPresent()) {
            told.add(thing);
            var _ = dataPlane.apply(now.get());
            return;
        }
        if (told.remove(thing)) {
            var _ = dataPlane.remove(Kind.LOAD_BALANCER.arn(scope, key));
        }
    }

    private void tellTargetGroup(Scope scope, String key) {
        var thing = new Told(Kind.TARGET_GROUP, scope, key);
        var now = kept.tables().write(() -> view.targetGroup(scope, key));
        if (now.isPresent()) {
            told.add(thing);
            dataPlane.group(now.get());
            return;
        }
        if (told.remove(thing)) {
            dataPlane.removeGroup(Kind.TARGET_GROUP.arn(scope, key));
        }
    }

    private void tellTargets(Scope scope, String targetGroup) {
        if (told.contains(new Told(Kind.TARGET_GROUP, scope, targetGroup))) {
            var now = kept.tables().write(() -> view.targets(scope, targetGroup));
            dataPlane.targets(Kind.TARGET_GROUP.arn(scope, targetGroup), now);
        }
    }

    private void inTurn(Runnable update) {
        turn.lock();
        try {
            update.run();
        } finally {
            turn.unlock();
        }
    }

    private record Told(Kind kind, Scope scope, String key) {}
}
