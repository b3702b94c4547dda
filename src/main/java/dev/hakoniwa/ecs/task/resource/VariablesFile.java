package dev.hakoniwa.ecs.task.resource;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The text of an environment file (ecs-tasks.md §8). Nothing in it is quoted, escaped or trimmed.
final class VariablesFile {
    private VariablesFile() {}

    /// The file's variables. As a shell would, it takes the last of several lines with one name.
    static Map<String, String> variables(byte[] content) {
        var variables = new LinkedHashMap<String, String>();
        new String(content, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .filter(line -> line.indexOf('=') > 0)
                .forEach(line -> {
                    var equals = line.indexOf('=');
                    variables.put(line.substring(0, equals), line.substring(equals + 1));
                });
        return variables;
    }
}
