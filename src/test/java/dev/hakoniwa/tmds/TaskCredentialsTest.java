package dev.hakoniwa.tmds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Task;

final class TaskCredentialsTest {
    private static final String PATH = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";

    private final Inside inside = new Inside();
    private final Story story = inside.story();

    @Test
    void aTaskCallsAsItsRole() {
        var task = taskWithRole();

        var credentials = inside.credentials(task, "app");

        assertThat(inside.variable(task, "app", PATH)).matches("/v2/credentials/[0-9a-f-]{36}");
        assertThat(credentials.path("RoleArn").asText()).isEqualTo(Inside.ROLE);
        assertThat(credentials.path("AccessKeyId").asText()).matches("ASIA[A-Z0-9]{16}");
        assertThat(inside.caller(credentials))
                .isEqualTo("arn:aws:sts::000000000000:assumed-role/app/" + Story.id(task));
    }

    @Test
    void theOverriddenRoleCounts() {
        var task = story.run(
                story.define("web", r -> r.taskRoleArn(Inside.ROLE), Story.container("app")),
                r -> r.overrides(o -> o.taskRoleArn("arn:aws:iam::000000000000:role/other")));
        story.letPass(Story.SOON);

        assertThat(inside.caller(inside.credentials(task, "app"))).contains("assumed-role/other/");
    }

    @Test
    void aTaskWithoutARoleHasNoCredentialsNotEvenThoseOfItsExecutionRole() {
        var task = story.startedAwsvpc(story.defineFargate("web", Story.container("app")));

        assertThat(inside.environment(task, "app")).doesNotContainKey(PATH);
        assertThat(inside.environment(task, "app").values()).noneMatch(value -> value.contains("credentials"));
    }

    @Test
    void credentialsStayTheSameUntilHalfOfTheirLifeIsOver() {
        var task = taskWithRole();
        var first = inside.credentials(task, "app");

        story.letPass(Duration.ofMinutes(179));
        assertThat(inside.credentials(task, "app")).isEqualTo(first);

        story.letPass(Duration.ofMinutes(2));
        var second = inside.credentials(task, "app");
        assertThat(second).isNotEqualTo(first);
        assertThat(inside.caller(first)).isEqualTo(inside.caller(second));
    }

    @Test
    void credentialsEndWhenTheirLifeIsOver() {
        var task = taskWithRole();
        var first = inside.credentials(task, "app");

        story.letPass(Duration.ofHours(7));

        assertThat(inside.caller(first)).endsWith(":root");
        assertThat(inside.caller(inside.credentials(task, "app"))).contains("assumed-role/app/");
    }

    @Test
    void aTaskCanNotReadAnothersCredentials() {
        var task = taskWithRole();
        var other = taskWithRole();
        var path = inside.variable(task, "app", PATH);

        var answer = inside.get(inside.source(other, "app"), path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("""
                {"code":"InvalidIdInRequest","message":"CredentialsV2Request: Credentials not found",\
                "HTTPErrorCode":400}""");
        assertThat(inside.get("172.17.0.99", path).status()).isEqualTo(400);
        assertThat(inside.getFromMachine(path).status())
                .as("the machine's owner")
                .isEqualTo(200);
    }

    @Test
    void theTaskTakesItsCredentialsAlong() {
        var task = taskWithRole();
        var source = inside.source(task, "app");
        var path = inside.variable(task, "app", PATH);

        story.ecs().stopTask(s -> s.task(task.taskArn()));
        story.letPassSeconds(60);

        assertThat(inside.get(source, path).status()).isEqualTo(400);
    }

    @Test
    void theOldPathAnswersAsWell() {
        var task = taskWithRole();
        var id = inside.variable(task, "app", PATH).substring("/v2/credentials/".length());
        var source = inside.source(task, "app");

        assertThat(Inside.json(inside.send(new Ask(source, "GET", "/v1/credentials", Map.of("id", id), ""))))
                .isEqualTo(inside.credentials(task, "app"));
        assertThat(inside.send(new Ask(source, "GET", "/v1/credentials", Map.of(), ""))
                        .body())
                .isEqualTo("""
                        {"code":"NoIdInRequest","message":"CredentialsV1Request: No Credential ID in the request",\
                        "HTTPErrorCode":400}""");
        assertThat(inside.get(source, "/v2/credentials/").body()).contains("NoIdInRequest");
    }

    private Task taskWithRole() {
        var definition = story.define(
                "web",
                r -> r.networkMode("awsvpc").taskRoleArn(Inside.ROLE).executionRoleArn(Inside.ROLE + "-execution"),
                Story.container("app"));
        return story.startedAwsvpc(definition);
    }
}
