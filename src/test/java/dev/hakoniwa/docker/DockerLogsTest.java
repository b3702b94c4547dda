package dev.hakoniwa.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.runtime.LogLine;
import dev.hakoniwa.testing.DockerTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A follower hears what a container writes, whatever that is.
@DockerTest
final class DockerLogsTest extends DockerStory {
    @Test
    void bothStreamsAreToldApart() {
        var lines = linesOf(shell("both", "echo out; sleep 0.2; echo err >&2").build());

        assertThat(lines).extracting(LogLine::stream).containsExactly("stdout", "stderr");
        assertThat(lines).extracting(LogLine::text).containsExactly("out", "err");
    }

    @Test
    void aLineHasTheTimeWhenItWasWritten() {
        var before = Instant.now().minusSeconds(1);

        var lines = linesOf(shell("timed", "echo one; sleep 1; echo two").build());

        assertThat(lines).extracting(LogLine::at).allMatch(at -> at.isAfter(before));
        assertThat(Duration.between(lines.getFirst().at(), lines.getLast().at()))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(20));
    }

    @Test
    void aLongLineIsOneLine() {
        var lines = linesOf(shell("long", "head -c 100000 /dev/zero | tr '\\0' x; echo; echo end")
                .build());

        assertThat(lines).extracting(line -> line.text().length()).containsExactly(100_000, 3);
    }

    @Test
    void aLongLineOfATerminalIsOneLine() {
        var lines = linesOf(shell("long", "head -c 100000 /dev/zero | tr '\\0' x; echo; echo end")
                .option("pseudoTerminal", true)
                .build());

        assertThat(lines).extracting(line -> line.text().length()).containsExactly(100_000, 3);
        assertThat(lines).extracting(LogLine::stream).containsOnly("stdout");
    }

    @Test
    void aLastLineNeedsNoLineBreak() {
        assertThat(textOf(shell("cut", "echo one; printf two").build())).containsExactly("one", "two");
    }

    @Test
    void bytesThatAreNoTextHarmNothing() {
        var lines = textOf(
                shell("garbage", "head -c 200000 /dev/urandom; echo; echo end").build());

        assertThat(lines.getLast()).isEqualTo("end");
    }

    @Test
    void manyLinesComeCompleteAndInOrder() {
        var lines = textOf(shell("many", "seq 1 50000").build());

        assertThat(lines)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50_000)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void nothingIsMissedWhenItIsFollowedLate() {
        var id = run(shell("early", "seq 1 1000").build());
        eventually(() -> assertThat(containers().inspect(id).exitCode()).isZero());

        assertThat(linesOf(id)).hasSize(1000);
    }

    @Test
    void aFollowerHearsAContainersSecondLifeToo() {
        var id = run(shell("twice", "echo once").build());
        eventually(() -> assertThat(containers().inspect(id).exitCode()).isZero());

        containers().start(id);

        eventually(() -> assertThat(linesOf(id)).hasSize(2));
    }

    @Test
    void aFollowerThatIsClosedHearsNothingMore() {
        var lines = new CopyOnWriteArrayList<LogLine>();
        var id = run(shell("endless", "while :; do echo tick; sleep 0.02; done").build());
        var following = containers().follow(id, lines::add);
        eventually(() -> assertThat(lines).isNotEmpty());

        following.close();
        following.await(Duration.ofSeconds(5));
        var told = lines.size();
        var later = run(shell("later", "sleep 0.5").build());
        eventually(() -> assertThat(containers().inspect(later).exitCode()).isZero());

        assertThat(lines).hasSize(told);
    }

    @Test
    void removingAContainerEndsItsFollowers() {
        var id = run(endless("removed").build());
        var following = containers().follow(id, _ -> {});
        var begin = System.nanoTime();

        containers().remove(id);
        following.await(Duration.ofSeconds(20));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void fortyFollowersReadAtOnce() {
        var id = run(shell("busy", "for i in $(seq 1 100); do echo $i; sleep 0.01; done")
                .build());
        var heard = new ConcurrentLinkedQueue<String>();

        var all = IntStream.range(0, 40)
                .mapToObj(_ -> containers().follow(id, line -> heard.add(line.text())))
                .toList();
        all.forEach(following -> following.await(Duration.ofSeconds(60)));

        assertThat(heard).hasSize(4_000);
    }

    @Test
    void aDriverThatCanNotBeReadTellsNothing() {
        var spec = shell("silent", "echo hello").logging("none", Map.of());

        assertThat(textOf(spec.build())).isEqualTo(List.of());
    }
}
