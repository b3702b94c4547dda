package dev.hakoniwa.ecs.placement;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an expression of the cluster query language looks at.
///
/// @param attribute the attribute's name; empty for another kind
record Subject(Kind kind, String attribute) {
    private static final String ATTRIBUTE = "attribute:";
    private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[A-Za-z0-9_./\\\\-]{1,128}");

    /// The kinds of subjects, and how each is compared.
    enum Kind {
        AGENT_CONNECTED("agentConnected", Scale.TEXT),
        AGENT_VERSION("agentVersion", Scale.VERSION),
        EC2_INSTANCE_ID("ec2InstanceId", Scale.TEXT),
        REGISTERED_AT("registeredAt", Scale.TIME),
        RUNNING_TASKS_COUNT("runningTasksCount", Scale.NUMBER),
        TASK_GROUP("task:group", Scale.TEXT),
        ATTRIBUTE("attribute", Scale.TEXT);

        private final String spelling;
        private final Scale scale;

        Kind(String spelling, Scale scale) {
            this.spelling = spelling;
            this.scale = scale;
        }

        boolean allows(Operator operator) {
            return switch (operator) {
                case EQUALS, NOT_EQUALS -> true;
                case GREATER_THAN, GREATER_THAN_EQUAL, LESS_THAN, LESS_THAN_EQUAL ->
                    this == ATTRIBUTE || scale != Scale.TEXT;
                case IN, NOT_IN, MATCHES, NOT_MATCHES -> scale == Scale.TEXT;
                case EXISTS, NOT_EXISTS -> this == ATTRIBUTE;
            };
        }

        Scale scale() {
            return scale;
        }
    }

    static Optional<Subject> of(String text) {
        if (text.startsWith(ATTRIBUTE)) {
            var name = text.substring(ATTRIBUTE.length());
            return ATTRIBUTE_NAME.matcher(name).matches()
                    ? Optional.of(new Subject(Kind.ATTRIBUTE, name))
                    : Optional.empty();
        }
        return Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.ATTRIBUTE && kind.spelling.equals(text))
                .map(kind -> new Subject(kind, ""))
                .findFirst();
    }

    /// What the instance has of it: nothing, one value, or several task groups.
    List<String> values(Facts facts) {
        return switch (kind) {
            case AGENT_CONNECTED -> List.of(Boolean.toString(facts.agentConnected()));
            case AGENT_VERSION -> List.of(facts.agentVersion());
            case EC2_INSTANCE_ID -> List.of(facts.ec2InstanceId());
            case REGISTERED_AT -> List.of(facts.registeredAt().toString());
            case RUNNING_TASKS_COUNT -> List.of(Integer.toString(facts.runningTasksCount()));
            case TASK_GROUP -> facts.taskGroups();
            case ATTRIBUTE -> facts.attribute(attribute).stream().toList();
        };
    }
}
