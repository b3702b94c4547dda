package dev.hakoniwa.story;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.hakoniwa.docker.Relay;
import dev.hakoniwa.testing.DockerTest;
import dev.hakoniwa.testing.FreePort;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How an emulator ends that is told to: when it starts, when it runs, and when it ends already.
final class EndingTest {
    private static final Map<String, String> USUAL = Map.of();

    @Test
    void interruptedWhileItRunsItEndsWithTheSignalsCode() {
        var emulator = RunningEmulator.beginInterruptible(USUAL, "--engine", "simulated");
        emulator.waitUntilItAnswers();

        emulator.interrupt();

        assertThat(emulator.end()).isEqualTo(130);
    }

    @Test
    void interruptedWhileItStartsItEndsToo() {
        for (var delay = 0; delay < 4; delay++) {
            var emulator = RunningEmulator.beginInterruptible(USUAL, "--engine", "simulated");

            RunningEmulator.pause(Duration.ofMillis(50 + 150L * delay));
            emulator.interrupt();

            assertThat(emulator.end()).isEqualTo(130);
        }
    }

    @Test
    void itEndsWithoutComplaintWhenALoadBalancerIsServed() {
        var emulator = RunningEmulator.start("--engine", "simulated");
        new Website(emulator, "quiet", FreePort.next(), "none").close();
        var said = emulator.output().size();

        assertThat(emulator.terminate()).isEqualTo(143);

        assertThat(emulator.output().subList(said, emulator.output().size()))
                .singleElement(as(STRING))
                .contains("hakoniwa stopped in");
    }

    @Test
    @DockerTest
    void interruptedItRemovesAllThatRuns() {
        var emulator = RunningEmulator.beginInterruptible(USUAL);
        emulator.waitUntilItAnswers();
        var services = new Services(emulator);
        services.runBridge("bridge", 2);
        services.runAwsvpc("awsvpc", 2);
        var instance = emulator.instance();

        emulator.interrupt();

        assertThat(emulator.end()).isEqualTo(130);
        assertThat(Held.by(instance)).isEqualTo(Held.NOTHING);
    }

    @Test
    @DockerTest
    void aHungEngineDelaysTheEndOnlySoLong() throws Exception {
        try (var engine = new Relay()) {
            var emulator = RunningEmulator.startWith(Map.of("DOCKER_HOST", engine.address()));
            new Services(emulator).runBridge("bridge", 1);
            var instance = emulator.instance();

            engine.stall();
            var exitCode = emulator.terminate();

            assertThat(exitCode).isEqualTo(143);
            assertThat(emulator.output())
                    .anyMatch(line -> line.endsWith("the container engine has not answered for 10 seconds"));
            Held.remove(instance);
        }
    }

    @Test
    @DockerTest
    void interruptedOnceMoreItEndsAtOnce() throws Exception {
        try (var engine = new Relay()) {
            var emulator = RunningEmulator.beginInterruptible(Map.of("DOCKER_HOST", engine.address()));
            emulator.waitUntilItAnswers();
            new Services(emulator).runBridge("bridge", 1);
            var instance = emulator.instance();
            engine.stall();

            emulator.interrupt();
            RunningEmulator.pause(Duration.ofMillis(500));
            assertThat(emulator.process().isAlive()).isTrue();
            emulator.interrupt();

            assertThat(emulator.end()).isEqualTo(130);
            assertThat(emulator.output()).anyMatch(line -> line.startsWith("hakoniwa: ended at once"));
            assertThat(emulator.output()).noneMatch(line -> line.contains("has not answered"));
            Held.remove(instance);
        }
    }
}
