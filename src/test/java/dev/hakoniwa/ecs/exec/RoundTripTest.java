package dev.hakoniwa.ecs.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoundTripTest {
    private final RoundTrip roundTrip = new RoundTrip();

    @Test
    void theFirstTimeoutIsAFifthOfASecond() {
        assertThat(roundTrip.timeout()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void quickAnswersShortenIt() {
        IntStream.range(0, 100).forEach(_ -> roundTrip.measured(Duration.ofMillis(2)));

        assertThat(roundTrip.timeout()).isBetween(Duration.ofMillis(12), Duration.ofMillis(13));
    }

    @Test
    void slowAnswersLengthenItToASecondAtMost() {
        roundTrip.measured(Duration.ofMillis(300));
        var longer = roundTrip.timeout();
        roundTrip.measured(Duration.ofSeconds(10));

        assertThat(longer).isBetween(Duration.ofMillis(200), Duration.ofMillis(999));
        assertThat(roundTrip.timeout()).isEqualTo(Duration.ofSeconds(1));
    }
}
