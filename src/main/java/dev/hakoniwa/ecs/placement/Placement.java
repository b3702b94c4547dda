package dev.hakoniwa.ecs.placement;

import dev.hakoniwa.ecs.placement.Strategy.Random;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// Where a task goes, or why it can't go anywhere (ecs-capacity.md §4). Pure.
public sealed interface Placement {
    /// A place was found.
    record Chosen(Host host) implements Placement {}

    /// None of the instances will do.
    ///
    /// @param refusals one for each instance
    record Refused(List<Refusal> refusals) implements Placement {
        public Refused {
            refusals = List.copyOf(refusals);
        }

        /// The instance that lacks least: the one that failed the latest check.
        public Refusal closest() {
            return refusals.stream().max(Comparator.comparing(Refusal::reason)).orElseThrow();
        }
    }

    /// Why an instance won't do.
    record Refusal(String instance, Reason reason) {}

    /// Finds a place.
    ///
    /// @param hosts those that take tasks
    /// @param dice gives a number from 0 up to, but not including, its argument
    static Placement of(List<Host> hosts, Demand demand, IntUnaryOperator dice) {
        var fitting = new ArrayList<Host>();
        var refusals = new ArrayList<Refusal>();
        for (var host : hosts) {
            refusal(host, demand)
                    .ifPresentOrElse(reason -> refusals.add(new Refusal(host.id(), reason)), () -> fitting.add(host));
        }
        return fitting.isEmpty() ? new Refused(refusals) : new Chosen(choose(fitting, demand, hosts, dice));
    }

    /// The first check that the instance fails; empty if it will do.
    static Optional<Reason> refusal(Host host, Demand demand) {
        if (!demand.attributes().stream().allMatch(name -> host.attribute(name).isPresent())) {
            return Optional.of(Reason.ATTRIBUTE);
        }
        if (!demand.zones().isEmpty() && !host.isIn(demand.zones())) {
            return Optional.of(Reason.LOCATION);
        }
        if (demand.rules().distinct() && host.tasksOf(demand.group()) > 0) {
            return Optional.of(Reason.DISTINCT_INSTANCE);
        }
        if (!isMember(host, demand.rules())) {
            return Optional.of(Reason.MEMBER_OF);
        }
        return lack(host, demand.needs());
    }

    /// Whether the instance is what the constraints say that it must be.
    static boolean isMember(Host host, Rules rules) {
        return rules.members().stream().allMatch(query -> query.holds(host));
    }

    private static Optional<Reason> lack(Host host, Needs needs) {
        if (needs.cpu() > host.freeCpu()) {
            return Optional.of(Reason.CPU);
        }
        if (needs.memory() > host.freeMemory()) {
            return Optional.of(Reason.MEMORY);
        }
        if (!needs.ports().stream().allMatch(host::isFree)) {
            return Optional.of(Reason.PORTS);
        }
        if (needs.interfaces() > host.freeInterfaces()) {
            return Optional.of(Reason.ENI);
        }
        return needs.gpus() > host.freeGpus() ? Optional.of(Reason.GPU) : Optional.empty();
    }

    /// Tasks of the group count wherever they are, also on instances that have no room for another one.
    private static Host choose(List<Host> fitting, Demand demand, List<Host> all, IntUnaryOperator dice) {
        var left = fitting;
        for (var strategy : demand.rules().strategies()) {
            if (left.size() == 1 || strategy instanceof Random) {
                break;
            }
            left = strategy.best(left, demand.group(), all);
        }
        return left.size() == 1 ? left.getFirst() : left.get(dice.applyAsInt(left.size()));
    }
}
