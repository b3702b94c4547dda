package dev.hakoniwa.tmds.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Agent;
import dev.hakoniwa.ecs.Agent.NetworkCommand;
import dev.hakoniwa.ecs.TaskMetadata;
import dev.hakoniwa.ecs.TaskProtection;
import dev.hakoniwa.tmds.fault.Faults.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultsTest {
    private static final String BLACKHOLE = "network-blackhole-port";
    private static final String LATENCY = "network-latency";
    private static final String LOSS = "network-packet-loss";
    private static final String PORT = """
            {"Port": 80, "Protocol": "tcp", "TrafficType": "ingress"}""";
    private static final String SLOW = """
            {"DelayMilliseconds": 100, "JitterMilliseconds": 10, "Sources": ["10.0.0.0/8"]}""";
    private static final String LOSSY = """
            {"LossPercent": 30, "Sources": ["10.0.0.1"], "SourcesToFilter": ["10.0.0.2"]}""";

    private final Namespace namespace = new Namespace();
    private final Faults faults = new Faults(namespace);

    /// Keeps chains of iptables and one disturbance of tc, as far as these commands tell.
    private static final class Namespace implements Agent {
        private final List<String> commands = new ArrayList<>();
        private final Set<String> chains = new HashSet<>();
        private String disturbance = "qdisc noqueue 0: root refcnt 2";
        private String failing = "nothing";
        private boolean closed;

        @Override
        public OptionalLong stored(TaskMetadata task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Instance> instanceOf(String address) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TaskProtection protection(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TaskProtection protect(String id, boolean enabled, @Nullable Integer minutes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<NetworkCommand> runInNetworkOf(TaskMetadata task, List<String> command) {
            var text = String.join(" ", command);
            commands.add(text);
            return closed ? Optional.empty() : Optional.of(run(text, command));
        }

        private NetworkCommand run(String text, List<String> command) {
            if (text.contains(failing)) {
                return new NetworkCommand(false, "Error: Specified qdisc kind is unknown.");
            }
            if (text.contains(" -C ")) {
                return new NetworkCommand(chains.contains(command.get(4)), "");
            }
            if (text.contains(" -N ")) {
                chains.add(command.get(4));
            } else if (text.contains(" -X ")) {
                chains.remove(command.get(4));
            } else if (text.contains("netem")) {
                disturbance =
                        "qdisc netem 10: parent 1:1 limit 1000 " + text.substring(text.indexOf("netem") + 6) + " ";
            } else if (text.contains("qdisc del")) {
                disturbance = "qdisc noqueue 0: root refcnt 2";
            }
            return new NetworkCommand(true, text.contains("show") ? disturbance : "");
        }

        @Override
        public boolean isStarting(String id) {
            return false;
        }

        @Override
        public Optional<Endpoint> endpoint(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<TaskMetadata> taskAt(String address) {
            return Optional.empty();
        }

        @Override
        public Optional<TaskRole> role(String credentialsId) {
            return Optional.empty();
        }

        @Override
        public Optional<String> stats(String engineId) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {BLACKHOLE + ";" + PORT, LATENCY + ";" + SLOW, LOSS + ";" + LOSSY})
    void aFaultRunsUntilItIsStopped(String kind, String body) {
        assertThat(status(kind, "status", body)).isEqualTo("not-running");
        assertThat(status(kind, "start", body)).isEqualTo("running");
        assertThat(status(kind, "status", body)).isEqualTo("running");
        assertThat(status(kind, "stop", body)).isEqualTo("stopped");
        assertThat(status(kind, "status", body)).isEqualTo("not-running");
        assertThat(status(kind, "stop", body)).as("once more").isEqualTo("stopped");
    }

    @Test
    void aBlackholeIsAChainOfRules() {
        status(BLACKHOLE, "start", """
                {"Port": 80, "Protocol": "tcp", "TrafficType": "egress", "SourcesToFilter": ["10.0.0.9/32"]}""");

        assertThat(namespace.commands)
                .containsExactly(
                        "iptables -w 5 -C egress-tcp-80 -p tcp --dport 80 -j DROP",
                        "iptables -w 5 -N egress-tcp-80",
                        "iptables -w 5 -A egress-tcp-80 -p tcp -d 10.0.0.9/32 --dport 80 -j ACCEPT",
                        "iptables -w 5 -A egress-tcp-80 -p tcp -d 169.254.170.2/32 --dport 80 -j ACCEPT",
                        "iptables -w 5 -A egress-tcp-80 -p tcp --dport 80 -j DROP",
                        "iptables -w 5 -I OUTPUT -j egress-tcp-80");
    }

    @Test
    void latencyConcernsWhatGoesToItsDestinations() {
        status(LATENCY, "start", SLOW);

        assertThat(namespace.commands.subList(1, namespace.commands.size()))
                .containsExactly(
                        "tc qdisc add dev eth0 root handle 1: prio priomap 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2",
                        "tc qdisc add dev eth0 parent 1:1 handle 10: netem delay 100ms 10ms",
                        "tc filter add dev eth0 protocol ip parent 1:0 prio 1 u32 match ip dst 169.254.170.2/32"
                                + " flowid 1:3",
                        "tc filter add dev eth0 protocol ip parent 1:0 prio 2 u32 match ip dst 10.0.0.0/8 flowid 1:1");
    }

    @Test
    void aShareOfTheConnectionsIsToldByTheirSourcePorts() {
        status(LOSS, "start", """
                {"LossPercent": 5, "Sources": ["10.0.0.1"], "FlowsPercent": 75}""");

        assertThat(namespace.commands)
                .filteredOn(command -> command.contains("10.0.0.1"))
                .containsExactly(
                        "tc filter add dev eth0 protocol ip parent 1:0 prio 2 u32 match ip dst 10.0.0.1"
                                + " match ip sport 0x0 0x80 flowid 1:1",
                        "tc filter add dev eth0 protocol ip parent 1:0 prio 2 u32 match ip dst 10.0.0.1"
                                + " match ip sport 0x80 0xc0 flowid 1:1");
    }

    @Test
    void onlyOneDisturbanceRunsAtATime() {
        status(LATENCY, "start", SLOW);

        assertThat(error(LATENCY, "start", SLOW)).isEqualTo("There is already one network latency fault running");
        assertThat(error(LOSS, "start", LOSSY)).isEqualTo("There is already one network latency fault running");
        assertThat(answer(LOSS, "start", LOSSY).status()).isEqualTo(409);
        assertThat(status(LOSS, "stop", "")).isEqualTo("stopped");
        assertThat(status(LATENCY, "status", ""))
                .as("left alone by the other's stop")
                .isEqualTo("running");
    }

    @Test
    void whatCanNotBeDoneLeavesNothingBehind() {
        namespace.failing = "prio 2";

        var outcome = answer(LATENCY, "start", SLOW);

        assertThat(outcome.status()).isEqualTo(500);
        assertThat(outcome.body()).hasToString("{\"Error\":\"internal error\"}");
        assertThat(status(LATENCY, "status", "")).isEqualTo("not-running");
    }

    @Test
    void whereTheNamespaceCanNotBeEnteredNothingIsDone() {
        namespace.closed = true;

        assertThat(answer(BLACKHOLE, "start", PORT).status()).isEqualTo(500);
        assertThat(error(LATENCY, "status", "")).isEqualTo("internal error");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                BLACKHOLE + ";'';required request body is missing",
                BLACKHOLE + ";[];request body is not a JSON object",
                BLACKHOLE + ";{;request body is not valid JSON",
                BLACKHOLE + ";{};required parameter Port is missing",
                BLACKHOLE + ";{\"Port\":70000};invalid value 70000 for parameter Port",
                BLACKHOLE + ";{\"Port\":80};required parameter Protocol is missing",
                BLACKHOLE + ";{\"Port\":80,\"Protocol\":\"tcp\"};required parameter TrafficType is missing",
                BLACKHOLE + ";{\"Port\":80,\"Protocol\":\"icmp\",\"TrafficType\":\"ingress\"};"
                        + "invalid value icmp for parameter Protocol",
                BLACKHOLE + ";{\"Port\":80,\"Protocol\":\"tcp\",\"TrafficType\":\"up\"};"
                        + "invalid value up for parameter TrafficType",
                BLACKHOLE
                        + ";{\"Port\":80,\"Protocol\":\"tcp\",\"TrafficType\":\"egress\",\"SourcesToFilter\":[\"-j\"]}"
                        + ";invalid value -j for parameter SourcesToFilter",
                LATENCY + ";{\"Sources\":[\"10.0.0.1\"]};"
                        + "required either DelayMilliseconds or JitterMilliseconds to be non-zero",
                LATENCY + ";{\"DelayMilliseconds\":-1};invalid value -1 for parameter DelayMilliseconds",
                LATENCY + ";{\"DelayMilliseconds\":1};required parameter Sources is missing",
                LATENCY + ";{\"DelayMilliseconds\":1,\"Sources\":[\"10.0.0.1\"],\"FlowsPercent\":101};"
                        + "invalid value 101 for parameter FlowsPercent",
                LOSS + ";{\"Sources\":[\"10.0.0.1\"]};required parameter LossPercent is missing",
                LOSS + ";{\"LossPercent\":0,\"Sources\":[\"10.0.0.1\"]};invalid value 0 for parameter LossPercent",
                LOSS + ";{\"LossPercent\":1,\"Sources\":[\"10.0.0.256\"]};"
                        + "invalid value 10.0.0.256 for parameter Sources",
            })
    void whatIsWrongIsRefused(String kind, String body, String message) {
        var outcome = answer(kind, "start", body);

        assertThat(outcome.status()).isEqualTo(400);
        assertThat(outcome.body().path("Error").asText()).isEqualTo(message);
        assertThat(namespace.commands).isEmpty();
    }

    @Test
    void theTaskMustAllowItAndHaveANetworkOfItsOwn() {
        assertThat(refusal(task("awsvpc", false)))
                .isEqualTo("enableFaultInjection is not enabled for task: arn:aws:ecs:task");
        assertThat(refusal(task("bridge", true)))
                .isEqualTo("bridge mode is not supported. Please use either host or awsvpc mode.");
        assertThat(refusal(task("host", true))).isEqualTo("host mode is not supported. Please use awsvpc mode.");
        assertThat(faults.answer(LATENCY, "status", "", Optional::empty)
                        .orElseThrow()
                        .status())
                .isEqualTo(404);
    }

    @Test
    void otherPathsAreNone() {
        assertThat(faults.answer("network-fire", "start", PORT, Optional::empty))
                .isEmpty();
        assertThat(faults.answer(LATENCY, "begin", PORT, Optional::empty)).isEmpty();
    }

    private String refusal(TaskMetadata task) {
        var outcome =
                faults.answer(LATENCY, "status", "", () -> Optional.of(task)).orElseThrow();
        assertThat(outcome.status()).isEqualTo(400);
        return outcome.body().path("Error").asText();
    }

    private String status(String kind, String action, String body) {
        var outcome = answer(kind, action, body);
        assertThat(outcome.status()).as(outcome.body().toString()).isEqualTo(200);
        return outcome.body().path("Status").asText();
    }

    private String error(String kind, String action, String body) {
        return answer(kind, action, body).body().path("Error").asText();
    }

    private Outcome answer(String kind, String action, String body) {
        return faults.answer(kind, action, body, () -> Optional.of(task("awsvpc", true)))
                .orElseThrow();
    }

    private static TaskMetadata task(String networkMode, boolean faultInjection) {
        return new TaskMetadata(
                "arn:aws:ecs:task",
                "default",
                "",
                "web",
                1,
                "",
                "",
                "FARGATE",
                networkMode,
                "RUNNING",
                "RUNNING",
                null,
                new TaskMetadata.Times(null, null, null),
                "us-east-1a",
                "",
                "namespace",
                null,
                faultInjection,
                Map.of(),
                List.of());
    }
}
