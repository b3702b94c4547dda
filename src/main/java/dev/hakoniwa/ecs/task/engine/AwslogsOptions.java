package dev.hakoniwa.ecs.task.engine;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The options of the awslogs driver, as Docker reads them (ecs-tasks.md §14). Pure.
final class AwslogsOptions {
    private static final String CREATE_GROUP = "awslogs-create-group";
    private static final String DATE = "awslogs-datetime-format";
    private static final String PATTERN = "awslogs-multiline-pattern";
    private static final String INTERVAL = "awslogs-force-flush-interval-seconds";
    private static final String BUFFERED = "awslogs-max-buffered-events";
    private static final String FORMAT = "awslogs-format";

    /// `awslogs-stream-prefix` is ECS's own: its agent makes `awslogs-stream` of it.
    private static final Set<String> KNOWN = Set.of(
            "awslogs-group",
            "awslogs-region",
            "awslogs-stream",
            "awslogs-stream-prefix",
            "awslogs-create-stream",
            "awslogs-endpoint",
            "awslogs-credentials-endpoint",
            "tag",
            "mode",
            "max-buffer-size",
            CREATE_GROUP,
            DATE,
            PATTERN,
            INTERVAL,
            BUFFERED,
            FORMAT);

    private static final Set<String> MODES = Set.of("", "blocking", "non-blocking");
    private static final Pattern SIZE = Pattern.compile("\\d+(\\.\\d+)? ?([kmgtp]i?)?b?", Pattern.CASE_INSENSITIVE);
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");
    private static final int USUAL_INTERVAL = 5;

    private static final Pattern DATE_PART = Pattern.compile("%.");

    /// What the parts of a date look like; a part that the driver doesn't know looks like nothing at all.
    private static final Map<String, String> DATE_PARTS = Map.ofEntries(
            Map.entry("%a", "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"),
            Map.entry("%A", "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"),
            Map.entry("%w", "[0-6]"),
            Map.entry("%d", "(?:0[1-9]|[12]\\d|3[01])"),
            Map.entry("%b", "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"),
            Map.entry(
                    "%B", "(?:January|February|March|April|May|June|July|August|September|October|November|December)"),
            Map.entry("%m", "(?:0[1-9]|1[0-2])"),
            Map.entry("%Y", "\\d{4}"),
            Map.entry("%y", "\\d{2}"),
            Map.entry("%H", "(?:[01]\\d|2[0-3])"),
            Map.entry("%I", "(?:0\\d|1[0-2])"),
            Map.entry("%p", "[AP]M"),
            Map.entry("%M", "[0-5]\\d"),
            Map.entry("%S", "[0-5]\\d"),
            Map.entry("%f", "\\d{6}"),
            Map.entry("%z", "[+-]\\d{4}"),
            Map.entry("%Z", "[A-Z]{1,4}T"),
            Map.entry("%j", "(?:[0-2]\\d\\d|3[0-5]\\d|36[0-6])"),
            Map.entry("%L", "\\.\\d{3}"));

    private final Map<String, String> options;

    AwslogsOptions(Map<String, String> options) {
        this.options = options;
    }

    /// Why no container can be created with them; empty if one can.
    Optional<String> refusal() {
        return unknown().or(this::unusableMode).or(this::unusableValue).or(this::contradiction);
    }

    boolean createsGroup() {
        return TRUE.contains(option(CREATE_GROUP));
    }

    /// What the first line of an event looks like; empty if every line is an event.
    ///
    /// @throws IllegalArgumentException with Docker's text, if it is no regular expression
    Optional<Pattern> firstLine() {
        var pattern = options.containsKey(DATE)
                ? DATE_PART.matcher(option(DATE)).replaceAll(AwslogsOptions::datePart)
                : option(PATTERN).replace("(?P<", "(?<");
        if (pattern.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(pattern));
        } catch (PatternSyntaxException e) {
            var why = e.getDescription().toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException(
                    "awslogs could not parse multiline pattern key \"%s\": error parsing regexp: %s: `%s`"
                            .formatted(pattern, why, pattern),
                    e);
        }
    }

    /// How long the driver waits for more lines of an event.
    Duration interval() {
        return Duration.ofSeconds(option(INTERVAL).isEmpty() ? USUAL_INTERVAL : Integer.parseInt(option(INTERVAL)));
    }

    private static String datePart(MatchResult part) {
        return DATE_PARTS.getOrDefault(part.group(), "").replace("\\", "\\\\");
    }

    private Optional<String> unknown() {
        return options.keySet().stream()
                .filter(key -> !KNOWN.contains(key))
                .sorted()
                .findFirst()
                .map("unknown log opt '%s' for awslogs log driver"::formatted);
    }

    private Optional<String> unusableMode() {
        var mode = option("mode");
        if (!MODES.contains(mode)) {
            return Optional.of("logger: logging mode not supported: " + mode);
        }
        if (!options.containsKey("max-buffer-size")) {
            return Optional.empty();
        }
        if (mode.equals("blocking")) {
            return Optional.of("logger: max-buffer-size option is only supported with 'mode=non-blocking'");
        }
        var size = option("max-buffer-size");
        return SIZE.matcher(size).matches()
                ? Optional.empty()
                : Optional.of("error parsing option max-buffer-size: invalid size: '%s'".formatted(size));
    }

    private Optional<String> unusableValue() {
        return notBoolean(CREATE_GROUP)
                .or(() -> notPositive(INTERVAL))
                .or(() -> notPositive(BUFFERED))
                .or(() -> option(FORMAT).isEmpty() || option(FORMAT).equals("json/emf")
                        ? Optional.empty()
                        : Optional.of("unsupported log format '%s'".formatted(option(FORMAT))));
    }

    private Optional<String> contradiction() {
        if (options.containsKey(DATE) && options.containsKey(PATTERN)) {
            return Optional.of("you cannot configure log opt '%s' and '%s' at the same time".formatted(DATE, PATTERN));
        }
        if (!option(FORMAT).isEmpty() && (options.containsKey(DATE) || options.containsKey(PATTERN))) {
            return Optional.of("you cannot configure log opt '%s' or '%s' when log opt '%s' is set to '%s'"
                    .formatted(DATE, PATTERN, FORMAT, option(FORMAT)));
        }
        return Optional.empty();
    }

    private Optional<String> notBoolean(String key) {
        var value = option(key);
        return value.isEmpty() || TRUE.contains(value) || FALSE.contains(value)
                ? Optional.empty()
                : Optional.of(
                        "must specify valid value for log opt '%s': strconv.ParseBool: parsing \"%s\": invalid syntax"
                                .formatted(key, value));
    }

    private Optional<String> notPositive(String key) {
        var value = option(key);
        return value.isEmpty() || value.matches("0*[1-9]\\d{0,8}")
                ? Optional.empty()
                : Optional.of("must specify a positive integer for log opt '%s': %s".formatted(key, value));
    }

    private String option(String key) {
        return options.getOrDefault(key, "");
    }
}
