package dev.hakoniwa.iam;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/// A managed policy: its shape, and its versions, the newest first, with their texts as they were sent.
///
/// @param lastVersion the number of the newest version there ever was
record KeptPolicy(Policy shape, List<PolicyVersion> versions, int lastVersion) {
    KeptPolicy {
        versions = List.copyOf(versions);
    }

    String arn() {
        return shape.arn();
    }

    Optional<PolicyVersion> version(String versionId) {
        return versions.stream().filter(v -> v.versionId().equals(versionId)).findFirst();
    }

    /// The same policy with another version being the one that counts.
    KeptPolicy withDefault(String versionId) {
        var marked = versions.stream()
                .map(v -> v.copy(c -> c.isDefaultVersion(v.versionId().equals(versionId))))
                .toList();
        return new KeptPolicy(shape.copy(p -> p.defaultVersionId(versionId)), marked, lastVersion);
    }
}
