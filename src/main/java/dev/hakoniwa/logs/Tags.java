package dev.hakoniwa.logs;

import dev.hakoniwa.aws.Constraints;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What Logs allows as tags.
final class Tags {
    private static final int MOST = 50;
    private static final Pattern KEY = Pattern.compile("([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)");
    private static final Pattern VALUE = Pattern.compile("([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)");

    private Tags() {}

    /// The tags with `more` added to them.
    static Map<String, String> checked(Map<String, String> tags, Map<String, String> more) {
        var constraints = new Constraints();
        more.forEach((key, value) -> constraints
                .length("tags", key, 1, 128)
                .pattern("tags", key, KEY)
                .length("tags", value, 0, 256)
                .pattern("tags", value, VALUE));
        constraints.check(Errors::invalidParameter);
        if (more.keySet().stream().anyMatch(key -> key.startsWith("aws:"))) {
            throw Errors.invalidParameter("Tag keys starting with 'aws:' are reserved for AWS use.");
        }
        var all = new TreeMap<>(tags);
        all.putAll(more);
        if (all.size() > MOST) {
            throw Errors.tooManyTags();
        }
        return all;
    }

    static Map<String, String> without(Map<String, String> tags, Collection<String> keys) {
        var rest = new TreeMap<>(tags);
        rest.keySet().removeAll(keys);
        return rest;
    }
}
