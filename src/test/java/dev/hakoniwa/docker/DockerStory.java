package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerSpec;
import dev.hakoniwa.runtime.Containers;
import dev.hakoniwa.runtime.EngineEvent;
import dev.hakoniwa.runtime.Groups;
import dev.hakoniwa.runtime.Images;
import dev.hakoniwa.runtime.Labels;
import dev.hakoniwa.runtime.Leftovers;
import dev.hakoniwa.runtime.LogLine;
import dev.hakoniwa.runtime.Networks;
import dev.hakoniwa.runtime.SpecBuilder;
import dev.hakoniwa.runtime.Volumes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// What tests of the real engine have in common; all that they make is removed after them.
abstract class DockerStory {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String instance = "test-" + Ids.random().hex(12);
    private final DockerEngine engine = DockerEngine.usual();
    private final Daemon daemon =
            new Daemon(DefaultDockerClientConfig.createDefaultConfigBuilder().build());
    private final List<EngineEvent> events = new CopyOnWriteArrayList<>();

    /// The first three bytes of a range that nothing else has, as far as chance goes.
    private final String range = "10." + ThreadLocalRandom.current().nextInt(128, 255) + "."
            + ThreadLocalRandom.current().nextInt(256);

    DockerStory() {
        engine.listen(events::add);
        eventually(() -> assertThat(events).isNotEmpty());
    }

    @AfterEach
    final void leaveNothing() {
        try (engine;
                daemon) {
            assertThat(new Leftovers(engine).remove(instance).problems()).isEmpty();
        }
    }

    final Containers containers() {
        return engine.containers();
    }

    final Images images() {
        return engine.images();
    }

    final Networks networks() {
        return engine.networks();
    }

    final Groups groups() {
        return engine.groups();
    }

    final Volumes volumes() {
        return engine.volumes();
    }

    final List<EngineEvent> events() {
        return events;
    }

    final Daemon daemon() {
        return daemon;
    }

    final String range() {
        return range;
    }

    final Map<String, String> labels() {
        return Map.of(Labels.INSTANCE, instance);
    }

    final String name(String name) {
        return "hakoniwa-" + instance + "-" + name;
    }

    final SpecBuilder shell(String name, String script) {
        return SpecBuilder.from(DockerTestEngine.shell(name(name), labels(), script));
    }

    final SpecBuilder endless(String name) {
        return shell(name, "trap 'exit 143' TERM; while :; do sleep 1000 & wait; done");
    }

    final ContainerId run(ContainerSpec spec) {
        var id = containers().create(spec);
        containers().start(id);
        return id;
    }

    /// Runs the container to its end.
    final List<LogLine> linesOf(ContainerSpec spec) {
        return linesOf(run(spec));
    }

    final List<LogLine> linesOf(ContainerId id) {
        var lines = new CopyOnWriteArrayList<LogLine>();
        try (var following = containers().follow(id, lines::add)) {
            following.await(PATIENCE);
        }
        return lines;
    }

    final List<String> textOf(ContainerSpec spec) {
        return linesOf(spec).stream().map(LogLine::text).toList();
    }

    final InspectContainerResponse inspect(ContainerId id) {
        return daemon.ask(client -> client.inspectContainerCmd(id.value()).exec());
    }

    /// What Docker may leave out, and doesn't.
    static <T> T known(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    static void eventually(Runnable assertion) {
        DockerTestEngine.await(assertion);
    }
}
