package dev.hakoniwa.tmds;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/// What a container is associated with, which was for elastic inference and is nothing here: what the agent says then.
final class Associations {
    private final Callers callers;

    Associations(Callers callers) {
        this.callers = callers;
    }

    /// @param parts of the path: version, id, `associations`, a type, and perhaps a name, which may have slashes
    Answer answer(Ask ask, List<String> parts, Version version) {
        var id = parts.get(1);
        var named = parts.size() > 4;
        if (callers.endpoint(ask, id).isEmpty()) {
            var unknown = named
                    ? "unable to get task arn from request: unable to get task Arn from v3 endpoint ID: "
                    : "unable to get container id from request: unable to get docker ID from v3 endpoint ID: ";
            return error(version, unknown + id);
        }
        return named ? one(parts, version) : none();
    }

    private static Answer none() {
        var body = JsonNodeFactory.instance.objectNode();
        body.putArray("Associations");
        return Answer.of(body);
    }

    private static Answer one(List<String> parts, Version version) {
        var name = String.join("/", parts.subList(4, parts.size()));
        return name.isEmpty()
                ? error(version, "unable to get association name from request")
                : Answer.error(400, """
                        Unable to write container association response: unable to get association from association \
                        type %s and association name %s""".formatted(parts.get(3), name));
    }

    private static Answer error(Version version, String text) {
        return Answer.error(400, version + " container associations handler: " + text);
    }
}
