package dev.hakoniwa.core;

import org.jspecify.annotations.Nullable;

/// A twelve-digit AWS account id.
public record AccountId(String value) {
    private static final int LENGTH = 12;

    public AccountId {
        if (!isAccountId(value)) {
            throw new IllegalArgumentException("not a 12-digit account id: " + value);
        }
    }

    public static boolean isAccountId(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() == LENGTH;
    }

    @Override
    public String toString() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccountId id && value.equals(id.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
