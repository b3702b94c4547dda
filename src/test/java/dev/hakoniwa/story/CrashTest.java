package dev.hakoniwa.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.DockerTest;
import dev.hakoniwa.testing.FreePort;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/// What an emulator leaves behind that was killed, and who removes it.
@DockerTest
final class CrashTest {
    /// A range that nothing else has, as far as chance goes.
    private final String range = "10.%d.%d.0/24"
            .formatted(
                    ThreadLocalRandom.current().nextInt(128, 250),
                    ThreadLocalRandom.current().nextInt(256));

    @Test
    void theNextOneOnThePortRemovesWhatIsLeftAndRunsTasksAtOnce() {
        var port = FreePort.next();
        var killed = RunningEmulator.startAt(port);
        var before = new Services(killed);
        before.runBridge("bridge", 2);
        before.runInVpc(range, "awsvpc", 2);
        var left = killed.instance();
        var addresses = before.addresses("awsvpc");
        killed.kill();
        assertThat(Held.by(left)).isEqualTo(new Held(6, 1, 2));

        try (var next = RunningEmulator.startAt(port)) {
            var services = new Services(next);
            services.runInVpc(range, "awsvpc", 2);
            services.runBridge("bridge", 1);

            assertThat(services.addresses("awsvpc")).containsExactlyInAnyOrderElementsOf(addresses);
            assertThat(Held.by(left)).isEqualTo(Held.NOTHING);
        }
    }

    @Test
    void cleanRemovesWhatAKilledOneHasLeftAndNothingOfOneThatRuns() {
        var killed = RunningEmulator.start();
        new Services(killed).runBridge("bridge", 1);
        var left = killed.instance();
        killed.kill();

        try (var running = RunningEmulator.start()) {
            new Services(running).runBridge("bridge", 1);
            var shared = Held.by("shared");

            var clean = Invocation.of("clean");

            assertThat(clean.exitCode()).isZero();
            assertThat(clean.output())
                    .contains(
                            "removed 1 container, 0 networks and 1 volume of emulator %s at port %d, which runs no more"
                                    .formatted(left, killed.port()),
                            "left alone what emulator %s at port %d has: it runs"
                                    .formatted(running.instance(), running.port()));
            assertThat(Held.by(left)).isEqualTo(Held.NOTHING);
            assertThat(Held.by(running.instance())).isEqualTo(new Held(1, 0, 1));
            assertThat(Held.by("shared")).isEqualTo(shared).isNotEqualTo(Held.NOTHING);
        }
    }
}
