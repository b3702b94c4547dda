package dev.hakoniwa.tmds;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
    private final Inside inside = new Inside();

    @Test
    void sixtyRequestsAtOnceAreAnsweredAndFortyASecond() {
        assertThat(answered(100)).isEqualTo(60);

        inside.letWorldPass(Duration.ofMillis(500));
        assertThat(answered(100)).isEqualTo(20);

        inside.letWorldPass(Duration.ofHours(1));
        assertThat(answered(100)).isEqualTo(60);
    }

    @Test
    void whoIsTooFastGetsNoBody() {
        answered(60);

        var answer = inside.get("10.0.0.1", "/v4/x");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void oneTaskDoesNotSlowAnother() {
        answered(100);

        assertThat(inside.get("10.0.0.2", "/v4/x").status()).isEqualTo(404);
    }

    private long answered(int requests) {
        return IntStream.range(0, requests)
                .filter(_ -> inside.get("10.0.0.1", "/v4/x").status() != 429)
                .count();
    }
}
