package dev.hakoniwa.core;

import java.util.regex.Pattern;

/// A twelve-digit AWS account id.
public record AccountId(String value) {
    private static final Pattern FORM = Pattern.compile("\\d{12}");

    public AccountId {
        if (!isAccountId(value)) {
            throw new IllegalArgumentException("not a 12-digit account id: " + value);
        }
    }

    public static boolean isAccountId(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
