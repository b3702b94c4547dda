package dev.hakoniwa.ecs.taskdefinition;

import dev.hakoniwa.core.Arn;
import dev.hakoniwa.ecs.Errors;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Secret;

/// Where the variables of a container may come from, and the credentials of its image's registry.
final class EnvironmentRules {
    private static final int MOST_FILES = 10;
    private static final Pattern PARAMETER = Pattern.compile("[a-zA-Z0-9_./-]{1,1011}(:[a-zA-Z0-9_.-]+)?");

    private EnvironmentRules() {}

    static void check(Draft draft) {
        for (var container : draft.containers()) {
            container.environment().forEach(variable -> variable(container.name(), variable));
            files(container);
            secrets(draft, container);
            credentials(draft, container);
        }
    }

    private static void variable(String container, KeyValuePair variable) {
        if (Invalid.isBlank(variable.name())) {
            throw Invalid.container(container, "environment");
        }
    }

    private static void files(ContainerDefinition container) {
        if (container.environmentFiles().size() > MOST_FILES) {
            throw Errors.client("Too many environment files. A container can have at most %d.".formatted(MOST_FILES));
        }
        container.environmentFiles().forEach(file -> file(container.name(), file));
    }

    private static void file(String container, EnvironmentFile file) {
        if (!"s3".equals(file.typeAsString())) {
            throw Invalid.container(container, "environmentFiles.type");
        }
        if (Invalid.isBlank(file.value())) {
            throw Invalid.container(container, "environmentFiles.value");
        }
        if (!isArnOf("s3", file.value())) {
            throw Errors.clientInvalidArn();
        }
        if (!file.value().endsWith(".env")) {
            throw Invalid.containerBecause(container, "An environment file must have the extension .env.");
        }
    }

    private static void secrets(Draft draft, ContainerDefinition container) {
        container.secrets().forEach(secret -> secret(container.name(), secret));
        unique(container.secrets());
        for (var secret : container.secrets()) {
            if (container.environment().stream()
                    .anyMatch(variable -> variable.name().equals(secret.name()))) {
                throw Errors.client(
                        ("The secret name must be unique and not shared with any new or existing environment"
                                        + " variables set on the container, such as '%s'.")
                                .formatted(secret.name()));
            }
        }
        if (!container.secrets().isEmpty() && !draft.hasExecutionRole()) {
            throw Errors.client(
                    "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.");
        }
    }

    static void unique(List<Secret> secrets) {
        var names = new HashSet<String>();
        for (var secret : secrets) {
            if (!names.add(secret.name())) {
                throw Errors.client(
                        "Duplicate secret names found: %s. Each secret name must be unique.".formatted(secret.name()));
            }
        }
    }

    static void secret(String container, Secret secret) {
        if (Invalid.isBlank(secret.name())) {
            throw Invalid.container(container, "secrets.name");
        }
        var from = secret.valueFrom();
        if (Invalid.isBlank(from)) {
            throw Invalid.container(container, "secrets.valueFrom");
        }
        var isArn = from.startsWith("arn:");
        if (isArn && !isArnOf("secretsmanager", from) && !isArnOf("ssm", from)) {
            throw Errors.clientInvalidArn();
        }
        if (!isArn && !PARAMETER.matcher(from).matches()) {
            throw Invalid.container(container, "secrets.valueFrom");
        }
    }

    private static void credentials(Draft draft, ContainerDefinition container) {
        var credentials = container.repositoryCredentials();
        if (credentials == null) {
            return;
        }
        if (Invalid.isBlank(credentials.credentialsParameter())) {
            throw Invalid.container(container.name(), "repositoryCredentials.credentialsParameter");
        }
        if (!draft.hasExecutionRole()) {
            throw Errors.client(
                    "Private repository authentication requires that the task definition specify a value for"
                            + " executionRoleArn.");
        }
    }

    private static boolean isArnOf(String service, String text) {
        return Arn.parse(text).filter(arn -> arn.service().equals(service)).isPresent();
    }
}
