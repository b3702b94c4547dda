package dev.hakoniwa.ecs.taskdefinition;

import java.util.List;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// A task definition with its tags, which its shape has no room for.
record Kept(TaskDefinition shape, List<Tag> tags) {
    Kept {
        tags = List.copyOf(tags);
    }
}
