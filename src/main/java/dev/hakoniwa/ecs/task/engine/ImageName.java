package dev.hakoniwa.ecs.task.engine;

import dev.hakoniwa.ecs.task.state.LiveTask;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/// What is pulled for a container: the image that its definition names, or, where its service's deployment has found
/// out
/// before what that is, exactly this one, so that all of a deployment's tasks run the same. Pure.
final class ImageName {
    private ImageName() {}

    static String of(LiveTask task, ContainerDefinition container) {
        var digest = task.spec().origin().digests().get(container.name());
        return digest == null ? container.image() : withoutVersion(container.image()) + "@" + digest;
    }

    private static String withoutVersion(String image) {
        var name = image.split("@", 2)[0];
        var colon = name.indexOf(':', name.lastIndexOf('/') + 1);
        return colon < 0 ? name : name.substring(0, colon);
    }
}
