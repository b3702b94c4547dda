package dev.hakoniwa.ecs.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.placement.Placement.Chosen;
import dev.hakoniwa.ecs.placement.Placement.Refusal;
import dev.hakoniwa.ecs.placement.Placement.Refused;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.PlacementStrategyType;

/// Where a task goes that wants 256 CPU units, 512 MiB and the port tcp/8080 (ecs-capacity.md §4).
final class PlacementTest {
    private static final Needs NEEDS = new Needs(256, 512, 0, 0, Set.of("tcp/8080"));

    @ParameterizedTest
    @CsvSource({
        "1024, 1024, a, true, '', chosen",
        "256, 512, a, true, '', chosen",
        "255, 512, a, true, '', RESOURCE:CPU",
        "256, 511, a, true, '', RESOURCE:MEMORY",
        "256, 512, a, true, tcp/8080, RESOURCE:PORTS",
        "256, 512, a, true, udp/8080, chosen",
        // What is found out first is told: attributes, the zone, the constraints, then what the instance lacks.
        "0, 0, b, false, tcp/8080, ATTRIBUTE",
        "0, 0, b, true, tcp/8080, LOCATION",
        "0, 0, a, true, tcp/8080, RESOURCE:CPU",
        "256, 0, a, true, tcp/8080, RESOURCE:MEMORY",
    })
    void anInstanceTakesWhatItHasRoomFor(
            long cpu, long memory, String zone, boolean capable, String port, String outcome) {
        var host = new TestHost("one", zone, cpu, memory, Set.of(port), capable, 0);
        var demand = new Demand(NEEDS, Set.of("capable"), Set.of("a"), "web", Rules.NONE);

        assertThat(outcome(Placement.of(List.of(host), demand, _ -> 0))).isEqualTo(outcome);
    }

    @Test
    void constraintsComeBeforeWhatIsLeft() {
        var full = new TestHost("full", "a", 0, 0, Set.of(), true, 1);
        var distinct = new Rules(true, List.of(), List.of());
        var member = new Rules(false, List.of(Query.parse("attribute:zone == b")), List.of());

        assertThat(outcome(place(distinct, full))).isEqualTo("DistinctInstance placement constraint unsatisfied");
        assertThat(outcome(place(member, full))).isEqualTo("MemberOf placement constraint unsatisfied");
    }

    @Test
    void networkInterfacesAreCounted() {
        var host = host("one", "a", 1024, 1024, 0);
        var demand = new Demand(new Needs(0, 0, 3, 2, Set.of()), Set.of(), Set.of(), "web", Rules.NONE);

        assertThat(outcome(Placement.of(List.of(host), demand, _ -> 0))).isEqualTo("RESOURCE:ENI");
    }

    @Test
    void gpusAreCounted() {
        var host = host("one", "a", 1024, 1024, 0);
        var demand = new Demand(new Needs(0, 0, 3, 1, Set.of()), Set.of(), Set.of(), "web", Rules.NONE);

        assertThat(outcome(Placement.of(List.of(host), demand, _ -> 0))).isEqualTo("RESOURCE:GPU");
    }

    @Test
    void everyInstanceTellsWhyAndTheClosestIsNamed() {
        var hosts = List.<Host>of(
                host("cpu", "a", 0, 1024, 0), host("memory", "a", 1024, 0, 0), host("both", "a", 0, 0, 0));
        var refused = (Refused) Placement.of(hosts, demand(Rules.NONE), _ -> 0);

        assertThat(refused.refusals())
                .containsExactly(
                        new Refusal("cpu", Reason.CPU),
                        new Refusal("memory", Reason.MEMORY),
                        new Refusal("both", Reason.CPU));
        assertThat(refused.closest().instance()).isEqualTo("memory");
    }

    /// The instances are `small`, `large` and `busy` in zone a, and `far` in zone b, with ever less CPU and ever more
    /// memory left, and 0, 1, 2 and 2 tasks of the group.
    @ParameterizedTest
    @CsvSource({
        "binpack:cpu, far",
        "binpack:CPU, far",
        "binpack:memory, small",
        "spread:instanceId, small",
        "spread:host, small",
        "spread:attribute:zone, far",
        "spread:attribute:nothing spread:instanceId, small",
        "spread:attribute:zone binpack:memory, far",
        "spread:attribute:nothing binpack:cpu, far",
        "random binpack:cpu, large",
        "'', large",
    })
    void strategiesChooseOneAfterTheOther(String strategies, String chosen) {
        var hosts = List.<Host>of(
                host("small", "a", 1000, 1000, 0),
                host("large", "a", 900, 1100, 1),
                host("busy", "a", 800, 1200, 2),
                host("far", "b", 700, 1300, 2));
        var rules = new Rules(false, List.of(), strategies(strategies));

        assertThat(outcome(Placement.of(hosts, demand(rules), _ -> 1))).isEqualTo("chosen");
        assertThat(((Chosen) Placement.of(hosts, demand(rules), _ -> 1)).host().id())
                .isEqualTo(chosen);
    }

    @Test
    void tasksOnFullInstancesCountWhereTasksAreSpread() {
        var hosts = List.<Host>of(
                host("full", "a", 0, 0, 3), host("empty", "a", 900, 900, 0), host("far", "b", 900, 900, 2));
        var rules = new Rules(false, List.of(), strategies("spread:attribute:zone"));

        assertThat(((Chosen) Placement.of(hosts, demand(rules), _ -> 0)).host().id())
                .isEqualTo("far");
    }

    private static List<Strategy> strategies(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.split(":", 2))
                .map(parts ->
                        Strategy.of(PlacementStrategyType.fromValue(parts[0]), parts.length == 1 ? null : parts[1]))
                .toList();
    }

    private static Placement place(Rules rules, Host host) {
        return Placement.of(List.of(host), demand(rules), _ -> 0);
    }

    private static Demand demand(Rules rules) {
        return new Demand(NEEDS, Set.of(), Set.of(), "web", rules);
    }

    private static String outcome(Placement placement) {
        return switch (placement) {
            case Chosen _ -> "chosen";
            case Refused(var refusals) -> refusals.getFirst().reason().failure();
        };
    }

    private static TestHost host(String id, String zone, long cpu, long memory, int tasks) {
        return new TestHost(id, zone, cpu, memory, Set.of(), true, tasks);
    }

    private record TestHost(
            String id, String zone, long freeCpu, long freeMemory, Set<String> ports, boolean capable, int tasks)
            implements Host {
        @Override
        public boolean isIn(Set<String> zones) {
            return zones.contains(zone);
        }

        @Override
        public int freeGpus() {
            return 2;
        }

        @Override
        public int freeInterfaces() {
            return 1;
        }

        @Override
        public boolean isFree(String port) {
            return !ports.contains(port);
        }

        @Override
        public int tasksOf(String group) {
            return group.equals("web") ? tasks : 0;
        }

        @Override
        public boolean agentConnected() {
            return true;
        }

        @Override
        public String agentVersion() {
            return "1.99.0";
        }

        @Override
        public String ec2InstanceId() {
            return "i-" + id;
        }

        @Override
        public Instant registeredAt() {
            return Instant.EPOCH;
        }

        @Override
        public int runningTasksCount() {
            return tasks;
        }

        @Override
        public Optional<String> attribute(String name) {
            var all = capable ? Map.of("zone", zone, "capable", "") : Map.of("zone", zone);
            return Optional.ofNullable(all.get(name));
        }

        @Override
        public List<String> taskGroups() {
            return List.of("web");
        }
    }
}
