package dev.hakoniwa.proxy;

import dev.hakoniwa.proxy.TargetGroup.Balancing;
import dev.hakoniwa.proxy.route.Choice;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A target group while the proxy works with it. Requests read what [#settings] and [#targets] last left behind,
/// without a lock.
final class Group {
    private static final Backend[] NONE = {};

    private final List<Loop> loops;
    private final InstantSource clock;
    private final AtomicInteger turn = new AtomicInteger();
    private final String token;
    private volatile TargetGroup settings;
    private volatile Backend[] routable = NONE;
    private List<Target> told = List.of();
    private Map<Backend.Key, Backend> backends = Map.of();
    private List<Backend> leaving = List.of();

    Group(String id, List<Loop> loops, InstantSource clock) {
        this.loops = loops;
        this.clock = clock;
        this.token = Backend.token(id);
        this.settings = new TargetGroup(id, false, TargetGroup.Version.HTTP1, Balancing.DEFAULT);
    }

    /// How cookies name this group.
    String token() {
        return token;
    }

    TargetGroup settings() {
        return settings;
    }

    synchronized void settings(TargetGroup next) {
        settings = next;
        targets(told);
    }

    synchronized void targets(List<Target> targets) {
        told = List.copyOf(targets);
        var old = backends;
        var steady = old.values().stream().anyMatch(backend -> backend.state() == Target.State.HEALTHY);
        var slowFrom = steady && settings.balancing().slowStart().isPositive() ? clock.instant() : null;
        var next = new HashMap<Backend.Key, Backend>();
        var ordered = new ArrayList<Backend>();
        for (var target : told) {
            var key = new Backend.Key(settings.id(), target.id(), target.port(), target.address(), settings.tls());
            var backend = old.containsKey(key) ? old.get(key) : new Backend(key, loops);
            backend.become(target.state(), slowFrom);
            next.put(key, backend);
            ordered.add(backend);
        }
        backends = next;
        routable = Choice.routable(ordered, Backend::state, settings.balancing().minimum())
                .toArray(Backend[]::new);
        leave(old);
    }

    /// How many requests a target is busy with, counting the time before it left the group.
    synchronized int inFlight(String targetId, int port) {
        return named(targetId, port).mapToInt(Backend::inFlight).sum();
    }

    synchronized void cut(String targetId, int port) {
        named(targetId, port).forEach(Backend::cut);
    }

    /// The target for the next request; absent if there is none that could get it.
    ///
    /// @param sticky the token of the target that the client had last
    /// @param avoid a target that has just failed; it is chosen only if there is no other
    @Nullable
    Backend pick(Loop loop, @Nullable String sticky, @Nullable Backend avoid) {
        var live = routable;
        if (live.length == 0) {
            return null;
        }
        if (sticky != null) {
            for (var backend : live) {
                if (backend != avoid && backend.token().equals(sticky)) {
                    return backend;
                }
            }
        }
        var at = choose(live, loop);
        return live[at] == avoid ? live[(at + 1) % live.length] : live[at];
    }

    private int choose(Backend[] live, Loop loop) {
        var balancing = settings.balancing();
        var now = turn.getAndIncrement();
        return switch (balancing.algorithm()) {
            case ROUND_ROBIN -> inTurn(live, now, balancing.slowStart(), loop);
            case LEAST_OUTSTANDING_REQUESTS -> Choice.leastLoaded(live.length, i -> live[i].inFlight(), now);
            case WEIGHTED_RANDOM -> loop.random().nextInt(live.length);
        };
    }

    /// A target that starts slowly lets its turn pass more often than not, until it has grown into its share.
    private static int inTurn(Backend[] live, int turn, Duration slowStart, Loop loop) {
        var at = Choice.roundRobin(live.length, turn);
        for (var tries = 0; slowStart.isPositive() && tries < live.length; tries++) {
            var share = Choice.share(live[at].slowSince(), slowStart, loop.now());
            if (share >= 1 || loop.random().nextDouble() < share) {
                return at;
            }
            at = (at + 1) % live.length;
        }
        return at;
    }

    private Stream<Backend> named(String targetId, int port) {
        return Stream.concat(backends.values().stream(), leaving.stream())
                .filter(backend ->
                        backend.key().id().equals(targetId) && backend.key().port() == port);
    }

    /// Sees off those that are no longer in the group. They are remembered for as long as they are busy.
    private void leave(Map<Backend.Key, Backend> old) {
        var gone = new ArrayList<>(leaving);
        old.forEach((key, backend) -> {
            if (!backends.containsKey(key)) {
                backend.become(Target.State.UNUSED, null);
                gone.add(backend);
            }
        });
        gone.removeIf(backend -> backend.inFlight() == 0);
        leaving = List.copyOf(gone);
    }
}
