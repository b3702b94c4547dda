package dev.hakoniwa.ecs.task.life;

import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.ecs.task.state.TaskContainer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;

/// What a container depends on: `dependsOn`, and the START that links, volumesFrom and logging through the task's
/// router
/// imply (ecs-tasks.md §5, §14).
final class Dependencies {
    private Dependencies() {}

    static Stream<ContainerDependency> of(LiveTask task, TaskContainer depending) {
        var container = depending.definition();
        var links = container.links().stream().map(link -> start(link.split(":", 2)[0]));
        var volumes = container.volumesFrom().stream().map(from -> start(from.sourceContainer()));
        var stated = Stream.of(container.dependsOn().stream(), links, volumes).flatMap(s -> s);
        return depending.logsToRouter() ? Stream.concat(stated, router(task)) : stated;
    }

    /// A router that itself waits for others isn't waited for, lest they wait for one another.
    private static Stream<ContainerDependency> router(LiveTask task) {
        return task.router().stream()
                .filter(router -> router.definition().dependsOn().isEmpty())
                .map(router -> start(router.name()));
    }

    private static ContainerDependency start(String name) {
        return ContainerDependency.builder()
                .containerName(name)
                .condition(ContainerCondition.START)
                .build();
    }
}
