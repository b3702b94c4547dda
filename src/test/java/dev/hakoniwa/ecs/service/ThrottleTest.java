package dev.hakoniwa.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ThrottleTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 2", "4, 4", "5, 8", "10, 256", "11, 512", "12, 900", "40, 900"})
    void theWaitDoublesWithEachFailureUpToFifteenMinutes(int failures, int seconds) {
        var throttle = after(failures);

        assertThat(throttle.holds(NOW.plusSeconds(seconds).minusMillis(1))).isEqualTo(seconds > 0);
        assertThat(throttle.holds(NOW.plusSeconds(seconds))).isFalse();
    }

    @Test
    void aFewFailuresAreNoPattern() {
        assertThat(after(2).isPattern()).isFalse();
        assertThat(after(3).isPattern()).isTrue();
    }

    @Test
    void nothingIsHeldAtFirst() {
        assertThat(Throttle.NONE.holds(NOW.minus(Duration.ofDays(10_000)))).isFalse();
    }

    private static Throttle after(int failures) {
        return Stream.iterate(Throttle.NONE, throttle -> throttle.failed(NOW))
                .skip(failures)
                .findFirst()
                .orElseThrow();
    }
}
