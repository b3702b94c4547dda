package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.ecs.Errors;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.VolumeFrom;

/// Which containers may wait for which.
final class DependencyRules {
    private DependencyRules() {}

    static void check(Draft draft) {
        for (var container : draft.containers()) {
            container.links().forEach(link -> link(draft, container, link));
            container.dependsOn().forEach(dependency -> dependency(draft, container, dependency));
        }
        noCycle(draft, DependencyRules::links, "Container links should not have a cycle");
        noCycle(draft, DependencyRules::all, "Container dependencies should not have a cycle");
    }

    private static void link(Draft draft, ContainerDefinition container, String link) {
        if (draft.networkMode() != NetworkMode.BRIDGE) {
            throw Errors.client("Links are not supported when networkMode=%s.".formatted(draft.networkMode()));
        }
        if (draft.container(linked(link)).isEmpty()) {
            throw Errors.client(
                    "Unknown container '%s' in links of container '%s'.".formatted(linked(link), container.name()));
        }
    }

    private static void dependency(Draft draft, ContainerDefinition container, ContainerDependency dependency) {
        if (dependency.condition() == null) {
            throw Invalid.container(container.name(), "dependsOn.condition");
        }
        Invalid.unlessKnown(dependency.condition(), container.name(), "dependsOn.condition");
        var on = draft.container(dependency.containerName()).orElseThrow(() -> unknown(dependency));
        var mustEnd = dependency.condition() == ContainerCondition.SUCCESS
                || dependency.condition() == ContainerCondition.COMPLETE;
        if (mustEnd && on.essential()) {
            throw Errors.client(
                    "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container");
        }
        if (dependency.condition() == ContainerCondition.HEALTHY && on.healthCheck() == null) {
            throw Errors.client("A dependency container with HEALTHY condition must have a health check configured");
        }
    }

    private static AwsError unknown(ContainerDependency dependency) {
        return Errors.client(
                "Cannot depend on container + '%s' because it does not exist".formatted(dependency.containerName()));
    }

    private static void noCycle(Draft draft, Function<ContainerDefinition, Stream<String>> edges, String message) {
        var done = new HashSet<String>();
        for (var container : draft.containers()) {
            if (isOnCycle(draft, container, edges, new HashSet<>(), done)) {
                throw Errors.client(message);
            }
        }
    }

    /// Walks from the container along `edges`; `path` holds whom the walk has come by.
    private static boolean isOnCycle(
            Draft draft,
            ContainerDefinition container,
            Function<ContainerDefinition, Stream<String>> edges,
            Set<String> path,
            Set<String> done) {
        if (!path.add(container.name())) {
            return true;
        }
        var found = !done.contains(container.name())
                && next(draft, container, edges).stream()
                        .anyMatch(neighbour -> isOnCycle(draft, neighbour, edges, path, done));
        path.remove(container.name());
        done.add(container.name());
        return found;
    }

    private static List<ContainerDefinition> next(
            Draft draft, ContainerDefinition container, Function<ContainerDefinition, Stream<String>> edges) {
        return edges.apply(container)
                .map(draft::container)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Stream<String> links(ContainerDefinition container) {
        return container.links().stream().map(DependencyRules::linked);
    }

    /// Links and borrowed volumes make a container wait, too.
    private static Stream<String> all(ContainerDefinition container) {
        var waits = container.dependsOn().stream().map(ContainerDependency::containerName);
        var borrows = container.volumesFrom().stream().map(VolumeFrom::sourceContainer);
        return Stream.of(waits, borrows, links(container)).flatMap(Function.identity());
    }

    /// A link is a container's name, or that and an alias: `mysql:db`.
    private static String linked(String link) {
        return link.split(":", 2)[0];
    }
}
