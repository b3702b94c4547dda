package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.ecs.Errors;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.FirelensConfiguration;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;

/// Where the containers of a task may log to, and through whom.
final class LoggingRules {
    private static final List<String> AWSLOGS = List.of("awslogs-region", "awslogs-group");
    private static final List<String> AWSLOGS_ON_FARGATE =
            List.of("awslogs-region", "awslogs-group", "awslogs-stream-prefix");
    private static final List<String> SPLUNK = List.of("splunk-url", "splunk-token");
    private static final Pattern NUMERIC_USER = Pattern.compile("\\d+(:[\\w-]+)?");

    private LoggingRules() {}

    static void check(Draft draft) {
        for (var container : draft.containers()) {
            if (container.logConfiguration() != null) {
                logging(draft, container, container.logConfiguration());
            }
            if (container.firelensConfiguration() != null) {
                router(container, container.firelensConfiguration());
            }
        }
        firelens(draft);
    }

    private static void logging(Draft draft, ContainerDefinition container, LogConfiguration logging) {
        if (logging.logDriver() == null) {
            throw Invalid.container(container.name(), "logConfiguration.logDriver");
        }
        Invalid.unlessKnown(logging.logDriver(), container.name(), "logConfiguration.logDriver");
        logging.secretOptions().forEach(secret -> EnvironmentRules.secret(container.name(), secret));
        EnvironmentRules.unique(logging.secretOptions());
        var needed = needed(draft, logging.logDriver());
        if (!needed.stream().allMatch(option -> has(logging, option))) {
            throw Errors.client(
                    "Log driver %s requires options: %s".formatted(logging.logDriver(), String.join(", ", needed)));
        }
        if (!logging.secretOptions().isEmpty() && !draft.hasExecutionRole()) {
            throw Errors.client(
                    "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.");
        }
    }

    private static List<String> needed(Draft draft, LogDriver driver) {
        return switch (driver) {
            case AWSLOGS -> draft.requires(Compatibility.FARGATE) ? AWSLOGS_ON_FARGATE : AWSLOGS;
            case SPLUNK -> SPLUNK;
            case JSON_FILE, SYSLOG, JOURNALD, GELF, FLUENTD, AWSFIRELENS, UNKNOWN_TO_SDK_VERSION -> List.of();
        };
    }

    private static boolean has(LogConfiguration logging, String option) {
        return !logging.options().getOrDefault(option, "").isBlank()
                || logging.secretOptions().stream()
                        .anyMatch(secret -> secret.name().equals(option));
    }

    private static void router(ContainerDefinition container, FirelensConfiguration firelens) {
        if (firelens.type() == null) {
            throw Invalid.container(container.name(), "firelensConfiguration.type");
        }
        Invalid.unlessKnown(firelens.type(), container.name(), "firelensConfiguration.type");
        if (!NUMERIC_USER.matcher(container.user()).matches()) {
            throw Errors.client("If 'user' field is specified on firelens container, then 'UID' has to be '0'.");
        }
        file(container.name(), firelens.options());
    }

    private static void file(String container, Map<String, String> options) {
        var type = options.get("config-file-type");
        var value = options.get("config-file-value");
        if (type == null && value == null) {
            return;
        }
        if (type == null || value == null || !List.of("s3", "file").contains(type)) {
            throw Invalid.container(container, "firelensConfiguration.options");
        }
        if (type.equals("s3") && Arn.parse(value).isEmpty()) {
            throw Errors.clientInvalidArn();
        }
    }

    private static void firelens(Draft draft) {
        var routers = draft.containers().stream()
                .filter(c -> c.firelensConfiguration() != null)
                .count();
        var senders =
                draft.containers().stream().filter(LoggingRules::logsToFirelens).count();
        if (routers > 1) {
            throw Errors.client("Only one container in a task definition can have a firelens configuration object.");
        }
        if (senders > 0 && routers == 0) {
            throw Errors.client(
                    "When awsfirelens log driver is specified in log configuration, a firelens configuration"
                            + " object must be configured in one of the containers.");
        }
        if (routers > 0 && senders == 0) {
            throw Errors.client("When a firelensConfiguration object is specified, at least one container has to be"
                    + " configured with the awsfirelens log driver.");
        }
    }

    private static boolean logsToFirelens(ContainerDefinition container) {
        return container.logConfiguration() != null
                && container.logConfiguration().logDriver() == LogDriver.AWSFIRELENS;
    }
}
