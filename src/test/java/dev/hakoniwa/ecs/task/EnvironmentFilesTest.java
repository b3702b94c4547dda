package dev.hakoniwa.ecs.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;
import software.amazon.awssdk.services.ecs.model.EnvironmentFileType;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

final class EnvironmentFilesTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/execution";

    private final Story story = Story.calm();

    @BeforeEach
    void thereIsABucket() {
        story.aws().s3().createBucket(b -> b.bucket("files"));
    }

    @Test
    void aContainerGetsTheVariablesOfItsFileAsTheyStandThere() {
        put("app.env", """
                # a comment
                PLAIN=one
                SPACED = two\s
                QUOTED="three"
                EQUATION=a=b
                EMPTY=
                =nothing
                not a variable
                """);

        assertThat(environment(List.of(), "app.env"))
                .containsEntry("PLAIN", "one")
                .containsEntry("SPACED ", " two ")
                .containsEntry("QUOTED", "\"three\"")
                .containsEntry("EQUATION", "a=b")
                .containsEntry("EMPTY", "")
                .doesNotContainKeys("", "# a comment", "not a variable");
    }

    @Test
    void anEarlierFileWinsAndTheDefinitionOverAll() {
        put("first.env", "A=first\nB=first\n");
        put("second.env", "A=second\nB=second\nC=second\n");
        var own = KeyValuePair.builder().name("B").value("own").build();

        assertThat(environment(List.of(own), "first.env", "second.env"))
                .containsEntry("A", "first")
                .containsEntry("B", "own")
                .containsEntry("C", "second");
    }

    @Test
    void anOverrideReplacesTheList() {
        put("app.env", "A=app\n");
        put("other.env", "B=other\n");
        var definition = define(List.of(), "app.env");

        var task = story.run(
                definition,
                r -> r.overrides(o -> o.containerOverrides(c -> c.name("app").environmentFiles(file("other.env")))));
        story.letPass(Story.SOON);

        assertThat(environment(task)).containsEntry("B", "other").doesNotContainKey("A");
    }

    @Test
    void aMissingFileStopsTheTaskOnFargate() {
        var task = story.run(
                story.defineFargate("web", Story.container("app", c -> c.environmentFiles(file("gone.env")))),
                r -> r.launchType("FARGATE").networkConfiguration(story.network()));
        story.letPass(Story.SOON);

        assertNeverStarted(
                task,
                "ResourceInitializationError: failed to download env files: file download command: non empty error"
                        + " stream: service call has been retried 1 time(s): NoSuchKey: The specified key does not"
                        + " exist. status code: 404");
    }

    @Test
    void aMissingBucketStopsTheTaskOnEc2() {
        var elsewhere = EnvironmentFile.builder()
                .type(EnvironmentFileType.S3)
                .value("arn:aws:s3:::elsewhere/app.env")
                .build();

        assertNeverStarted(
                story.started(story.define("web", Story.container("app", c -> c.environmentFiles(elsewhere)))),
                "unable to download env file with key app.env from bucket elsewhere: NoSuchBucket: The specified bucket"
                        + " does not exist status code: 404");
    }

    @Test
    void anExecutionRoleThatMayNotReadTheFileStopsTheTask() {
        put("app.env", "A=app\n");
        story.aws().iam().createRole(r -> r.roleName("execution").assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                  "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}"""));

        var task = story.started(define(List.of(), "app.env"));

        assertThat(story.now(task).stoppedReason())
                .contains("is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::files/app.env");
    }

    private void put(String key, String text) {
        story.aws().s3().putObject(p -> p.bucket("files").key(key), RequestBody.fromString(text));
    }

    private static EnvironmentFile file(String key) {
        return EnvironmentFile.builder()
                .type(EnvironmentFileType.S3)
                .value("arn:aws:s3:::files/" + key)
                .build();
    }

    private String define(List<KeyValuePair> environment, String... keys) {
        var files = Stream.of(keys).map(EnvironmentFilesTest::file).toList();
        return story.define(
                "web",
                r -> r.executionRoleArn(ROLE),
                Story.container("app", c -> c.environment(environment).environmentFiles(files)));
    }

    private Map<String, String> environment(List<KeyValuePair> environment, String... keys) {
        return environment(story.started(define(environment, keys)));
    }

    private Map<String, String> environment(Task task) {
        return story.aws().engine().spec(story.id(task, "app")).environment();
    }

    private void assertNeverStarted(Task task, String reason) {
        var now = story.now(task);
        assertThat(now.lastStatus()).isEqualTo("STOPPED");
        assertThat(now.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(now.stoppedReason()).isEqualTo(reason);
        assertThat(story.onEngine(task)).isEmpty();
    }
}
