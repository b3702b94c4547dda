package dev.hakoniwa.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SeededBackgroundTest {
    @Test
    void nothingRunsBeforeTimePasses() {
        var time = Time.stopped(Instant.EPOCH);
        var ran = new ArrayList<String>();

        new SeededBackground(time, 1).run("a", () -> ran.add("a"));

        assertThat(ran).isEmpty();
        time.advance(Duration.ofMillis(500));
        assertThat(ran).containsExactly("a");
    }

    @Test
    void theSeedDecidesTheOrder() {
        assertThat(history(7)).isEqualTo(history(7)).isNotEqualTo(history(8)).hasSize(20);
    }

    private static List<Integer> history(long seed) {
        var time = Time.stopped(Instant.EPOCH);
        var background = new SeededBackground(time, seed);
        var ran = new ArrayList<Integer>();
        IntStream.range(0, 20).forEach(number -> background.run("n", () -> ran.add(number)));
        time.advance(Duration.ofSeconds(1));
        return ran;
    }
}
