package dev.hakoniwa.app;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.runtime.Behaviour;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.ContainerSpec.Network;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.Labels;
import dev.hakoniwa.runtime.SimulatedEngine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class RelayContainerTest {
    private static final Map<String, String> OWN = Map.of(Labels.INSTANCE, "0123456789ab");
    private static final Map<String, String> ENVIRONMENT = Map.of(Relay.EMULATOR, "172.17.0.2:40123");

    private final Time time = Time.running();
    private final SimulatedEngine engine = new SimulatedEngine(time, time, Ids.random(), Behaviour.calm());
    private final ContainerId home = home();

    @Test
    void itRunsInTheMachinesNetworkFromTheImageOfTheEmulator() {
        var starting = start();
        engine.write(running(), "stdout", "open: 80 4566");

        var relay = starting.join();

        assertThat(relay.ports()).containsExactlyInAnyOrder(80, 4566);
        assertThat(relay.runs(engine.containers())).isTrue();
        var spec = engine.spec(relay.id());
        assertThat(spec.image()).isEqualTo(engine.containers().inspect(home).image());
        assertThat(spec.command()).containsExactly("relay");
        assertThat(spec.network()).isEqualTo(new Network.Host());
        assertThat(spec.environment()).isEqualTo(ENVIRONMENT);
        assertThat(spec.labels()).isEqualTo(OWN);
        assertThat(spec.mounts()).isEmpty();
        assertThat(spec.options().dropCapabilities()).containsExactly("ALL");
    }

    @Test
    void oneThatHasEndedOrIsGoneRunsNoMore() {
        var starting = start();
        engine.write(running(), "stdout", "open: 80");
        var relay = starting.join();

        engine.exit(relay.id(), 0);
        var ended = relay.runs(engine.containers());
        engine.containers().remove(relay.id());

        assertThat(ended).isFalse();
        assertThat(relay.runs(engine.containers())).isFalse();
    }

    @Test
    void oneThatCanNotWorkIsRemovedAndItsLastWordsAreTold() {
        var starting = start();
        var relay = running();
        engine.write(relay, "stderr", "hakoniwa: the relay can't work: No route to host");
        engine.exit(relay, 1);

        assertThatThrownBy(starting::join)
                .hasCauseInstanceOf(EngineException.class)
                .hasMessageEndingWith("can't work: hakoniwa: the relay can't work: No route to host");
        assertThat(engine.containers().list(OWN)).isEmpty();
    }

    /// As an image does that is somebody else's.
    @Test
    void whatSaysSomethingElseIsNoRelay() {
        var starting = start();
        var relay = running();
        engine.write(relay, "stdout", "open: sesame");
        engine.exit(relay, 0);

        assertThatThrownBy(starting::join).hasMessageEndingWith("can't work: open: sesame");
        assertThat(engine.containers().list(OWN)).isEmpty();
    }

    private CompletableFuture<RelayContainer> start() {
        return CompletableFuture.supplyAsync(
                () -> RelayContainer.start(engine.containers(), home, ENVIRONMENT, OWN), Thread::startVirtualThread);
    }

    private ContainerId running() {
        eventually(() -> assertThat(found()).extracting(ContainerState::status).containsExactly(Status.RUNNING));
        return found().getFirst().id();
    }

    private List<ContainerState> found() {
        return engine.containers().list(OWN);
    }

    private ContainerId home() {
        engine.putImage("hakoniwa");
        var id = engine.containers().create(ContainerSpec.of("home", "hakoniwa", Map.of()));
        engine.containers().start(id);
        return id;
    }
}
