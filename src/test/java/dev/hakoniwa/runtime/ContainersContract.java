package dev.hakoniwa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hakoniwa.runtime.ContainerSpec.Network;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an engine's containers promise, whichever engine it is. Images, networks and volumes have contracts of their
/// own.
public abstract class ContainersContract extends EngineContract {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<EngineEvent> events = new CopyOnWriteArrayList<>();

    protected ContainersContract(TestEngine tested) {
        super(tested);
    }

    @BeforeEach
    void listen() {
        engine().listen(events::add);
        eventually(() -> assertThat(events).isNotEmpty());
    }

    @Test
    void theFirstThatAListenerHearsIsThatTheEngineIsThere() {
        assertThat(events.getFirst()).isInstanceOf(EngineEvent.Connected.class);
        assertThat(engine().status().reachable()).isTrue();
        assertThat(engine().status().version()).isNotEmpty();
    }

    @Test
    void aNewContainerDoesNotRun() {
        var spec = endless("new");

        var id = containers().create(spec);

        var state = containers().inspect(id);
        assertThat(id.value()).matches("[0-9a-f]{64}");
        assertThat(state.id()).isEqualTo(id);
        assertThat(state.name()).isEqualTo(spec.name());
        assertThat(state.labels()).containsAllEntriesOf(spec.labels());
        assertThat(state.status()).isEqualTo(Status.CREATED);
        assertThat(state.exitCode()).isNull();
        assertThat(state.startedAt()).isNull();
        assertThat(state.finishedAt()).isNull();
        assertThat(state.address()).isEmpty();
        assertThat(state.image())
                .isEqualTo(images().find(spec.image()).orElseThrow().id());
    }

    @Test
    void aStartedContainerRuns() {
        var id = run(endless("runs"));

        var state = containers().inspect(id);

        assertThat(state.status()).isEqualTo(Status.RUNNING);
        assertThat(state.exitCode()).isNull();
        assertThat(state.startedAt()).isNotNull();
        assertThat(state.finishedAt()).isNull();
        assertThat(state.address()).isNotEmpty();
        assertThat(state.health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void startingWhatRunsIsNoError() {
        var id = run(endless("twice"));

        containers().start(id);

        assertThat(containers().inspect(id).status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void aContainerThatEndsByItselfTellsItsExitCode() {
        var id = run(ending("ends", 3));

        eventually(() -> assertThat(events).contains(new EngineEvent.Exited(id, 3, false)));
        var state = containers().inspect(id);
        assertThat(state.status()).isEqualTo(Status.EXITED);
        assertThat(state.exitCode()).isEqualTo(3);
        assertThat(state.outOfMemory()).isFalse();
        assertThat(state.address()).isEmpty();
        assertThat(state.finishedAt()).isNotNull();
    }

    @Test
    void aContainerCanBeStartedAgain() {
        var id = run(ending("again", 3));
        eventually(() -> assertThat(events).contains(new EngineEvent.Exited(id, 3, false)));
        events.clear();

        containers().start(id);

        eventually(() -> assertThat(events).contains(new EngineEvent.Exited(id, 3, false)));
    }

    @Test
    void stoppingSendsTheStopSignalAndReturnsWhenTheContainerHasEnded() {
        var id = run(endless("stops"));

        containers().stop(id, Duration.ofSeconds(20));

        var state = containers().inspect(id);
        assertThat(state.status()).isEqualTo(Status.EXITED);
        assertThat(state.exitCode()).isEqualTo(143);
        eventually(() -> assertThat(events).contains(new EngineEvent.Exited(id, 143, false)));
    }

    @Test
    void aContainerThatIsDeafToTheStopSignalIsKilled() {
        var id = run(deaf("deaf"));

        containers().stop(id, Duration.ofSeconds(1));

        assertThat(containers().inspect(id).exitCode()).isEqualTo(137);
        eventually(() -> assertThat(events).contains(new EngineEvent.Exited(id, 137, false)));
    }

    @Test
    void stoppingWhatDoesNotRunIsNoError() {
        var created = containers().create(endless("created"));
        var ended = run(endless("ended"));
        containers().stop(ended, Duration.ofSeconds(20));

        containers().stop(created, Duration.ofSeconds(1));
        containers().stop(ended, Duration.ofSeconds(1));

        assertThat(containers().inspect(created).status()).isEqualTo(Status.CREATED);
        assertThat(containers().inspect(ended).exitCode()).isEqualTo(143);
    }

    @Test
    void removingKillsWhatRuns() {
        var id = run(endless("removed"));

        containers().remove(id);

        eventually(() -> assertThat(events)
                .containsSubsequence(new EngineEvent.Exited(id, 137, false), new EngineEvent.Removed(id)));
        assertRefused(() -> containers().inspect(id), Kind.NOT_FOUND, "No such container: " + id);
    }

    @Test
    void removingWhatIsNotThereIsNoError() {
        var id = containers().create(endless("gone"));
        containers().remove(id);

        assertThatCode(() -> containers().remove(id)).doesNotThrowAnyException();
    }

    @Test
    void whatIsNotThereCanNotBeUsed() {
        var unknown = new ContainerId("0123456789abcdef".repeat(4));
        var text = "No such container: " + unknown;

        assertRefused(() -> containers().start(unknown), Kind.NOT_FOUND, text);
        assertRefused(() -> containers().stop(unknown, Duration.ofSeconds(1)), Kind.NOT_FOUND, text);
        assertRefused(() -> containers().inspect(unknown), Kind.NOT_FOUND, text);
        assertRefused(() -> containers().follow(unknown, _ -> {}), Kind.NOT_FOUND, text);
    }

    @Test
    void theImageMustBeThere() {
        var spec = ContainerSpec.of(name("imageless"), "hakoniwa-test/nowhere", labels());

        assertRefused(() -> containers().create(spec), Kind.NOT_FOUND, "No such image: hakoniwa-test/nowhere:latest");
    }

    @Test
    void aNameIsTakenOnce() {
        var spec = endless("name");
        var id = containers().create(spec);

        assertRefused(
                () -> containers().create(spec),
                Kind.CONFLICT,
                "Conflict. The container name \"/" + spec.name() + "\" is already in use by container \"" + id
                        + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }

    @Test
    void aNameHasRules() {
        var spec = ContainerSpec.of("a name", image(), labels());

        assertRefused(
                () -> containers().create(spec),
                Kind.REFUSED,
                "Invalid container name (a name), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }

    @Test
    void memoryHasALowestLimit() {
        var spec = from(endless("tiny")).memory(5L << 20).build();

        assertRefused(() -> containers().create(spec), Kind.REFUSED, "Minimum memory limit allowed is 6MB");
    }

    @Test
    void containersAreListedByTheirLabels() {
        var labels = Map.of(Labels.INSTANCE, instance(), "task", "one");
        var running = run(from(endless("one")).labels(labels).build());
        var created = containers().create(from(endless("two")).labels(labels).build());
        containers()
                .create(from(endless("three"))
                        .labels(Map.of(Labels.INSTANCE, instance()))
                        .build());

        assertThat(ids(Map.of(Labels.INSTANCE, instance(), "task", ""))).containsExactlyInAnyOrder(running, created);
        assertThat(ids(Map.of(Labels.INSTANCE, instance(), "task", "one"))).hasSize(2);
        assertThat(ids(Map.of(Labels.INSTANCE, instance(), "task", "two"))).isEmpty();
        assertThat(ids(Map.of(Labels.INSTANCE, instance()))).hasSize(3);
    }

    @Test
    void aHealthCheckThatSucceedsMakesTheContainerHealthy() {
        var id = run(checked("healthy", Health.HEALTHY));

        eventually(() -> assertThat(events).contains(new EngineEvent.HealthChanged(id, Health.HEALTHY)));
        assertThat(containers().inspect(id).health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void aHealthCheckThatFailsOftenEnoughMakesTheContainerUnhealthy() {
        var id = run(checked("unhealthy", Health.UNHEALTHY));

        eventually(() -> assertThat(events).contains(new EngineEvent.HealthChanged(id, Health.UNHEALTHY)));
        assertThat(containers().inspect(id).health()).isEqualTo(Health.UNHEALTHY);
        assertThat(containers().inspect(id).status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void aFollowerHearsEveryLineFromTheStartUntilTheContainerEnds() {
        var lines = new CopyOnWriteArrayList<LogLine>();
        var id = run(writing("writes", "one", "two", "three"));

        try (var following = containers().follow(id, lines::add)) {
            eventually(() -> assertThat(containers().inspect(id).status()).isEqualTo(Status.EXITED));
            following.await(Duration.ofSeconds(20));
        }

        assertThat(lines).extracting(LogLine::text).containsExactly("one", "two", "three");
        assertThat(lines).extracting(LogLine::stream).containsOnly("stdout");
        assertThat(lines).extracting(LogLine::at).isSorted();
    }

    @Test
    void aFollowerGoesOnWithAContainerThatIsStartedAgain() {
        var lines = new CopyOnWriteArrayList<String>();
        var spec = writing("lives", "one", "two");
        var id = run(spec);

        try (var following = containers().follow(id, endingWith("end", lines))) {
            eventually(() -> assertThat(lines).endsWith("end"));
            start(id, spec);
            following.resume();
            eventually(() -> assertThat(lines).hasSizeGreaterThan(5));
        }

        assertThat(lines).containsExactly("one", "two", "end", "one", "two", "end");
    }

    private static Containers.Reader endingWith(String end, List<String> lines) {
        return new Containers.Reader() {
            @Override
            public void hear(LogLine line) {
                lines.add(line.text());
            }

            @Override
            public void ended() {
                lines.add(end);
            }
        };
    }

    @Test
    void aContainerThatJoinsAnotherNeedsItToRun() {
        var owner = containers().create(endless("owner"));
        var id = containers()
                .create(from(endless("guest")).on(new Network.Joined(owner)).build());

        assertRefused(
                () -> containers().start(id),
                Kind.CONFLICT,
                "cannot join network of a non running container: " + owner);
        containers().start(owner);
        containers().start(id);
        assertThat(containers().inspect(id).status()).isEqualTo(Status.RUNNING);
        assertThat(containers().inspect(id).address()).isEmpty();
    }

    @Test
    void aContainerThatJoinsAnotherHasNoNetworkOptionsOfItsOwn() {
        var joined = new Network.Joined(containers().create(endless("host")));
        var guest = from(endless("choosy")).on(joined).build();

        assertRefused(
                () -> containers().create(from(guest).option("hostname", "a").build()),
                Kind.REFUSED,
                "conflicting options: hostname and the network mode");
        assertRefused(
                () -> containers().create(from(guest).publishing(tcp(80, 0)).build()),
                Kind.REFUSED,
                "conflicting options: port publishing and the container type network mode");
    }

    @Test
    void whatRunsTellsWhatItUses() throws Exception {
        var id = run(endless("busy"));

        var first = JSON.readTree(containers().stats(id).orElseThrow());
        var second = JSON.readTree(containers().stats(id).orElseThrow());

        assertThat(first.path("id").textValue()).isEqualTo(id.value());
        assertThat(first.path("memory_stats").path("usage").longValue()).isPositive();
        assertThat(first.path("networks").path("eth0").has("rx_bytes")).isTrue();
        assertThat(second.path("preread")).isEqualTo(first.path("read"));
        assertThat(second.path("precpu_stats")).isEqualTo(first.path("cpu_stats"));
    }

    @Test
    void whatDoesNotRunUsesNothing() {
        var id = containers().create(endless("idle"));

        assertThat(containers().stats(id)).isEmpty();
        assertRefused(
                () -> containers().stats(new ContainerId("0".repeat(64))),
                Kind.NOT_FOUND,
                "No such container: " + "0".repeat(64));
    }

    @Test
    void aContainerTakesWhatItsImageDoesAndWhatItHasWritten() {
        var id = containers().create(endless("idle"));

        var size = containers().size(id);

        assertThat(size.image()).isGreaterThan(1_000_000);
        assertThat(size.written()).isZero();
        assertRefused(
                () -> containers().size(new ContainerId("0".repeat(64))),
                Kind.NOT_FOUND,
                "No such container: " + "0".repeat(64));
    }

    @Test
    void onlyTheNetworkOfWhatRunsCanBeEntered() {
        var id = containers().create(endless("idle"));

        assertRefused(
                () -> containers().runInNetworkOf(id, List.of("true")),
                Kind.CONFLICT,
                "Container " + id + " is not running");
    }

    private List<ContainerId> ids(Map<String, String> labels) {
        return containers().list(labels).stream().map(ContainerState::id).toList();
    }
}
