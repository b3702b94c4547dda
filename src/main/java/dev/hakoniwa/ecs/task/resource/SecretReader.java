package dev.hakoniwa.ecs.task.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.ecs.task.resource.SecretReference.AsmSecret;
import dev.hakoniwa.ecs.task.resource.SecretReference.SsmParameter;
import dev.hakoniwa.ecs.task.state.LiveTask;
import dev.hakoniwa.runtime.EngineException;
import dev.hakoniwa.runtime.EngineException.Kind;
import dev.hakoniwa.runtime.Images.Login;
import dev.hakoniwa.secrets.SecretValues;
import org.jspecify.annotations.Nullable;

/// Reads secrets for a task, as its execution role, and words what goes wrong as ECS does: Fargate's texts are known
/// from those who met them, those of the agent on EC2 partly by memory.
final class SecretReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ON_FARGATE =
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ";
    private static final String RETRIED = "service call has been retried 1 time(s): ";

    private final SecretValues secrets;
    private final ExecutionRole role;

    SecretReader(SecretValues secrets, ExecutionRole role) {
        this.secrets = secrets;
        this.role = role;
    }

    /// The value that `valueFrom` leads to.
    String value(LiveTask task, String valueFrom) {
        var reference = SecretReference.of(task.key().scope(), valueFrom)
                .orElseThrow(() -> secretFailure(
                        task, valueFrom, "unexpected ARN format with parameters when trying to retrieve ASM secret"));
        return switch (reference) {
            case AsmSecret secret -> secret(task, secret, valueFrom);
            case SsmParameter parameter -> parameter(task, parameter);
        };
    }

    /// The login that a secret of Secrets Manager holds as JSON.
    ///
    /// @param credentialsParameter the secret's ARN, or its name in the task's region
    Login login(LiveTask task, String credentialsParameter) {
        var secret = SecretReference.of(task.key().scope(), credentialsParameter)
                .filter(AsmSecret.class::isInstance)
                .map(AsmSecret.class::cast)
                .orElseGet(() -> new AsmSecret(task.key().scope(), credentialsParameter, "", "", ""));
        var text = text(task, secret, credentialsParameter);
        var json = parse(text);
        var username = json.path("username").asText("");
        var password = json.path("password").asText("");
        if (username.isEmpty() || password.isEmpty()) {
            throw secretFailure(
                    task, credentialsParameter, "invalid secret value: it must hold a username and a password as JSON");
        }
        return new Login(username, password);
    }

    private String secret(LiveTask task, AsmSecret secret, String valueFrom) {
        var text = text(task, secret, valueFrom);
        if (secret.jsonKey().isEmpty()) {
            return text;
        }
        var member = parse(text).path(secret.jsonKey());
        if (member.isMissingNode()) {
            throw secretFailure(
                    task,
                    valueFrom,
                    "retrieved secret from Secrets Manager did not contain json key " + secret.jsonKey());
        }
        return member.isTextual() ? member.asText() : member.toString();
    }

    private String text(LiveTask task, AsmSecret secret, String valueFrom) {
        try {
            role.check(task, "secretsmanager:GetSecretValue", secret.arn());
            return secrets.secret(secret.scope(), secret.arn(), ifAny(secret.versionId()), ifAny(secret.stage()));
        } catch (AwsError e) {
            throw secretFailure(
                    task,
                    valueFrom,
                    "failed to fetch secret %s from secrets manager: %s: %s"
                            .formatted(secret.arn(), e.code(), e.message()));
        }
    }

    private String parameter(LiveTask task, SsmParameter parameter) {
        try {
            role.check(task, "ssm:GetParameters", parameter.arn());
            return secrets.parameter(parameter.scope(), parameter.name())
                    .orElseThrow(
                            () -> parameterFailure(task, parameter, "invalid ssm parameters: " + parameter.name()));
        } catch (AwsError e) {
            throw parameterFailure(task, parameter, "%s: %s".formatted(e.code(), e.message()));
        }
    }

    private static @Nullable String ifAny(String text) {
        return text.isEmpty() ? null : text;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }

    private static EngineException secretFailure(LiveTask task, String valueFrom, String why) {
        return failure(
                task.spec().isFargate()
                        ? ON_FARGATE + "unable to retrieve secret from asm: " + RETRIED + why
                        : "Fetching secret data from AWS Secrets Manager in region %s: secret %s: %s"
                                .formatted(task.key().scope().region(), valueFrom, why));
    }

    private static EngineException parameterFailure(LiveTask task, SsmParameter parameter, String why) {
        return failure(
                task.spec().isFargate()
                        ? ON_FARGATE + "unable to retrieve secrets from ssm: " + RETRIED + why
                        : "Fetching secret data from SSM Parameter Store in %s: %s"
                                .formatted(parameter.scope().region(), why));
    }

    private static EngineException failure(String text) {
        return new EngineException(Kind.REFUSED, text);
    }
}
