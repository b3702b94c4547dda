package dev.hakoniwa.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PatientPatternTest {
    @Test
    void itMatchesAndFindsAsItsPatternDoes() {
        var pattern = new PatientPattern(Pattern.compile("a+b"), 1_000);

        assertThat(pattern.matches("aab")).isTrue();
        assertThat(pattern.matches("xaab")).isFalse();
        assertThat(pattern.finds("xaab")).isTrue();
        assertThat(pattern.finds("xaa")).isFalse();
    }

    @Test
    void itComesToAnEndWhereItsPatternTakesYears() {
        var pattern = new PatientPattern(Pattern.compile("(a+)+b"), 100_000);

        assertThat(pattern.matches("a".repeat(100))).isFalse();
        assertThat(pattern.finds("a".repeat(100))).isFalse();
    }

    @Test
    void itComesToAnEndWhereItsPatternTakesAllOfTheStack() {
        var pattern = new PatientPattern(Pattern.compile("(a|b)*c"), Integer.MAX_VALUE);

        assertThat(pattern.matches("ab".repeat(1_000_000))).isFalse();
    }
}
