package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.EngineEvent;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Labels;
import dev.hakoniwa.runtime.Leftovers;
import dev.hakoniwa.runtime.LogLine;
import dev.hakoniwa.testing.DockerTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An engine that comes and goes.
@DockerTest
final class DockerEngineTest {
    private final String instance = "test-" + Ids.random().hex(12);
    private final Map<String, String> labels = Map.of(Labels.INSTANCE, instance);
    private final List<EngineEvent> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void leaveNothing() {
        try (var usual = DockerEngine.usual()) {
            assertThat(new Leftovers(usual).remove(instance).problems()).isEmpty();
        }
    }

    @Test
    void theEmulatorStartsWithoutAnEngineAndFindsItWhenItComes() throws IOException {
        try (var relay = new Relay();
                var engine = at(relay)) {
            relay.cut();
            engine.listen(events::add);
            eventually(() -> assertThat(events).hasSize(1));

            assertThat(events.getFirst()).isInstanceOf(EngineEvent.Disconnected.class);
            assertThat(engine.status().reachable()).isFalse();
            assertThat(engine.status().detail()).isEqualTo(cannotConnect(relay.address()));
            assertThatThrownBy(() -> engine.images().find("web"))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .hasMessage(cannotConnect(relay.address()));
            relay.restore();
            eventually(() -> assertThat(events).hasSize(2));
            assertThat(events.getLast()).isEqualTo(new EngineEvent.Connected(engine.status()));
            assertThat(engine.status().reachable()).isTrue();
            assertThat(engine.status().kind()).isEqualTo("docker");
            assertThat(engine.images().find("hakoniwa-test/nowhere")).isEmpty();
        }
    }

    @Test
    void anEngineThatGoesAndComesIsToldOnceEachTime() throws IOException {
        try (var relay = new Relay();
                var engine = at(relay)) {
            engine.listen(events::add);
            eventually(() -> assertThat(events).hasSize(1));

            relay.cut();
            eventually(() -> assertThat(engine.status().reachable()).isFalse());
            relay.restore();
            eventually(() -> assertThat(engine.status().reachable()).isTrue());

            eventually(() -> assertThat(events)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("Connected", "Disconnected", "Connected"));
        }
    }

    @Test
    void eventsComeAgainAfterTheEngineWasAway() throws IOException {
        try (var relay = new Relay();
                var engine = at(relay)) {
            engine.listen(events::add);
            var id = engine.containers().create(shell("later", "exit 7"));
            relay.cut();
            eventually(() -> assertThat(engine.status().reachable()).isFalse());
            relay.restore();
            eventually(() -> assertThat(engine.status().reachable()).isTrue());

            engine.containers().start(id);

            eventually(() -> assertThat(events).contains(new EngineEvent.Exited(id, 7, false)));
        }
    }

    @Test
    void noCallFailsForAConnectionThatTheEngineHasCut() throws IOException {
        try (var relay = new Relay();
                var engine = at(relay)) {
            for (var round = 0; round < 5; round++) {
                assertThat(engine.images().find("hakoniwa-test/nowhere")).isEmpty();
                relay.breakConnections();
            }
        }
    }

    @Test
    void aFollowerMissesNothingWhileTheEngineIsAway() throws IOException {
        try (var relay = new Relay();
                var engine = at(relay)) {
            var lines = new CopyOnWriteArrayList<LogLine>();
            var id = engine.containers()
                    .create(shell("counts", "i=0; while [ $i -lt 400 ]; do echo $i; i=$((i+1)); sleep 0.005; done"));
            engine.containers().start(id);
            var following = engine.containers().follow(id, lines::add);
            eventually(() -> assertThat(lines).hasSizeGreaterThan(10));

            relay.cut();
            relay.restore();
            var before = lines.size();
            eventually(() -> assertThat(lines).hasSizeGreaterThan(before + 10));
            relay.breakConnections();
            following.await(Duration.ofSeconds(60));

            assertThat(lines)
                    .extracting(LogLine::text)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 400).mapToObj(Integer::toString).toList());
        }
    }

    @Test
    void anEngineThatNobodyAnswersForIsToldInOneLine() throws IOException {
        try (var engine = DockerEngine.at("unix:///nowhere/docker.sock")) {
            assertThatThrownBy(() -> engine.networks().list(Map.of()))
                    .hasMessage(cannotConnect("unix:///nowhere/docker.sock"));
        }
    }

    @Test
    void anEngineThatIsSilentDoesNotBlockTheStartNorTheEnd() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var begin = System.nanoTime();

            var engine = DockerEngine.at("tcp://127.0.0.1:" + silent.getLocalPort());
            engine.listen(events::add);
            var status = engine.status();
            engine.close();

            assertThat(status.reachable()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void closingEndsEveryThreadAndFollower() throws IOException {
        try (var relay = new Relay()) {
            var engine = at(relay);
            engine.listen(events::add);
            var id = engine.containers().create(shell("endless", "while :; do echo tick; sleep 0.01; done"));
            engine.containers().start(id);
            var lines = new CopyOnWriteArrayList<LogLine>();
            var following = engine.containers().follow(id, lines::add);
            eventually(() -> assertThat(lines).isNotEmpty());

            engine.close();
            following.await(Duration.ofSeconds(5));
            var told = lines.size();
            var accepted = relay.accepted();
            relay.breakConnections();
            following.await(Duration.ofMillis(300));

            assertThat(lines).hasSize(told);
            assertThat(relay.accepted()).isEqualTo(accepted);
            assertThat(events).noneMatch(EngineEvent.Disconnected.class::isInstance);
        }
    }

    @Test
    void aListenerThatFailsHarmsNoOther() throws IOException {
        try (var engine = DockerEngine.usual()) {
            engine.listen(_ -> {
                throw new IllegalStateException("expected by the test");
            });
            engine.listen(events::add);
            var id = engine.containers().create(shell("ends", "exit 0"));
            eventually(() -> assertThat(events).hasSize(1));

            engine.containers().start(id);

            eventually(() -> assertThat(events).contains(new EngineEvent.Exited(id, 0, false)));
        }
    }

    private static DockerEngine at(Relay relay) {
        return DockerEngine.at(relay.address());
    }

    private ContainerSpec shell(String name, String script) {
        return DockerTestEngine.shell("hakoniwa-" + instance + "-" + name, labels, script);
    }

    private static void eventually(Runnable assertion) {
        DockerTestEngine.await(assertion);
    }

    private static String cannotConnect(String address) {
        return "Cannot connect to the Docker daemon at " + address + ". Is the docker daemon running?";
    }
}
