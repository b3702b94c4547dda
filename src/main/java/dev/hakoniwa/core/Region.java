package dev.hakoniwa.core;

import org.jspecify.annotations.Nullable;

/// An AWS region's name. Any name of the right form is a region: none is known in advance.
public record Region(String name) {
    private static final int LONGEST = 63;

    public Region {
        if (!isRegion(name)) {
            throw new IllegalArgumentException("not a region: " + name);
        }
    }

    public static boolean isRegion(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (!isOfName(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST && text.charAt(0) != '-';
    }

    private static boolean isOfName(char c) {
        return c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Region region && name.equals(region.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
