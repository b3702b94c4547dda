package dev.hakoniwa.tmds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hakoniwa.ecs.Agent.Endpoint;
import java.util.List;
import java.util.function.Function;

/// Versions 3 and 4 of task metadata, which know the container by an id in the path.
final class MetadataById {
    private final Callers callers;
    private final Metadata metadata;
    private final Statistics statistics;
    private final Associations associations;

    MetadataById(Callers callers, Metadata metadata, Statistics statistics) {
        this.callers = callers;
        this.metadata = metadata;
        this.statistics = statistics;
        this.associations = new Associations(callers);
    }

    /// @param parts of the path: version, id, and what is wanted
    Answer answer(Ask ask, List<String> parts, Version version) {
        if (parts.size() > 3
                && parts.get(2).equals("associations")
                && !parts.get(3).isEmpty()) {
            return associations.answer(ask, parts, version);
        }
        var lookup = new Lookup(ask, parts.size() > 1 ? parts.get(1) : "", version);
        var wanted = String.join("/", parts.subList(Math.min(2, parts.size()), parts.size()));
        if (parts.size() > 2 && wanted.isEmpty()) {
            return Answer.noSuchPage();
        }
        return switch (wanted) {
            case "" ->
                lookup.container("container metadata", e -> metadata.container(e.task(), e.container(), version));
            case "task" -> lookup.task("task metadata", e -> metadata.task(e.task(), version, false));
            case "taskWithTags" -> lookup.task("task metadata", e -> metadata.task(e.task(), version, true));
            case "stats" -> lookup.task("container stats", e -> statistics.of(e.task(), e.container(), version));
            case "task/stats" -> lookup.task("task stats", e -> statistics.of(e.task(), version));
            default -> Answer.noSuchPage();
        };
    }

    private final class Lookup {
        private final Ask ask;
        private final String id;
        private final Version version;

        Lookup(Ask ask, String id, Version version) {
            this.ask = ask;
            this.id = id;
            this.version = version;
        }

        Answer container(String what, Function<Endpoint, JsonNode> content) {
            return find(what, "container ID", "docker ID", content);
        }

        Answer task(String what, Function<Endpoint, JsonNode> content) {
            return find(what, "task arn", "task Arn", content);
        }

        private Answer find(String what, String missing, String reason, Function<Endpoint, JsonNode> content) {
            return callers.endpoint(ask, id)
                    .map(content)
                    .map(Answer::of)
                    .orElseGet(() -> Answer.error(
                            version == Version.V4 ? 404 : 400,
                            "%s %s handler: unable to get %s from request: unable to get %s from v3 endpoint ID: %s"
                                    .formatted(version, what, missing, reason, id)));
        }
    }
}
