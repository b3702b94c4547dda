package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Constraints;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What IAM allows as names and paths.
final class Names {
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
    private static final Pattern PATH = Pattern.compile("/|/[\\x21-\\x7E]+/");

    private Names() {}

    static String role(@Nullable String name) {
        return name(name, "roleName", 64);
    }

    static String policy(@Nullable String name) {
        return name(name, "policyName", 128);
    }

    static String path(@Nullable String path) {
        if (path == null) {
            return "/";
        }
        new Constraints().length("path", path, 1, 512).check(Errors::validation);
        if (!PATH.matcher(path).matches()) {
            throw Errors.validation("The specified value for path is invalid. It must begin and end with / and contain "
                    + "only alphanumeric characters and/or / characters.");
        }
        return path;
    }

    static String prefix(@Nullable String prefix) {
        return prefix == null ? "/" : prefix;
    }

    static String arn(@Nullable String arn, String member) {
        new Constraints().required(member, arn).length(member, arn, 20, 2048).check(Errors::validation);
        return present(arn);
    }

    static String required(@Nullable String value, String member) {
        new Constraints().required(member, value).check(Errors::validation);
        return present(value);
    }

    private static String name(@Nullable String name, String member, int longest) {
        new Constraints()
                .required(member, name)
                .length(member, name, 1, longest)
                .check(Errors::validation);
        var present = present(name);
        if (!NAME.matcher(present).matches()) {
            throw Errors.validation("The specified value for " + member
                    + " is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
        }
        return present;
    }

    private static String present(@Nullable String value) {
        if (value == null) {
            throw new IllegalStateException("the constraints let an absent member pass");
        }
        return value;
    }
}
