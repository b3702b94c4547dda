package dev.hakoniwa.ecs;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.core.Scope;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Tag;

/// A kind of resource that carries tags. Each throws its own kind's error for a resource that isn't there or can't be
/// tagged (any longer).
public interface Taggable {
    /// The type of resource in the ARN: `cluster`, `task-definition`, `service`.
    String type();

    List<Tag> tags(Scope scope, Arn arn);

    /// Puts `tags`, which are checked and complete, in the place of the resource's tags.
    void replaceTags(Scope scope, Arn arn, List<Tag> tags);
}
