package dev.hakoniwa.secrets.parameter;

import dev.hakoniwa.aws.Constraints;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the Parameter Store allows as a parameter's name.
final class Names {
    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9_.-]+");
    private static final Pattern PATH = Pattern.compile("(/[a-zA-Z0-9_.-]+)+");
    private static final int MOST_LEVELS = 15;
    private static final int LONGEST = 1011;

    private Names() {}

    /// The name of a parameter that is to be put.
    static String checked(@Nullable String sent) {
        var name = Errors.present(sent, "name");
        new Constraints().length("name", name, 1, LONGEST).check(Errors::validation);
        refuseReserved(name);
        if (name.indexOf('/') > 0) {
            throw Errors.notFullyQualified();
        }
        if (!PLAIN.matcher(name).matches() && !PATH.matcher(name).matches()) {
            throw Errors.invalidName();
        }
        if (name.chars().filter(c -> c == '/').count() > MOST_LEVELS) {
            throw Errors.tooDeep();
        }
        return name;
    }

    private static void refuseReserved(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("/aws/")) {
            throw Errors.reservedName(name);
        }
        var bare = lower.startsWith("/") ? lower.substring(1) : lower;
        if (bare.startsWith("aws") || bare.startsWith("ssm")) {
            throw bare.contains("/") ? Errors.invalidName() : Errors.reservedPrefix();
        }
    }

    /// A path of a hierarchy, without the `/` that it may end with.
    static String path(@Nullable String sent) {
        var path = Errors.present(sent, "path");
        var bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (!path.startsWith("/") || (!bare.isEmpty() && !PATH.matcher(bare).matches())) {
            throw Errors.invalidPath();
        }
        return bare;
    }

    /// Whether the parameter is below the path, and not deeper than one level unless all are asked for.
    static boolean isBelow(String path, boolean recursive, String name) {
        return name.startsWith(path + "/") && (recursive || name.indexOf('/', path.length() + 1) < 0);
    }
}
