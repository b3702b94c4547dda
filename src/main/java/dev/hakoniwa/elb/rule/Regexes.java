package dev.hakoniwa.elb.rule;

import dev.hakoniwa.elb.Errors;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The regular expressions of conditions and transforms.
final class Regexes {
    private static final Pattern GROUP = Pattern.compile("\\$(\\d)");

    private Regexes() {}

    static Pattern compiled(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException _) {
            throw Errors.validation("The regular expression '%s' is not valid".formatted(regex));
        }
    }

    /// Refuses a replacement that names a group which the expression doesn't have, or that can't be part of a request.
    static void checkReplacement(Pattern regex, String replacement) {
        if (replacement.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw Errors.validation("The replacement '%s' contains invalid characters".formatted(replacement));
        }
        var groups = regex.matcher("").groupCount();
        var named = GROUP.matcher(replacement);
        while (named.find()) {
            if (Integer.parseInt(named.group(1)) > groups) {
                throw Errors.validation("The replacement '%s' refers to a capture group that '%s' does not have"
                        .formatted(replacement, regex));
            }
        }
    }
}
