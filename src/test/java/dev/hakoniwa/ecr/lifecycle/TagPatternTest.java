package dev.hakoniwa.ecr.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TagPatternTest {
    @ParameterizedTest
    @CsvSource({
        "prod, prod, true",
        "prod, prod-1, false",
        "prod*, prod, true",
        "prod*, prod-1, true",
        "*prod, my-prod, true",
        "*prod, my-prod-1, false",
        "*, '', true",
        "'', a, false",
        "a*b*c, a-b-b-c, true",
        "a*b*c, acb, false",
        "**, anything, true",
        "a.c, abc, false"
    })
    void aWildcardStandsForAnything(String pattern, String tag, boolean matches) {
        assertThat(new TagPattern(pattern).matches(tag)).isEqualTo(matches);
    }

    @Test
    void noPatternTakesForEver() {
        var pattern = new TagPattern("*a".repeat(60) + "b");

        assertThat(pattern.matches("a".repeat(120))).isFalse();
    }
}
