package dev.hakoniwa.tmds;

import static dev.hakoniwa.ecs.TaskEndpoints.USUAL_AGENT;

import java.util.Arrays;
import java.util.List;

/// A request of a task's.
///
/// @param source the address it comes from
/// @param id the value of the query's `id`; empty without
record Ask(String source, String method, String path, String id, String body) {
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
