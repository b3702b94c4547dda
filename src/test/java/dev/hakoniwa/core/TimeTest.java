package dev.hakoniwa.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TimeTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Time time = Time.stopped(START);
    private final List<String> told = new ArrayList<>();

    @Test
    void aStoppedTimeMovesByHandAlone() {
        time.advance(Duration.ofMinutes(3));

        assertThat(time.instant()).isEqualTo(START.plusSeconds(180));
        assertThat(time.speed()).isZero();
    }

    @Test
    void timersRunInTheOrderTheyAreDueAtTheirOwnTime() {
        time.after(Duration.ofSeconds(2), () -> told.add("b at " + time.instant()));
        time.after(Duration.ofSeconds(1), () -> told.add("a at " + time.instant()));
        time.after(Duration.ofSeconds(2), () -> told.add("c"));
        time.after(Duration.ofSeconds(9), () -> told.add("late"));

        time.advance(Duration.ofSeconds(5));

        assertThat(told).containsExactly("a at 2026-01-01T00:00:01Z", "b at 2026-01-01T00:00:02Z", "c");
    }

    @Test
    void aTimerMaySetAnotherThatIsDueOnTheWay() {
        time.after(Duration.ofSeconds(1), () -> time.after(Duration.ofSeconds(1), () -> told.add("second")));

        time.advance(Duration.ofSeconds(2));

        assertThat(told).containsExactly("second");
    }

    @Test
    void aTimerThatIsCancelledDoesNotRun() {
        var once = time.after(Duration.ofSeconds(1), () -> told.add("once"));
        var often = time.every(Duration.ofSeconds(1), () -> told.add("often"));

        once.cancel();
        time.advance(Duration.ofSeconds(2));
        often.cancel();
        time.advance(Duration.ofSeconds(2));

        assertThat(told).containsExactly("often", "often");
    }

    @Test
    void theWorldsTimeRunsItsTimers() throws InterruptedException {
        var ran = new CountDownLatch(1);
        try (var running = Time.running()) {
            running.after(Duration.ofMillis(1), ran::countDown);

            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aFasterTimeReachesItsTimersSooner() throws InterruptedException {
        var ran = new CountDownLatch(1);
        try (var running = Time.running()) {
            running.setSpeed(100_000);
            running.after(Duration.ofHours(1), ran::countDown);

            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aTimeThatIsRunningCanBeMovedOnToo() {
        var before = Instant.now();
        try (var running = Time.running()) {
            running.after(Duration.ofHours(1), () -> told.add("an hour later"));

            running.advance(Duration.ofHours(2));

            assertThat(told).containsExactly("an hour later");
            assertThat(running.instant()).isAfterOrEqualTo(before.plus(Duration.ofHours(2)));
        }
    }

    @Test
    void aSpeedMustBeANumberFromZeroUp() {
        assertThatThrownBy(() -> time.setSpeed(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> time.setSpeed(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
