package dev.hakoniwa.ecs.placement;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.regex.Pattern;

/// How values of a subject compare.
enum Scale {
    /// Values are the same if they are spelled the same; in order they are as numbers if they are numbers.
    TEXT,
    NUMBER,
    /// Numbers between dots: 1.9.0 is less than 1.10.0.
    VERSION,
    /// A date, or a date and a time, in UTC unless it says otherwise.
    TIME;

    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,100}(\\.\\d{1,100})?");
    private static final Pattern DOTTED = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){0,9}");
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final int DATE_LENGTH = "2018-06-18".length();

    /// Whether a value of the scale can be spelled like this.
    boolean takes(String text) {
        return switch (this) {
            case TEXT -> true;
            case NUMBER -> DECIMAL.matcher(text).matches();
            case VERSION -> DOTTED.matcher(text).matches();
            case TIME -> isTime(text);
        };
    }

    boolean same(String one, String other) {
        return this == TEXT ? one.equals(other) : compare(one, other) == 0;
    }

    int compare(String one, String other) {
        return switch (this) {
            case TEXT -> NUMBER.takes(one) && NUMBER.takes(other) ? number(one, other) : one.compareTo(other);
            case NUMBER -> number(one, other);
            case VERSION -> Arrays.compare(numbers(one), numbers(other));
            case TIME -> time(one).compareTo(time(other));
        };
    }

    private static int number(String one, String other) {
        return new BigDecimal(one).compareTo(new BigDecimal(other));
    }

    private static int[] numbers(String version) {
        return DOT.splitAsStream(version).mapToInt(Integer::parseInt).toArray();
    }

    private static boolean isTime(String text) {
        try {
            return time(text).isAfter(Instant.MIN);
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static Instant time(String text) {
        if (text.length() == DATE_LENGTH) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return text.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)$")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
