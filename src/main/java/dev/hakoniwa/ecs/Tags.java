package dev.hakoniwa.ecs;

import dev.hakoniwa.aws.AwsError;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Tag;

/// What ECS allows as tags, and how they come together.
public final class Tags {
    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    private Tags() {}

    /// The tags a caller gives to a new resource, checked; of two with the same key the later stands.
    public static List<Tag> checked(List<Tag> tags) {
        tags.forEach(Tags::check);
        return added(List.of(), tags);
    }

    /// `tags` with `more` added, whose values win.
    public static List<Tag> merge(List<Tag> tags, List<Tag> more) {
        var byKey = new LinkedHashMap<String, Tag>();
        tags.forEach(tag -> byKey.put(tag.key(), tag));
        more.forEach(tag -> byKey.put(tag.key(), tag));
        return List.copyOf(byKey.values());
    }

    /// `tags` with `more` added; refused where that would be too many. Tags of AWS's own don't count.
    public static List<Tag> added(List<Tag> tags, List<Tag> more) {
        var together = merge(tags, more);
        if (together.stream().filter(tag -> !isAwsOwn(tag.key())).count() > MOST) {
            throw Errors.invalidParameter("Too many tags. A resource can have at most " + MOST + " tags.");
        }
        return together;
    }

    public static List<Tag> without(List<Tag> tags, Collection<String> keys) {
        return tags.stream().filter(tag -> !keys.contains(tag.key())).toList();
    }

    static void checkKey(String key) {
        if (isAwsOwn(key)) {
            throw Errors.invalidParameter("aws: prefixed tag key names are not allowed for external use.");
        }
    }

    private static void check(Tag tag) {
        var key = tag.key() == null ? "" : tag.key();
        var value = tag.value() == null ? "" : tag.value();
        checkKey(key);
        checkText("key", key, 1, LONGEST_KEY);
        checkText("value", value, 0, LONGEST_VALUE);
    }

    private static void checkText(String member, String text, int shortest, int longest) {
        if (text.length() < shortest) {
            throw refused(member, text, "Member must have length greater than or equal to " + shortest);
        }
        if (text.length() > longest) {
            throw refused(member, text, "Member must have length less than or equal to " + longest);
        }
        if (!ALLOWED.matcher(text).matches()) {
            throw refused(member, text, "Member must satisfy regular expression pattern: " + ALLOWED);
        }
    }

    private static AwsError refused(String member, String text, String constraint) {
        return Errors.invalidParameter(
                "1 validation error detected: Value '%s' at 'tags.%s' failed to satisfy constraint: %s"
                        .formatted(text, member, constraint));
    }

    private static boolean isAwsOwn(String key) {
        return key.regionMatches(true, 0, "aws:", 0, 4);
    }
}
