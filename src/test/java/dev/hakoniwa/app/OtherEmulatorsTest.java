package dev.hakoniwa.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.app.OtherEmulators.State;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.runtime.Behaviour;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.Labels;
import dev.hakoniwa.runtime.Owner;
import dev.hakoniwa.runtime.SimulatedEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Emulators in containers beside others on one engine; each binds the same port, in a network of its own.
final class OtherEmulatorsTest {
    private final Time time = Time.stopped(Instant.EPOCH);
    private final SimulatedEngine engine = new SimulatedEngine(time, time, Ids.random(), Behaviour.calm());
    private final ContainerId home = container("home");
    private final OtherEmulators others = new OtherEmulators(engine, home);

    @Test
    void oneInAnotherContainerThatRunsIsLeftAlone() {
        var other = leaving("other", container("neighbour"));

        assertThat(others.state(other)).isEqualTo(State.RUNS);
        assertThat(others.removeThoseBefore(owner("self", home)).isNothing()).isTrue();
    }

    @Test
    void whatIsLeftOfOneWhoseContainerHasEndedIsRemoved() {
        var neighbour = container("neighbour");
        var other = leaving("other", neighbour);
        engine.containers().stop(neighbour, Duration.ZERO);

        assertThat(others.state(other)).isEqualTo(State.GONE);
        assertThat(others.removeThoseBefore(owner("self", home)).volumes()).isEqualTo(1);
    }

    @Test
    void whatIsLeftOfOneThatRanInThisContainerIsRemoved() {
        leaving("before", home);

        assertThat(others.removeThoseBefore(owner("self", home)).volumes()).isEqualTo(1);
    }

    @Test
    void oneThatIsAProcessOfTheMachineCanNotBeAskedFromAContainer() {
        var other = leaving("machine", null);

        assertThat(others.state(other)).isEqualTo(State.UNKNOWN);
        assertThat(others.removeThoseBefore(owner("self", home)).isNothing()).isTrue();
    }

    @Test
    void whatAllOfThemShareIsNobodysAndStaysWhileOneHasAnything() {
        engine.networks().create("shared", "10.9.0.0/16", Map.of(Labels.INSTANCE, TaskDoor.EVERYBODY));
        var other = leaving("other", container("neighbour"));

        assertThat(others.all()).containsExactly(other);
        assertThat(others.removeShared().isNothing()).isTrue();
        assertThat(engine.networks().list(Map.of())).contains("shared");
    }

    private ContainerId container(String name) {
        engine.putImage("hakoniwa");
        var id = engine.containers().create(ContainerSpec.of(name, "hakoniwa", Map.of()));
        engine.containers().start(id);
        return id;
    }

    private Owner leaving(String instance, @Nullable ContainerId container) {
        var owner = owner(instance, container);
        engine.volumes().create("volume-of-" + instance, "local", Map.of(), owner.labels());
        return owner;
    }

    private static Owner owner(String instance, @Nullable ContainerId container) {
        return new Owner(instance, "0.0.0.0", 4566, container);
    }
}
