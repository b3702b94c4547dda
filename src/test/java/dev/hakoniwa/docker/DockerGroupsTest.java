package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.runtime.ContainerId;
import dev.hakoniwa.runtime.ContainerState.Status;
import dev.hakoniwa.runtime.EngineEvent;
import dev.hakoniwa.runtime.Groups.Share;
import dev.hakoniwa.testing.DockerTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The containers of a group stay within its share together.
@DockerTest
final class DockerGroupsTest extends DockerStory {
    /// Takes 20 MiB, and half as much again for a moment.
    private static final String EATS_20_MIB =
            "exec awk 'BEGIN { s = \"0123456789\"; while (length(s) < 20000000) s = s s; system(\"sleep 1000\") }'";

    @Test
    void theMemoryOfAllCountsTogether() {
        var group = group(new Share(0, 48 << 20));

        var one = run(shell("one", EATS_20_MIB).group(group).build());
        var other = run(shell("other", EATS_20_MIB).group(group).build());

        eventually(() -> assertThat(List.of(one, other)).anyMatch(this::isOutOfMemory));
    }

    @Test
    void whoSharesItsMemoryWithOneThatIsKilledForItIsNotTakenForIt() {
        var group = group(new Share(0, 30 << 20));
        var polite = run(endless("polite").group(group).build());
        var hungry = run(shell("hungry", "tail /dev/zero").group(group).build());
        eventually(() -> assertThat(containers().inspect(hungry).status()).isEqualTo(Status.EXITED));

        containers().stop(polite, Duration.ofSeconds(20));

        assertThat(containers().inspect(hungry).outOfMemory()).isTrue();
        assertThat(containers().inspect(polite).outOfMemory()).isFalse();
        eventually(() -> assertThat(events()).contains(new EngineEvent.Exited(polite, 143, false)));
    }

    /// Two loops that would take two cores get a fifth of one.
    @Test
    void theProcessorTimeOfAllCountsTogether() {
        var group = group(new Share(0.2, 0));
        var busy = "(while :; do :; done) & sleep 3; kill $!; cat /proc/uptime; times";

        run(shell("other", busy).group(group).build());
        var lines = textOf(shell("one", busy).group(group).build());

        assertThat(lines).last().asString().matches("0m0\\.[0-5]\\d*s 0m0\\.\\d+s");
    }

    private String group(Share share) {
        return groups().create("group", share, labels()).orElseThrow();
    }

    private boolean isOutOfMemory(ContainerId id) {
        return containers().inspect(id).outOfMemory();
    }
}
