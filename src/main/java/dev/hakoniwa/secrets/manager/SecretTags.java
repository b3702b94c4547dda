package dev.hakoniwa.secrets.manager;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.secretsmanager.model.Tag;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceResponse;

/// The tags of secrets.
final class SecretTags {
    private static final int MOST = 50;

    private final Secrets secrets;

    SecretTags(Secrets secrets) {
        this.secrets = secrets;
    }

    TagResourceResponse tag(Call call, TagResourceRequest request) {
        var secret = secrets.kept(call.scope(), request.secretId());
        if (!request.hasTags()) {
            Errors.present(null, "tags");
        }
        var tags = merged(secret.about().tags(), request.tags());
        secrets.put(call.scope(), secret.with(secret.about().tagged(tags)));
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untag(Call call, UntagResourceRequest request) {
        var secret = secrets.kept(call.scope(), request.secretId());
        if (!request.hasTagKeys()) {
            Errors.present(null, "tagKeys");
        }
        var tags = new TreeMap<>(secret.about().tags());
        tags.keySet().removeAll(request.tagKeys());
        secrets.put(call.scope(), secret.with(secret.about().tagged(tags)));
        return UntagResourceResponse.builder().build();
    }

    /// The tags with `more` added to them.
    static Map<String, String> merged(Map<String, String> tags, List<Tag> more) {
        var all = new TreeMap<>(tags);
        for (var tag : more) {
            var key = Errors.present(tag.key(), "tags.key");
            new Constraints()
                    .length("tags.key", key, 1, 128)
                    .length("tags.value", tag.value(), 0, 256)
                    .check(Errors::validation);
            if (key.startsWith("aws:")) {
                throw Errors.reservedTag();
            }
            all.put(key, Objects.requireNonNullElse(tag.value(), ""));
        }
        if (all.size() > MOST) {
            throw Errors.tooManyTags();
        }
        return all;
    }
}
