package dev.hakoniwa.tmds;

import static dev.hakoniwa.ecs.TaskEndpoints.USUAL_AGENT;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A request of a task's.
///
/// @param source the address it comes from
/// @param query the first value of each of the query's parameters
record Ask(String source, String method, String path, Map<String, String> query, String body) {
    Ask {
        query = Map.copyOf(query);
    }

    /// The value of a parameter of the query's; empty without.
    String value(String parameter) {
        return query.getOrDefault(parameter, "");
    }

    /// The parts of the path between its slashes.
    List<String> parts() {
        return Arrays.asList(path.substring(1).split("/", -1));
    }

    /// Whether the machine itself asks, or a container that shares its network.
    boolean isFromMachine() {
        return USUAL_AGENT.endsWith("/" + source) || source.startsWith("127.");
    }

    /// Whether the path is that of a task's endpoint; the API's own and the registry's are others.
    static boolean isFor(String path) {
        return path.matches("""
                /v1/credentials/?\
                |/v2/(credentials|metadata|metadataWithTags|stats)(/[^/]*)?\
                |/(v3|v4|api)/.*""");
    }
}
