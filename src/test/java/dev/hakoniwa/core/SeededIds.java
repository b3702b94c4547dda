package dev.hakoniwa.core;

import java.util.random.RandomGenerator;

/// Identifiers that look random: the same seed, the same identifiers.
public final class SeededIds implements Ids {
    private static final String DIGITS = "0123456789abcdef";

    private final RandomGenerator random;

    public SeededIds(long seed) {
        random = new java.util.Random(seed);
    }

    @Override
    public synchronized String hex(int length) {
        return text(length, 16);
    }

    @Override
    public synchronized String digits(int length) {
        return (1 + random.nextInt(9)) + text(length - 1, 10);
    }

    private String text(int length, int base) {
        var text = new StringBuilder(length);
        for (var i = 0; i < length; i++) {
            text.append(DIGITS.charAt(random.nextInt(base)));
        }
        return text.toString();
    }
}
