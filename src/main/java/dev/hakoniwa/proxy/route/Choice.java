package dev.hakoniwa.proxy.route;

import dev.hakoniwa.proxy.Target.State;
import dev.hakoniwa.proxy.TargetGroup.MinimumHealthy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Chooses among target groups and among targets. Whoever asks brings the dice.
public final class Choice {
    private Choice() {}

    /// The targets that requests go to: the healthy ones, or all registered ones that are neither draining nor unused
    /// if fewer are healthy than the group wants.
    public static <T> List<T> routable(List<T> targets, Function<T, State> state, MinimumHealthy minimum) {
        var registered = targets.stream()
                .filter(target -> switch (state.apply(target)) {
                    case INITIAL, HEALTHY, UNHEALTHY -> true;
                    case DRAINING, UNUSED -> false;
                })
                .toList();
        var healthy = registered.stream()
                .filter(target -> state.apply(target) == State.HEALTHY)
                .toList();
        var tooFew = healthy.size() < minimum.count()
                || healthy.size() * 100L < (long) minimum.percentage() * registered.size();
        return tooFew ? registered : healthy;
    }

    /// The index that gets this turn, when turns are counted from anywhere and may overflow.
    public static int roundRobin(int size, int turn) {
        return Integer.remainderUnsigned(turn, size);
    }

    /// The index with the least load. Those that have equally little take turns.
    public static int leastLoaded(int size, IntUnaryOperator load, int turn) {
        var best = roundRobin(size, turn);
        var bestLoad = load.applyAsInt(best);
        for (var i = 1; i < size && bestLoad > 0; i++) {
            var candidate = roundRobin(size, turn + i);
            var candidateLoad = load.applyAsInt(candidate);
            if (candidateLoad < bestLoad) {
                best = candidate;
                bestLoad = candidateLoad;
            }
        }
        return best;
    }

    /// The index whose share of the weights holds `roll`, which is at least 0 and below 1; -1 if all weights are 0.
    public static int weighted(int[] weights, double roll) {
        var sum = 0L;
        for (var weight : weights) {
            sum += weight;
        }
        var left = (long) (roll * sum);
        for (var i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return -1;
    }

    /// How much of its full share a target gets that has become healthy at `since`: it grows with time from next to
    /// nothing to 1.
    public static double share(@Nullable Instant since, Duration slowStart, Instant now) {
        if (since == null || slowStart.isZero()) {
            return 1;
        }
        var passed = Duration.between(since, now);
        if (passed.compareTo(slowStart) >= 0) {
            return 1;
        }
        return Math.max(0.01, (double) passed.toMillis() / slowStart.toMillis());
    }
}
