package dev.hakoniwa.ecs.taskdefinition;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The sizes that a task may ask for, in CPU units (1024 to a vCPU) and MiB, which people may also write as `.5 vCPU`
/// and `1 GB`.
final class TaskSize {
    private static final int LEAST_CPU = 128;
    private static final int MOST_CPU = 196_608;
    private static final BigDecimal UNITS = BigDecimal.valueOf(1024);
    private static final Pattern CPU =
            Pattern.compile("(\\d{1,9}|\\d{0,6}\\.?\\d{1,6}\\s*(?<unit>vcpu))", Pattern.CASE_INSENSITIVE);
    private static final Pattern MEMORY =
            Pattern.compile("(\\d{1,9}|\\d{0,6}\\.?\\d{1,6}\\s*(?<unit>gb))", Pattern.CASE_INSENSITIVE);

    private TaskSize() {}

    /// CPU units, as digits; nothing if nothing was asked for.
    static @Nullable String cpu(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var units = units(CPU, text, "cpu");
        if (units < LEAST_CPU || units > MOST_CPU) {
            throw Invalid.taskSize("cpu");
        }
        return Integer.toString(units);
    }

    /// MiB, as digits; nothing if nothing was asked for.
    static @Nullable String memory(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var units = units(MEMORY, text, "memory");
        if (units <= 0) {
            throw Invalid.taskSize("memory");
        }
        return Integer.toString(units);
    }

    private static int units(Pattern form, String text, String setting) {
        var matcher = form.matcher(text.strip());
        if (!matcher.matches()) {
            throw Invalid.taskSize(setting);
        }
        if (matcher.group("unit") == null) {
            return Integer.parseInt(matcher.group());
        }
        var number = matcher.group().substring(0, matcher.start("unit")).strip();
        return new BigDecimal(number)
                .multiply(UNITS)
                .setScale(0, RoundingMode.HALF_UP)
                .intValue();
    }
}
