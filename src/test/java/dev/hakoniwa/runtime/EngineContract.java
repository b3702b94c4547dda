package dev.hakoniwa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.runtime.ContainerSpec.PortBinding;
import dev.hakoniwa.runtime.EngineException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/// What contracts have in common: an engine, and labels by which all that a test makes is removed after it.
public abstract class EngineContract {
    private final TestEngine tested;
    private final String instance = "test-" + Ids.random().hex(12);
    private final List<String> instances = new ArrayList<>(List.of(instance));

    protected EngineContract(TestEngine tested) {
        this.tested = tested;
    }

    @AfterEach
    void leaveNothing() {
        try (tested) {
            var leftovers = new Leftovers(engine());
            assertThat(instances.reversed())
                    .flatMap(name -> leftovers.remove(name).problems())
                    .isEmpty();
        }
    }

    protected final Engine engine() {
        return tested.engine();
    }

    protected final Containers containers() {
        return engine().containers();
    }

    protected final Images images() {
        return engine().images();
    }

    protected final Networks networks() {
        return engine().networks();
    }

    protected final Groups groups() {
        return engine().groups();
    }

    protected final Volumes volumes() {
        return engine().volumes();
    }

    protected final String instance() {
        return instance;
    }

    /// The id of another emulator, whose things are removed after the test as well.
    protected final String otherInstance() {
        instances.add(instance + "-other" + instances.size());
        return instances.getLast();
    }

    protected final Map<String, String> labels() {
        return Map.of(Labels.INSTANCE, instance);
    }

    /// A name that only this test uses.
    protected final String name(String name) {
        return "hakoniwa-" + instance + "-" + name;
    }

    protected final String image() {
        return tested.image();
    }

    protected final ContainerSpec endless(String name) {
        return tested.endless(name(name), labels());
    }

    protected final ContainerSpec deaf(String name) {
        return tested.deaf(name(name), labels());
    }

    protected final ContainerSpec ending(String name, int exitCode) {
        return tested.ending(name(name), exitCode, labels());
    }

    protected final ContainerSpec checked(String name, Health found) {
        return tested.checked(name(name), found, labels());
    }

    protected final ContainerSpec writing(String name, String... lines) {
        return tested.writing(name(name), List.of(lines), labels());
    }

    protected final ContainerId run(ContainerSpec spec) {
        var id = containers().create(spec);
        start(id, spec);
        return id;
    }

    protected final void start(ContainerId id, ContainerSpec spec) {
        containers().start(id);
        tested.started(id, spec.name());
    }

    protected final void eventually(Runnable assertion) {
        tested.eventually(assertion);
    }

    protected static SpecBuilder from(ContainerSpec spec) {
        return SpecBuilder.from(spec);
    }

    protected static EngineException refusal(ThrowingCallable call) {
        var refusal = catchThrowableOfType(EngineException.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }

    protected static void assertRefused(ThrowingCallable call, Kind kind, String text) {
        var refusal = refusal(call);
        assertThat(refusal.text()).isEqualTo(text);
        assertThat(refusal.kind()).isEqualTo(kind);
    }

    protected static PortBinding tcp(int containerPort, int hostPort) {
        return new PortBinding(containerPort, hostPort, Transport.TCP, "");
    }
}
