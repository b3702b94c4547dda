package dev.hakoniwa.secrets.manager;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/// A secret: what is said of it, and its versions.
record Secret(String name, String arn, Instant createdAt, About about, Versions versions) {
    /// What is said of a secret.
    ///
    /// @param changedAt when the secret or one of its versions last changed
    /// @param accessedAt the day on which it was last read
    /// @param deletion when it goes; null unless it was marked for deletion
    /// @param policy who may do what with it, as it was put
    record About(
            @Nullable String description,
            @Nullable String kmsKeyId,
            @Nullable String type,
            Map<String, String> tags,
            @Nullable String policy,
            Instant changedAt,
            @Nullable Instant accessedAt,
            @Nullable Instant deletion) {
        About {
            tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        }

        About described(@Nullable String newDescription, @Nullable String newKey, @Nullable String newType) {
            return new About(
                    newDescription == null ? description : newDescription,
                    newKey == null ? kmsKeyId : newKey,
                    newType == null ? type : newType,
                    tags,
                    policy,
                    changedAt,
                    accessedAt,
                    deletion);
        }

        About tagged(Map<String, String> newTags) {
            return new About(description, kmsKeyId, type, newTags, policy, changedAt, accessedAt, deletion);
        }

        About under(@Nullable String newPolicy) {
            return new About(description, kmsKeyId, type, tags, newPolicy, changedAt, accessedAt, deletion);
        }

        About changed(Instant now) {
            return new About(description, kmsKeyId, type, tags, policy, now, accessedAt, deletion);
        }

        About accessed(Instant day) {
            return new About(description, kmsKeyId, type, tags, policy, changedAt, day, deletion);
        }

        About going(@Nullable Instant when) {
            return new About(description, kmsKeyId, type, tags, policy, changedAt, accessedAt, when);
        }
    }

    Secret with(About newAbout) {
        return new Secret(name, arn, createdAt, newAbout, versions);
    }

    Secret with(Versions newVersions) {
        return new Secret(name, arn, createdAt, about, newVersions);
    }

    boolean isGoing() {
        return about.deletion() != null;
    }

    boolean isGone(Instant now) {
        var deletion = about.deletion();
        return deletion != null && !now.isBefore(deletion);
    }

    List<Tag> tagList() {
        return about.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
