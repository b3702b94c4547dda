package dev.hakoniwa.core;

/// A twelve-digit AWS account id.
public record AccountId(String value) {
    private static final int LENGTH = 12;

    public AccountId {
        if (!isAccountId(value)) {
            throw new IllegalArgumentException("not a 12-digit account id: " + value);
        }
    }

    public static boolean isAccountId(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return value;
    }
}
