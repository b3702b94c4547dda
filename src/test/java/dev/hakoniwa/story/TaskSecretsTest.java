package dev.hakoniwa.story;

import static dev.hakoniwa.story.TaskStory.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.DockerTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EnvironmentFileType;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/// Programs in containers find the secrets and files that their definitions name, and images come from registries that
/// want a login.
@DockerTest
final class TaskSecretsTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/execution";

    @RegisterExtension
    private static final TaskStory AWS = new TaskStory();

    @TempDir
    private static Path dockerConfig;

    @Test
    void secretsParametersAndEnvironmentFilesAreInTheEnvironment() {
        var secret = secret("db", "{\"password\": \"s3cret \\\"quoted\\\"\"}");
        parameter("/app/token", "t0ken");
        file("settings", "app.env", "COLOUR=dark blue\nTOKEN=not this one\n");

        var task = AWS.stopped(run(shell("app", "echo \"$PASSWORD\"; echo $TOKEN; echo \"$COLOUR\"")
                .secrets(
                        s -> s.name("PASSWORD").valueFrom(secret + ":password::"),
                        s -> s.name("TOKEN").valueFrom("/app/token"))
                .environmentFiles(f -> f.type(EnvironmentFileType.S3).value("arn:aws:s3:::settings/app.env"))));

        assertThat(AWS.output(task, "app")).containsExactly("s3cret \"quoted\"", "t0ken", "dark blue");
    }

    @Test
    void aTaskWhoseSecretIsMissingNeverStarts() {
        var task = AWS.stopped(
                run(shell("app", "echo started").secrets(s -> s.name("TOKEN").valueFrom("/app/gone"))));

        assertThat(task.stopCodeAsString()).isEqualTo("TaskFailedToStart");
        assertThat(task.stoppedReason())
                .isEqualTo(
                        "Fetching secret data from SSM Parameter Store in us-east-1: invalid ssm parameters: /app/gone");
        assertThat(AWS.output(task, "app")).isEmpty();
        assertThat(AWS.onEngine(task)).isEmpty();
    }

    /// The registry is another emulator's.
    @Test
    void anImageIsPulledFromARegistryThatWantsALogin() {
        try (var elsewhere = RunningEmulator.start()) {
            var image = new DockerCommands(dockerConfig).push(elsewhere);
            var login = "{\"username\": \"AWS\", \"password\": \"%s\"}";
            var right = secret("right", login.formatted(password(elsewhere)));
            var wrong = secret("wrong", login.formatted("guessed"));

            var refused = AWS.stopped(run(app(image, wrong)));
            var pulled = AWS.stopped(run(app(image, right)));

            assertThat(TaskStory.container(refused, "app").reason())
                    .startsWith("CannotPullContainerError: Error response from daemon: ")
                    .contains("unauthorized");
            assertThat(AWS.output(pulled, "app")).containsExactly("pulled");
            new DockerCommands(dockerConfig).run("docker", "rmi", image);
        }
    }

    private static ContainerDefinition.Builder app(String image, String login) {
        return shell("app", "echo pulled").image(image).repositoryCredentials(c -> c.credentialsParameter(login));
    }

    private static Task run(ContainerDefinition.Builder app) {
        return AWS.run(AWS.define(r -> r.executionRoleArn(ROLE), app));
    }

    private static String secret(String name, String text) {
        try (var secrets = AWS.emulator().client(SecretsManagerClient.builder())) {
            return secrets.createSecret(s -> s.name(name).secretString(text)).arn();
        }
    }

    private static void parameter(String name, String value) {
        try (var parameters = AWS.emulator().client(SsmClient.builder())) {
            parameters.putParameter(p -> p.name(name).value(value).type(ParameterType.SECURE_STRING));
        }
    }

    private static void file(String bucket, String key, String text) {
        try (var s3 = AWS.emulator().client(S3Client.builder().forcePathStyle(true))) {
            s3.createBucket(b -> b.bucket(bucket));
            s3.putObject(p -> p.bucket(bucket).key(key), RequestBody.fromString(text));
        }
    }

    private static String password(RunningEmulator registry) {
        try (var ecr = registry.client(EcrClient.builder())) {
            return DockerCommands.password(ecr);
        }
    }
}
