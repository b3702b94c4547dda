package dev.hakoniwa.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.core.Time;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@WireTest
@EnabledIfSystemProperty(named = "hakoniwa.wire", matches = "shipped")
final class ShippedTest {
    @Test
    void whatIsInsideTheJvmAloneIsNotGivenAway() {
        assertThatThrownBy(() -> Shipped.notWith("the tables"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must be marked @InJvm");
    }

    @Test
    void eachTestHasAccountsOfItsOwn() {
        var ours = new Accounts();
        var theirs = new Accounts();

        assertThat(ours.of("123456789012"))
                .isNotEqualTo("123456789012")
                .isEqualTo(ours.of("123456789012"))
                .isEqualTo(ours.of(ours.of("123456789012")))
                .isNotEqualTo(ours.of("210987654321"))
                .isNotEqualTo(theirs.of("123456789012"));
        assertThat(ours.in("arn:aws:iam::123456789012:root"))
                .isEqualTo("arn:aws:iam::%s:root", ours.of("123456789012"));
    }

    @Test
    void timeMovesByHandAlone() {
        var time = new TestTime(Time.stopped(Instant.parse("2026-01-01T00:00:00.123Z")));

        time.advance(Duration.ofHours(1));

        assertThat(time.start().getNano()).isEqualTo(123_000_000);
        assertThat(time.instant()).isEqualTo(time.start().plus(Duration.ofHours(1)));
    }
}
