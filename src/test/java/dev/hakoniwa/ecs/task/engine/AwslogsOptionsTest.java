package dev.hakoniwa.ecs.task.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AwslogsOptionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "awslogs-grupp | x | unknown log opt 'awslogs-grupp' for awslogs log driver",
                "mode | later | logger: logging mode not supported: later",
                "max-buffer-size | 10x | error parsing option max-buffer-size: invalid size: '10x'",
                "max-buffer-size | -1 | error parsing option max-buffer-size: invalid size: '-1'",
                "awslogs-create-group | yes | must specify valid value for log opt 'awslogs-create-group': "
                        + "strconv.ParseBool: parsing \"\"yes\"\": invalid syntax",
                "awslogs-force-flush-interval-seconds | 0 | must specify a positive integer for log opt "
                        + "'awslogs-force-flush-interval-seconds': 0",
                "awslogs-max-buffered-events | a | must specify a positive integer for log opt "
                        + "'awslogs-max-buffered-events': a",
                "awslogs-format | xml | unsupported log format 'xml'"
            })
    void anOptionThatMeansNothingIsRefused(String option, String value, String text) {
        assertThat(refusal(Map.of(option, value))).isEqualTo(text.replace("\"\"", "\""));
    }

    @ParameterizedTest
    @CsvSource({
        "mode, blocking",
        "mode, non-blocking",
        "max-buffer-size, 25m",
        "max-buffer-size, 1.5 GiB",
        "max-buffer-size, 1024",
        "awslogs-create-group, T",
        "awslogs-create-group, 0",
        "awslogs-stream-prefix, p",
        "awslogs-endpoint, http://localhost",
        "awslogs-format, json/emf",
        "awslogs-force-flush-interval-seconds, 12"
    })
    void whatTheDriverKnowsIsTaken(String option, String value) {
        assertThat(refusal(Map.of(option, value))).isEmpty();
    }

    @Test
    void optionsThatDontGoTogetherAreRefused() {
        assertThat(refusal(Map.of("mode", "blocking", "max-buffer-size", "1m")))
                .isEqualTo("logger: max-buffer-size option is only supported with 'mode=non-blocking'");
        assertThat(refusal(Map.of("awslogs-datetime-format", "%Y", "awslogs-multiline-pattern", "^x")))
                .isEqualTo("you cannot configure log opt 'awslogs-datetime-format' and 'awslogs-multiline-pattern' "
                        + "at the same time");
        assertThat(refusal(Map.of("awslogs-format", "json/emf", "awslogs-multiline-pattern", "^x")))
                .isEqualTo("you cannot configure log opt 'awslogs-datetime-format' or 'awslogs-multiline-pattern' "
                        + "when log opt 'awslogs-format' is set to 'json/emf'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\[%b %d, %Y %H:%M:%S\\] | [May 07, 2026 23:59:01] started | true",
                "\\[%b %d, %Y %H:%M:%S\\] | at Foo.bar(Foo.java:7) | false",
                "%Y-%m-%dT%H:%M:%S%L%z | 2026-12-31T00:00:00.123+0900 GET / | true",
                "%Y-%m-%dT%H:%M:%S%L%z | 2026-13-31T00:00:00.123+0900 GET / | false",
                "%A %a %w %B | Sunday Sun 0 August | true",
                "%I:%M:%S %p | 11:05:09 PM | true",
                "%I:%M:%S %p | 13:05:09 PM | false",
                "%y%j.%f | 26001.123456 | true",
                "%H:%M %Z | 09:30 CEST | true",
                "%H:%M %Z | 09:30 utc | false",
                "%Q%H | x09 | true"
            })
    void aDateFormatSaysWhatAFirstLineLooksLike(String format, String line, boolean first) {
        assertThat(firstLine("awslogs-datetime-format", format).matcher(line).find())
                .isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"^ERROR, ERROR x, true", "^ERROR, no ERROR, false", "(?P<level>WARN), a WARN, true"})
    void aPatternIsLookedForAnywhereInALine(String pattern, String line, boolean first) {
        assertThat(firstLine("awslogs-multiline-pattern", pattern).matcher(line).find())
                .isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a", "(", "*"})
    void aPatternThatIsNoneIsRefused(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> firstLine("awslogs-multiline-pattern", pattern))
                .withMessageStartingWith(
                        "awslogs could not parse multiline pattern key \"" + pattern + "\": error parsing regexp: ")
                .withMessageEndingWith(": `" + pattern + "`");
    }

    @Test
    void withoutAPatternEveryLineIsAnEvent() {
        assertThat(new AwslogsOptions(Map.of()).firstLine()).isEmpty();
    }

    @Test
    void theDriverWaitsFiveSecondsUnlessToldOtherwise() {
        assertThat(new AwslogsOptions(Map.of()).interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(new AwslogsOptions(Map.of("awslogs-force-flush-interval-seconds", "60")).interval())
                .isEqualTo(Duration.ofSeconds(60));
    }

    private static String refusal(Map<String, String> options) {
        return new AwslogsOptions(options).refusal().orElse("");
    }

    private static Pattern firstLine(String option, String value) {
        return new AwslogsOptions(Map.of(option, value)).firstLine().orElseThrow();
    }
}
