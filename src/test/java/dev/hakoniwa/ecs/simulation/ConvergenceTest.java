package dev.hakoniwa.ecs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is called and whatever goes wrong: when it is over, everything gets where it was to go, and nothing is left
/// behind. A seed that fails prints its history, which it has again and again.
final class ConvergenceTest {
    private static final int SEEDS = Integer.getInteger("hakoniwa.seeds", 1_000);
    private static final int A_BATCH = 20;

    private final Complaints complaints = new Complaints();

    @AfterEach
    void nothingWasComplainedOf() {
        complaints.close();
        assertThat(complaints.texts()).isEmpty();
    }

    static List<Integer> batches() {
        return IntStream.range(0, SEEDS / A_BATCH).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("batches")
    void everythingGetsWhereItWasToGo(int batch) {
        for (long seed = (long) batch * A_BATCH; seed < (batch + 1L) * A_BATCH; seed++) {
            live(seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 77, 1234})
    void theSameSeedIsTheSameHistory(long seed) {
        var first = Simulation.historyOf(seed);

        var again = Simulation.historyOf(seed);

        assertThat(again).isEqualTo(first);
    }

    private static void live(long seed) {
        var simulation = new Simulation(seed);
        try {
            simulation.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + "\n" + simulation.history(), e);
        }
    }
}
