package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.Images.Login;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/// Secrets of containers and of their log drivers, and logins for their images' registries.
final class TaskSecretsTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/execution";
    private static final String ON_FARGATE =
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ";

    private final Story story = Story.calm();

    @Test
    void aContainerGetsASecretOfSecretsManager() {
        var arn = secret("db", "s3cret");

        assertThat(environment(arn)).containsEntry("VALUE", "s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "port", "tls"})
    void aMemberOfItsJsonIsEnough(String key) {
        var arn = secret("db", "{\"password\": \"s3cret\", \"port\": 5432, \"tls\": true}");

        assertThat(environment(arn + ":" + key + "::"))
                .containsEntry(
                        "VALUE",
                        Map.of("password", "s3cret", "port", "5432", "tls", "true")
                                .get(key));
    }

    @Test
    void aStageOrAVersionLeadsToAnEarlierValue() {
        var arn = secret("db", "first");
        var first = story.aws()
                .secretsManager()
                .getSecretValue(g -> g.secretId(arn))
                .versionId();
        story.aws().secretsManager().putSecretValue(p -> p.secretId(arn).secretString("second"));

        assertThat(environment(arn)).containsEntry("VALUE", "second");
        assertThat(environment(arn + "::AWSPREVIOUS:")).containsEntry("VALUE", "first");
        assertThat(environment(arn + ":::" + first)).containsEntry("VALUE", "first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/db", "arn:aws:ssm:us-east-1:000000000000:parameter/app/db"})
    void aContainerGetsAParameterByNameOrArn(String valueFrom) {
        story.aws().ssm().putParameter(p -> p.name("/app/db").value("s3cret").type(ParameterType.SECURE_STRING));

        assertThat(environment(valueFrom)).containsEntry("VALUE", "s3cret");
    }

    @Test
    void aSecretMayBeOfAnotherRegion() {
        var ireland = new Scope(new AccountId("000000000000"), new Region("eu-west-1"));
        var arn = story.aws()
                .secretsManager(ireland)
                .createSecret(s -> s.name("db").secretString("there"))
                .arn();

        assertThat(environment(arn)).containsEntry("VALUE", "there");
    }

    @Test
    void aSecretThatChangesDoesNotReachATaskThatHasIt() {
        var arn = secret("db", "first");
        var definition = define(
                c -> c.secrets(value(arn))
                        .dependsOn(d -> d.containerName("init").condition("COMPLETE")),
                container("init", c -> c.essential(false)));
        var task = story.started(definition);
        story.aws().secretsManager().putSecretValue(p -> p.secretId(arn).secretString("second"));

        story.exit(task, "init", 0);
        story.letPass(Story.SOON);

        assertThat(environment(task)).containsEntry("VALUE", "first");
    }

    @Test
    void whatIsSecretIsNotShown() {
        var arn = secret("db", "s3cret");
        var task = story.started(define(c -> c.secrets(value(arn))));

        assertThat(story.now(task).toString()).doesNotContain("s3cret");
        assertThat(story.ecs()
                        .describeTaskDefinition(d -> d.taskDefinition("web"))
                        .toString())
                .doesNotContain("s3cret");
    }

    @Test
    void onFargateAMissingSecretStopsTheTaskInEcssWords() {
        var task = onFargate("arn:aws:secretsmanager:us-east-1:000000000000:secret:gone-AbCdEf");

        assertNeverStarted(
                task,
                ON_FARGATE + "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to"
                        + " fetch secret arn:aws:secretsmanager:us-east-1:000000000000:secret:gone-AbCdEf from secrets"
                        + " manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.");
    }

    @Test
    void onFargateAMissingMemberOfTheJsonStopsTheTask() {
        var arn = secret("db", "{\"user\": \"app\"}");

        assertNeverStarted(
                onFargate(arn + ":password::"),
                ON_FARGATE + "unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved"
                        + " secret from Secrets Manager did not contain json key password");
    }

    @Test
    void onFargateAMissingParameterStopsTheTask() {
        assertNeverStarted(
                onFargate("/app/gone"),
                ON_FARGATE + "unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm"
                        + " parameters: /app/gone");
    }

    @Test
    void anArnWithPartsTooManyStopsTheTask() {
        assertNeverStarted(
                onFargate("arn:aws:secretsmanager:us-east-1:000000000000:secret:db-AbCdEf:a:b"),
                ON_FARGATE + "unable to retrieve secret from asm: service call has been retried 1 time(s): unexpected"
                        + " ARN format with parameters when trying to retrieve ASM secret");
    }

    @Test
    void onEc2TheAgentsWordsAreOthers() {
        assertNeverStarted(
                story.started(define(c -> c.secrets(value("/app/gone")))),
                "Fetching secret data from SSM Parameter Store in us-east-1: invalid ssm parameters: /app/gone");
        assertNeverStarted(
                story.started(
                        define(c -> c.secrets(value("arn:aws:secretsmanager:us-east-1:000000000000:secret:x-a")))),
                "Fetching secret data from AWS Secrets Manager in region us-east-1: secret"
                        + " arn:aws:secretsmanager:us-east-1:000000000000:secret:x-a: failed to fetch secret"
                        + " arn:aws:secretsmanager:us-east-1:000000000000:secret:x-a from secrets manager:"
                        + " ResourceNotFoundException: Secrets Manager can't find the specified secret.");
    }

    @Test
    void anExecutionRoleThatMayNotReadTheSecretIsToldSo() {
        var arn = secret("db", "s3cret");
        story.aws().iam().createRole(r -> r.roleName("execution").assumeRolePolicyDocument(trust()));

        var task = onFargate(arn);

        assertNeverStarted(
                task,
                ON_FARGATE + "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to"
                        + " fetch secret " + arn + " from secrets manager: AccessDeniedException: User:"
                        + " arn:aws:sts::000000000000:assumed-role/execution/" + Story.id(task)
                        + " is not authorized to perform: secretsmanager:GetSecretValue on resource: " + arn
                        + " because no identity-based policy allows the secretsmanager:GetSecretValue action");
    }

    @Test
    void anExecutionRoleThatMayReadItDoes() {
        var arn = secret("db", "s3cret");
        story.aws().ssm().putParameter(p -> p.name("/app/db").value("p4r").type(ParameterType.STRING));
        story.aws().iam().createRole(r -> r.roleName("execution").assumeRolePolicyDocument(trust()));
        story.aws()
                .iam()
                .putRolePolicy(p -> p.roleName("execution").policyName("read").policyDocument("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "secretsmanager:Get*",
                   "Resource": "arn:aws:secretsmanager:*:*:secret:db-*"},
                  {"Effect": "Allow", "Action": ["ssm:GetParameters"],
                   "Resource": "arn:aws:ssm:us-east-1:000000000000:parameter/app/*"}]}"""));

        assertThat(environment(arn)).containsEntry("VALUE", "s3cret");
        assertThat(environment("/app/db")).containsEntry("VALUE", "p4r");
    }

    @Test
    void aRoleThatIsNobodysMayReadIt() {
        var definition = define(c -> c.secrets(value(secret("db", "s3cret"))));

        var task = story.run(definition, r -> r.overrides(o -> o.executionRoleArn("arn:aws:iam::nobody:role/x")));
        story.letPass(Story.SOON);

        assertThat(environment(task)).containsEntry("VALUE", "s3cret");
    }

    @Test
    void aLogDriverGetsItsSecretOptions() {
        var arn = secret("splunk", "t0ken");

        var task = story.started(define(c -> c.logConfiguration(log -> log.logDriver(LogDriver.SPLUNK)
                .options(Map.of("splunk-url", "http://127.0.0.1:8088"))
                .secretOptions(value("splunk-token", arn)))));

        assertThat(story.aws().engine().spec(story.id(task, "app")).logging().options())
                .containsEntry("splunk-token", "t0ken")
                .containsEntry("splunk-url", "http://127.0.0.1:8088");
        assertThat(story.ecs()
                        .describeTaskDefinition(d -> d.taskDefinition("web"))
                        .toString())
                .doesNotContain("t0ken");
    }

    @Test
    void anImageIsPulledWithTheLoginThatASecretHolds() {
        story.aws().world().wantsLogin("app", new Login("me", "pass"));
        var arn = secret("registry", "{\"username\": \"me\", \"password\": \"pass\"}");

        var task = story.started(define(c -> c.repositoryCredentials(r -> r.credentialsParameter(arn))));

        assertThat(task.lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void aWrongLoginFailsThePull() {
        story.aws().world().wantsLogin("app", new Login("me", "pass"));
        var arn = secret("registry", "{\"username\": \"me\", \"password\": \"wrong\"}");

        var task = story.started(define(c -> c.repositoryCredentials(r -> r.credentialsParameter(arn))));

        assertThat(story.container(task, "app").reason())
                .isEqualTo("CannotPullContainerError: Error response from daemon: no basic auth credentials");
    }

    @Test
    void aLoginMustBeThereAndBeOne() {
        var arn = secret("registry", "just text");

        assertNeverStarted(
                story.started(define(c -> c.repositoryCredentials(r -> r.credentialsParameter(arn)))),
                "Fetching secret data from AWS Secrets Manager in region us-east-1: secret " + arn
                        + ": invalid secret value: it must hold a username and a password as JSON");
    }

    @Test
    void aSecretWinsOverAnOverrideOfItsName() {
        var arn = secret("db", "s3cret");
        var definition = define(c -> c.secrets(value(arn)));

        var task = story.run(
                definition,
                r -> r.overrides(o -> o.containerOverrides(c -> c.name("app")
                        .environment(KeyValuePair.builder()
                                .name("VALUE")
                                .value("open")
                                .build()))));
        story.letPass(Story.SOON);

        assertThat(environment(task)).containsEntry("VALUE", "s3cret");
    }

    private String secret(String name, String text) {
        return story.aws()
                .secretsManager()
                .createSecret(s -> s.name(name).secretString(text))
                .arn();
    }

    private static Secret value(String valueFrom) {
        return value("VALUE", valueFrom);
    }

    private static Secret value(String name, String valueFrom) {
        return Secret.builder().name(name).valueFrom(valueFrom).build();
    }

    private String define(Consumer<ContainerDefinition.Builder> app, ContainerDefinition... others) {
        var containers = Stream.concat(Stream.of(container("app", app)), List.of(others).stream())
                .toArray(ContainerDefinition[]::new);
        return story.define("web", r -> r.executionRoleArn(ROLE), containers);
    }

    private Map<String, String> environment(String valueFrom) {
        return environment(story.started(define(c -> c.secrets(value(valueFrom)))));
    }

    private Map<String, String> environment(Task task) {
        return story.aws().engine().spec(story.id(task, "app")).environment();
    }

    private Task onFargate(String valueFrom) {
        var task = story.run(
                story.defineFargate("web", container("app", c -> c.secrets(value(valueFrom)))),
                r -> r.launchType("FARGATE").networkConfiguration(story.network()));
        story.letPass(Story.SOON);
        return story.now(task);
    }

    private void assertNeverStarted(Task task, String reason) {
        assertThat(task.lastStatus()).isEqualTo("STOPPED");
        assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(task.stoppedReason()).isEqualTo(reason);
        assertThat(task.startedAt()).isNull();
        assertThat(story.onEngine(task)).isEmpty();
    }

    private static String trust() {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                  "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}""";
    }
}
