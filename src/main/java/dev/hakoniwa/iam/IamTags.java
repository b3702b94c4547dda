package dev.hakoniwa.iam;

import dev.hakoniwa.aws.Constraints;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.Tag;

/// What IAM allows as tags. Keys differ in more than case.
final class IamTags {
    private static final int MOST = 50;

    private IamTags() {}

    /// The tags with `more` added to them.
    static List<Tag> with(List<Tag> tags, List<Tag> more) {
        var constraints = new Constraints();
        for (var i = 0; i < more.size(); i++) {
            var member = "tags." + (i + 1) + ".member.";
            constraints
                    .required(member + "key", more.get(i).key())
                    .length(member + "key", more.get(i).key(), 1, 128)
                    .required(member + "value", more.get(i).value())
                    .length(member + "value", more.get(i).value(), 0, 256);
        }
        constraints.check(Errors::validation);
        var byKey = new TreeMap<String, Tag>(String.CASE_INSENSITIVE_ORDER);
        more.forEach(tag -> byKey.put(tag.key(), tag));
        if (byKey.size() < more.size()) {
            throw Errors.invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        }
        if (more.stream().anyMatch(tag -> tag.key().regionMatches(true, 0, "aws:", 0, 4))) {
            throw Errors.invalidInput("Keys that start with aws: are reserved for internal use.");
        }
        tags.forEach(tag -> byKey.putIfAbsent(tag.key(), tag));
        if (byKey.size() > MOST) {
            throw Errors.quota("TagsPerResource", MOST);
        }
        return List.copyOf(byKey.values());
    }

    static List<Tag> without(List<Tag> tags, Collection<String> keys) {
        return tags.stream()
                .filter(tag -> keys.stream().noneMatch(tag.key()::equalsIgnoreCase))
                .toList();
    }
}
