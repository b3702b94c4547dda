package dev.hakoniwa.aws.shapes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/// How a moment is spelled. Moments outside of the years 0 to 9999 are no timestamps in any protocol.
enum TimestampFormat {
    /// As the protocol spells a member that says nothing else: seconds in JSON and CBOR, ISO 8601 in the query
    /// protocols.
    OF_PROTOCOL,
    ISO_8601,
    HTTP_DATE,
    SECONDS,
    MILLISECONDS;

    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HTTP = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MILLISECOND = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// The moment of a number of seconds since the epoch.
    static Instant ofSeconds(BigDecimal seconds) {
        var magnitude = (long) seconds.precision() - seconds.scale();
        if (magnitude > 12) {
            throw notATimestamp();
        }
        if (magnitude < -9) {
            return Instant.EPOCH;
        }
        var nanos = seconds.setScale(9, RoundingMode.DOWN).unscaledValue();
        return checked(() -> {
            var parts = nanos.divideAndRemainder(NANOS);
            return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
        });
    }

    static Instant ofSeconds(long seconds) {
        return checked(() -> Instant.ofEpochSecond(seconds));
    }

    static Instant ofMilliseconds(long milliseconds) {
        return checked(() -> Instant.ofEpochMilli(milliseconds));
    }

    /// The moment that text spells: ISO 8601 with or without fraction, with `Z` or an offset, or seconds or an HTTP
    /// date.
    static Instant ofText(String text) {
        if (text.isEmpty() || text.length() > 64) {
            throw notATimestamp();
        }
        if (text.indexOf(',') >= 0) {
            return checked(() -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        }
        if (text.indexOf('T') >= 0 || text.indexOf('t') >= 0) {
            return checked(() -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
        }
        try {
            return ofSeconds(new BigDecimal(text));
        } catch (NumberFormatException _) {
            throw notATimestamp();
        }
    }

    /// ISO 8601 to the millisecond; the fraction is left out where there is none, if it may.
    static String iso(Instant moment, boolean alwaysFraction) {
        var whole = Math.floorMod(moment.toEpochMilli(), 1000) == 0;
        return whole && !alwaysFraction ? SECOND.format(moment) : MILLISECOND.format(moment);
    }

    /// Seconds since the epoch, with the milliseconds as a fraction where there are any.
    static String seconds(Instant moment) {
        var milliseconds = moment.toEpochMilli();
        if (milliseconds % 1000 == 0) {
            return Long.toString(milliseconds / 1000);
        }
        return BigDecimal.valueOf(milliseconds, 3).stripTrailingZeros().toPlainString();
    }

    static String httpDate(Instant moment) {
        return HTTP.format(moment);
    }

    static Malformed notATimestamp() {
        return new Malformed("STRING_VALUE can not be converted to milliseconds since epoch");
    }

    private static Instant checked(Supplier<Instant> moment) {
        try {
            var instant = moment.get();
            if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
                throw notATimestamp();
            }
            return instant;
        } catch (DateTimeException | ArithmeticException _) {
            throw notATimestamp();
        }
    }
}
