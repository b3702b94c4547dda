package dev.hakoniwa.ecs.task.life;

import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;

/// What a container depends on: `dependsOn`, and the START that links and volumesFrom imply (ecs-tasks.md §5).
final class Dependencies {
    private Dependencies() {}

    static Stream<ContainerDependency> of(ContainerDefinition container) {
        var links = container.links().stream().map(link -> start(link.split(":", 2)[0]));
        var volumes = container.volumesFrom().stream().map(from -> start(from.sourceContainer()));
        return Stream.of(container.dependsOn().stream(), links, volumes).flatMap(s -> s);
    }

    private static ContainerDependency start(String name) {
        return ContainerDependency.builder()
                .containerName(name)
                .condition(ContainerCondition.START)
                .build();
    }
}
