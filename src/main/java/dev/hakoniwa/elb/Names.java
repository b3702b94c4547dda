package dev.hakoniwa.elb;

import java.util.regex.Pattern;

/// The form of the names that callers give.
public final class Names {
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9-]*");
    private static final int LONGEST = 32;

    private Names() {}

    /// The name, or AWS's error for one that it doesn't take.
    ///
    /// @param kind such as `Target group`
    public static String checked(String kind, String name) {
        if (name.length() > LONGEST) {
            throw Errors.validation(
                    "%s name '%s' cannot be longer than '%d' characters".formatted(kind, name, LONGEST));
        }
        if (name.isEmpty()) {
            throw Errors.validation("%s name '%s' cannot be shorter than '1' characters".formatted(kind, name));
        }
        if (!CHARACTERS.matcher(name).matches()) {
            throw Errors.validation(
                    "%s name '%s' can only contain characters that are alphanumeric characters or hyphens(-)"
                            .formatted(kind, name));
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            throw Errors.validation("%s name '%s' cannot begin or end with '-'".formatted(kind, name));
        }
        return name;
    }
}
