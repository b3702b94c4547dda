package dev.hakoniwa.tmds.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hakoniwa.ecs.Agent;
import dev.hakoniwa.ecs.Agent.NetworkCommand;
import dev.hakoniwa.ecs.TaskMetadata;
import dev.hakoniwa.tmds.fault.Fault.BlackholePort;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Brings faults upon tasks' networks and ends them. Nothing is remembered here: what is in a namespace tells what
/// runs.
public final class Faults {
    private static final Logger LOG = Logger.getLogger(Faults.class);
    private static final String BLACKHOLE = "network-blackhole-port";
    private static final String LATENCY = "network-latency";
    private static final String LOSS = "network-packet-loss";
    private static final Set<String> ACTIONS = Set.of("start", "stop", "status");

    private final Agent agent;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    public Faults(Agent agent) {
        this.agent = agent;
    }

    /// How a request ended.
    public record Outcome(int status, JsonNode body) {}

    /// Does what a path asks for; empty if there is no such path. Blocks.
    ///
    /// @param kind such as `network-latency`
    /// @param action `start`, `stop` or `status`
    /// @param task the task that asks
    public Optional<Outcome> answer(String kind, String action, String body, Supplier<Optional<TaskMetadata>> task) {
        if (!ACTIONS.contains(action)) {
            return Optional.empty();
        }
        return switch (kind) {
            case BLACKHOLE -> Optional.of(blackhole(action, body, task));
            case LATENCY ->
                Optional.of(
                        disturbance(kind, action, task, () -> Reader.of(body).latency()));
            case LOSS ->
                Optional.of(
                        disturbance(kind, action, task, () -> Reader.of(body).packetLoss()));
            default -> Optional.empty();
        };
    }

    private Outcome blackhole(String action, String body, Supplier<Optional<TaskMetadata>> task) {
        return outcome(() -> {
            var fault = Reader.of(body).blackholePort();
            return in(task, namespace -> {
                var runs = namespace.run(Commands.find(fault)).succeeded();
                return switch (action) {
                    case "start" -> runs ? "running" : namespace.start(fault);
                    case "stop" -> runs ? namespace.stop(fault) : "stopped";
                    default -> status(runs);
                };
            });
        });
    }

    private Outcome disturbance(
            String kind, String action, Supplier<Optional<TaskMetadata>> task, Supplier<Fault> read) {
        return outcome(() -> {
            var wanted = action.equals("start") ? Optional.of(read.get()) : Optional.<Fault>empty();
            return in(task, namespace -> {
                var running = running(namespace.run(Commands.show()));
                if (wanted.isPresent()) {
                    running.ifPresent(other -> {
                        throw Refusal.running(other);
                    });
                    return namespace.start(wanted.get());
                }
                var runs = running.filter(kind::equals).isPresent();
                if (action.equals("status")) {
                    return status(runs);
                }
                return runs ? namespace.endDisturbance() : "stopped";
            });
        });
    }

    private static Optional<String> running(NetworkCommand shown) {
        var disturbance =
                shown.output().lines().filter(line -> line.contains("netem")).findFirst();
        return disturbance.map(line -> line.contains(" loss ") ? LOSS : LATENCY);
    }

    private static String status(boolean runs) {
        return runs ? "running" : "not-running";
    }

    private static Outcome outcome(Supplier<String> work) {
        var node = JsonNodeFactory.instance.objectNode();
        try {
            return new Outcome(200, node.put("Status", work.get()));
        } catch (Refusal refusal) {
            return new Outcome(refusal.status(), node.put("Error", refusal.text()));
        }
    }

    private String in(Supplier<Optional<TaskMetadata>> task, Function<Namespace, String> work) {
        var target = task.get().orElseThrow(Refusal::unknown);
        if (!target.faultInjection()) {
            throw Refusal.notEnabled(target.arn());
        }
        switch (target.networkMode()) {
            case "awsvpc" -> {}
            case "host" -> throw Refusal.hostMode();
            default -> throw Refusal.networkMode(target.networkMode());
        }
        oneAtATime.lock();
        try {
            return work.apply(new Namespace(target));
        } finally {
            oneAtATime.unlock();
        }
    }

    /// A task's network.
    private final class Namespace {
        private final TaskMetadata task;

        Namespace(TaskMetadata task) {
            this.task = task;
        }

        NetworkCommand run(List<String> command) {
            return agent.runInNetworkOf(task, command).orElseThrow(Refusal::internal);
        }

        String start(Fault fault) {
            for (var command : Commands.start(fault)) {
                if (!succeeds(command)) {
                    Commands.stop(fault).forEach(this::run);
                    throw Refusal.internal();
                }
            }
            LOG.infof("task %s: %s runs", task.arn(), fault);
            return "running";
        }

        String stop(BlackholePort fault) {
            return end(Commands.stop(fault));
        }

        String endDisturbance() {
            return end(List.of(Commands.endDisturbance()));
        }

        private String end(List<List<String>> commands) {
            if (!commands.stream().allMatch(this::succeeds)) {
                throw Refusal.internal();
            }
            LOG.infof("task %s: a fault has ended", task.arn());
            return "stopped";
        }

        private boolean succeeds(List<String> command) {
            var result = run(command);
            if (!result.succeeded()) {
                LOG.warnf(
                        "task %s: \"%s\" failed: %s",
                        task.arn(), String.join(" ", command), result.output().strip());
            }
            return result.succeeded();
        }
    }
}
