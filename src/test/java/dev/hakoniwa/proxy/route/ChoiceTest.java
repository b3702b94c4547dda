package dev.hakoniwa.proxy.route;

import static dev.hakoniwa.proxy.Target.State.DRAINING;
import static dev.hakoniwa.proxy.Target.State.HEALTHY;
import static dev.hakoniwa.proxy.Target.State.INITIAL;
import static dev.hakoniwa.proxy.Target.State.UNHEALTHY;
import static dev.hakoniwa.proxy.Target.State.UNUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hakoniwa.proxy.Target.State;
import dev.hakoniwa.proxy.TargetGroup.MinimumHealthy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ChoiceTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    static Stream<Arguments> routable() {
        return Stream.of(
                Arguments.of(List.of(HEALTHY, UNHEALTHY, INITIAL), 1, 0, List.of(HEALTHY)),
                Arguments.of(List.of(UNHEALTHY, INITIAL), 1, 0, List.of(UNHEALTHY, INITIAL)),
                Arguments.of(List.of(UNHEALTHY, DRAINING, UNUSED), 1, 0, List.of(UNHEALTHY)),
                Arguments.of(List.of(DRAINING, UNUSED), 1, 0, List.of()),
                Arguments.of(List.of(), 1, 0, List.of()),
                Arguments.of(List.of(HEALTHY, HEALTHY, UNHEALTHY), 3, 0, List.of(HEALTHY, HEALTHY, UNHEALTHY)),
                Arguments.of(List.of(HEALTHY, UNHEALTHY, UNHEALTHY), 1, 50, List.of(HEALTHY, UNHEALTHY, UNHEALTHY)),
                Arguments.of(List.of(HEALTHY, UNHEALTHY), 1, 50, List.of(HEALTHY)),
                Arguments.of(List.of(HEALTHY, UNHEALTHY, DRAINING, DRAINING), 1, 50, List.of(HEALTHY)));
    }

    @ParameterizedTest
    @MethodSource
    void routable(List<State> targets, int count, int percentage, List<State> chosen) {
        assertThat(Choice.routable(targets, Function.identity(), new MinimumHealthy(count, percentage)))
                .isEqualTo(chosen);
    }

    @Test
    void turnsGoRoundAlsoWhereTheirCountOverflows() {
        var turns = IntStream.of(Integer.MAX_VALUE - 1, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 1);

        assertThat(turns.map(turn -> Choice.roundRobin(4, turn))).containsExactly(2, 3, 0, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "5 3 4, 0, 1",
        "5 3 4, 2, 1",
        "1 1 1, 0, 0",
        "1 1 1, 1, 1",
        "1 1 1, 5, 2",
        "2 0 0, 0, 1",
        "2 0 0, 2, 2",
        "7, 3, 0",
    })
    void theLeastLoadedIsChosenAndEqualsTakeTurns(String loads, int turn, int chosen) {
        var load = Arrays.stream(loads.split(" ")).mapToInt(Integer::parseInt).toArray();

        assertThat(Choice.leastLoaded(load.length, i -> load[i], turn)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({
        "1 1, 0, 0",
        "1 1, 0.49, 0",
        "1 1, 0.5, 1",
        "1 1, 0.999, 1",
        "90 10, 0.89, 0",
        "90 10, 0.9, 1",
        "0 100, 0, 1",
        "100 0, 0.999, 0",
        "0 0, 0.5, -1",
        "999 999 999 999 999, 0.81, 4",
    })
    void weightsShareTheRollsOut(String weights, double roll, int chosen) {
        var shares =
                Arrays.stream(weights.split(" ")).mapToInt(Integer::parseInt).toArray();

        assertThat(Choice.weighted(shares, roll)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.01", "15, 0.25", "30, 0.5", "60, 1", "600, 1"})
    void theShareGrowsWithTime(int seconds, double share) {
        assertThat(Choice.share(START, Duration.ofSeconds(60), START.plusSeconds(seconds)))
                .isCloseTo(share, within(0.001));
    }

    @Test
    void whoDoesNotStartSlowlyHasAllOfTheShare() {
        assertThat(Choice.share(null, Duration.ofSeconds(60), START)).isOne();
        assertThat(Choice.share(START, Duration.ZERO, START)).isOne();
    }
}
