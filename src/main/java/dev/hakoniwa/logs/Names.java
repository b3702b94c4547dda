package dev.hakoniwa.logs;

import dev.hakoniwa.aws.Constraints;
import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The names of groups and streams, as requests give them.
final class Names {
    private static final String ARN_PREFIX = "log-group:";
    private static final int LONGEST = 512;
    private static final Pattern GROUP = Pattern.compile("[\\.\\-_/#A-Za-z0-9]+");
    private static final Pattern STREAM = Pattern.compile("[^:*]*");
    private static final Pattern IDENTIFIER = Pattern.compile("[\\w#+=/:,.@-]*");

    private Names() {}

    static String group(@Nullable String name) {
        new Constraints()
                .required("logGroupName", name)
                .length("logGroupName", name, 1, LONGEST)
                .pattern("logGroupName", name, GROUP)
                .check(Errors::invalidParameter);
        return Errors.present(name, "logGroupName");
    }

    static String stream(@Nullable String name) {
        new Constraints()
                .required("logStreamName", name)
                .length("logStreamName", name, 1, LONGEST)
                .pattern("logStreamName", name, STREAM)
                .check(Errors::invalidParameter);
        return Errors.present(name, "logStreamName");
    }

    /// The group that a request names by name or, in newer clients, by an identifier, which is a name or an ARN.
    static String group(Scope scope, @Nullable String name, @Nullable String identifier) {
        if ((name == null) == (identifier == null)) {
            throw Errors.oneGroupOnly();
        }
        return identifier == null ? group(name) : identified(scope, identifier);
    }

    /// The group that an identifier names.
    static String identified(Scope scope, String identifier) {
        new Constraints()
                .length("logGroupIdentifier", identifier, 1, 2048)
                .pattern("logGroupIdentifier", identifier, IDENTIFIER)
                .check(Errors::invalidParameter);
        return identifier.startsWith("arn:") ? ofArn(scope, identifier) : identifier;
    }

    /// The group of an ARN, whose last part may be `:*`.
    static String ofArn(Scope scope, String text) {
        var arn = Arn.parse(text)
                .filter(a -> a.service().equals("logs") && a.resource().startsWith(ARN_PREFIX))
                .orElseThrow(() -> Errors.invalidParameter("Invalid resource ARN: " + text));
        if (!arn.isIn(scope)) {
            throw Errors.groupNotFound();
        }
        var name = arn.resource().substring(ARN_PREFIX.length());
        return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
    }

    /// What the names of the groups that are looked for begin with or have in them.
    static String groupPart(@Nullable String part, String member) {
        new Constraints()
                .length(member, part, 1, LONGEST)
                .pattern(member, part, GROUP)
                .check(Errors::invalidParameter);
        return part == null ? "" : part;
    }

    /// What the names of the streams that are looked for begin with.
    static String streamPrefix(@Nullable String prefix) {
        new Constraints()
                .length("logStreamNamePrefix", prefix, 1, LONGEST)
                .pattern("logStreamNamePrefix", prefix, STREAM)
                .check(Errors::invalidParameter);
        return prefix == null ? "" : prefix;
    }
}
