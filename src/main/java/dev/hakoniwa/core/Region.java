package dev.hakoniwa.core;

import java.util.regex.Pattern;

/// An AWS region's name. Any name of the right form is a region: none is known in advance.
public record Region(String name) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public Region {
        if (!isRegion(name)) {
            throw new IllegalArgumentException("not a region: " + name);
        }
    }

    public static boolean isRegion(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
