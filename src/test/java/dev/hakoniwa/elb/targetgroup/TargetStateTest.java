package dev.hakoniwa.elb.targetgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.elb.targetgroup.TargetState.Check;
import dev.hakoniwa.elb.targetgroup.TargetState.Fault;
import dev.hakoniwa.elb.targetgroup.TargetState.Thresholds;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetStateTest {
    private static final Fault FAULT = new Fault("Target.Timeout", "Request timed out");
    private static final Thresholds THRESHOLDS = new Thresholds(3, 2);

    /// `+` is a good check and `-` a bad one; three good ones make healthy what was unhealthy, two bad ones unhealthy.
    @ParameterizedTest
    @CsvSource({
        "'', Initial",
        "+, Healthy",
        "-, Initial",
        "-+, Healthy",
        "--, Unhealthy",
        "+-, Healthy",
        "+-+-, Healthy",
        "+--, Unhealthy",
        "--+, Unhealthy",
        "--++, Unhealthy",
        "--+++, Healthy",
        "--++-++, Unhealthy",
        "--++-+++, Healthy",
        "--+++-, Healthy",
        "--+++--, Unhealthy",
    })
    void resultsInARowChangeATargetsHealth(String results, String state) {
        assertThat(after(TargetState.Initial.NEW, results).getClass().getSimpleName())
                .isEqualTo(state);
    }

    @Test
    void anUnhealthyTargetTellsItsNewestFault() {
        var mismatch = new Fault("Target.ResponseCodeMismatch", "Health checks failed with these codes: [404]");
        var unhealthy = after(TargetState.Initial.NEW, "--");

        var state = unhealthy.after(new Check.Failed(mismatch), THRESHOLDS);

        assertThat(state).isEqualTo(new TargetState.Unhealthy(mismatch, 0));
    }

    @Test
    void noCheckChangesWhatIsNotChecked() {
        var draining = new TargetState.Draining(Instant.EPOCH);
        var unused = new TargetState.Unused(TargetState.Unused.Why.GROUP_NOT_USED);

        assertThat(after(draining, "+--")).isEqualTo(draining);
        assertThat(after(unused, "+--")).isEqualTo(unused);
    }

    private static TargetState after(TargetState state, String results) {
        return results.chars()
                .mapToObj(c -> c == '+' ? new Check.Passed() : new Check.Failed(FAULT))
                .reduce(state, (now, check) -> now.begun().after(check, THRESHOLDS), (_, last) -> last);
    }
}
