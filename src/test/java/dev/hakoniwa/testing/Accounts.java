package dev.hakoniwa.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// The accounts that a test calls as. Inside its JVM they are those that it names; where all tests share what is
/// shipped, each test has an account of its own in the place of each that it names.
public final class Accounts {
    private static final Pattern ID = Pattern.compile("(?<!\\d)\\d{12}(?!\\d)");
    private static final AtomicLong NEXT = new AtomicLong(700_000_000_000L);

    private final Map<String, String> own = new HashMap<>();

    /// The account in the place of the one that a test names.
    public String of(String named) {
        return !Shipped.isPlayed() || own.containsValue(named)
                ? named
                : own.computeIfAbsent(named, _ -> String.valueOf(NEXT.getAndIncrement()));
    }

    /// A text, such as an ARN, with the account in the place of each that it names.
    public String in(String text) {
        return ID.matcher(text).replaceAll(id -> of(id.group()));
    }
}
