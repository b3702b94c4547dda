package dev.hakoniwa.ecs.task.engine;

import java.util.Map;

/// Writes a router's sections in the words of Fluent Bit and of Fluentd, to the letter as the ECS agent does.
final class FluentFiles {
    private FluentFiles() {}

    static String fluentBit(RouterSections sections) {
        var file = new StringBuilder();
        for (var input : sections.inputs()) {
            file.append("\n[INPUT]\n    Name ").append(input.plugin()).append('\n');
            file.append(input.tag().isEmpty() ? "" : "    Tag " + input.tag() + "\n");
            options(file, "    ", input.options());
        }
        for (var filter : sections.filters()) {
            file.append("\n[FILTER]\n    Name   grep\n    Match ").append(filter.tag());
            file.append(filter.drops() ? "\n    Exclude log " : "\n    Regex  log ");
            file.append(filter.pattern()).append('\n');
        }
        if (!sections.fields().isEmpty()) {
            file.append("\n[FILTER]\n    Name record_modifier\n    Match *\n");
            options(file, "    Record ", sections.fields());
        }
        file.append(sections.included().isEmpty() ? "" : "\n@INCLUDE " + sections.included() + "\n");
        for (var output : sections.outputs()) {
            file.append("\n[OUTPUT]\n    Name ").append(output.plugin());
            file.append("\n    Match ").append(output.tag()).append('\n');
            options(file, "    ", output.options());
        }
        return file.toString();
    }

    static String fluentd(RouterSections sections) {
        var file = new StringBuilder();
        for (var input : sections.inputs()) {
            file.append("\n<source>\n    @type ").append(input.plugin()).append('\n');
            options(file, "    ", input.options());
            file.append("</source>\n");
        }
        for (var filter : sections.filters()) {
            var section = filter.drops() ? "exclude" : "regexp";
            file.append("""

                    <filter %s>
                        @type  grep
                        <%s>
                            key log
                            pattern %s
                        </%s>
                    </filter>
                    """.formatted(filter.tag(), section, filter.pattern(), section));
        }
        if (!sections.fields().isEmpty()) {
            file.append("\n<filter **>\n    @type record_transformer\n    <record>\n");
            options(file, "        ", sections.fields());
            file.append("    </record>\n</filter>\n");
        }
        file.append(sections.included().isEmpty() ? "" : "\n@include " + sections.included() + "\n");
        for (var output : sections.outputs()) {
            file.append("\n<match ").append(output.tag()).append(">\n    @type ");
            file.append(output.plugin()).append('\n');
            options(file, "    ", output.options());
            file.append("</match>\n");
        }
        return file.toString();
    }

    private static void options(StringBuilder file, String before, Map<String, String> options) {
        options.forEach((key, value) ->
                file.append(before).append(key).append(' ').append(value).append('\n'));
    }
}
