package dev.hakoniwa.tmds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Task;

/// A task protects itself from its service.
final class ProtectionTest {
    private final Inside inside = new Inside();
    private final Story story = inside.story();

    @Test
    void aTaskProtectsItselfAndSeesIt() {
        var task = ofService();
        var until = story.aws().time().instant().plus(Duration.ofMinutes(60));

        var put = put(task, "{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":60}");
        var got = send(task, "GET", "");

        var expected = """
                {"protection":{"ExpirationDate":"%s","ProtectionEnabled":true,"TaskArn":"%s"}}""".formatted(until, task.taskArn());
        assertThat(put).isEqualTo(new Answer(200, put.headers(), expected));
        assertThat(got.body()).isEqualTo(expected);
        assertThat(story.ecs().getTaskProtection(_ -> {}).protectedTasks())
                .singleElement()
                .satisfies(shown -> assertThat(shown.expirationDate()).isEqualTo(until));
    }

    @Test
    void itEndsItsProtection() {
        var task = ofService();
        put(task, "{\"protectionenabled\":true}");

        assertThat(put(task, "{\"ProtectionEnabled\":false}").body()).isEqualTo("""
                {"protection":{"ExpirationDate":null,"ProtectionEnabled":false,"TaskArn":"%s"}}""".formatted(task.taskArn()));
    }

    @Test
    void aTaskOfNoServiceIsToldSo() {
        var task = story.started(story.define("alone", r -> r.taskRoleArn(Inside.ROLE), Story.container("app")));

        var answer = put(task, "{\"ProtectionEnabled\":true}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("""
                {"failure":{"Arn":"%s","Detail":null,"Reason":"TASK_NOT_VALID"}}""".formatted(task.taskArn()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{\"ProtectionEnabled\":\"yes\"}",
                "{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":1.5}",
                "{\"ProtectionEnabled\":true,\"Other\":1}"
            })
    void whatCannotBeReadIsRefused(String body) {
        assertError(
                put(ofService(), body),
                400,
                "InvalidParameterException",
                "UpdateTaskProtection: failed to decode request");
    }

    @Test
    void whatIsMissingOrOutOfRangeIsRefused() {
        var task = ofService();

        assertError(
                put(task, "{\"ExpiresInMinutes\":5}"),
                400,
                "InvalidParameterException",
                "Invalid request: does not contain 'ProtectionEnabled' field");
        assertError(
                put(task, "{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":2881}"),
                400,
                "InvalidParameterException",
                "expiresInMinutes must be between 1 and 2880.");
    }

    @Test
    void aTaskWithoutRoleCannotAsk() {
        var task = story.started(story.define("alone", Story.container("app")));

        assertError(
                send(task, "GET", ""),
                403,
                "AccessDeniedException",
                "Invalid Request: no task IAM role credentials available for task");
    }

    @Test
    void nobodyProtectsAnotherTask() {
        var task = ofService();
        var other = story.started(story.define("other", r -> r.taskRoleArn(Inside.ROLE), Story.container("app")));
        var path = path(task);

        var answer = inside.send(inside.source(other, "app"), "PUT", path, "{\"ProtectionEnabled\":true}");

        assertError(answer, 404, "ResourceNotFoundException", "Failed to find a task for the request");
        assertThat(story.ecs().getTaskProtection(_ -> {}).protectedTasks()).isEmpty();
        assertThat(inside.send(inside.source(task, "app"), "POST", path, "").status())
                .isEqualTo(405);
    }

    private Task ofService() {
        story.define("web", r -> r.taskRoleArn(Inside.ROLE), Story.container("app"));
        story.createService("web", "web", 1);
        story.letPass(Story.SOON);
        return story.tasks("web").getFirst();
    }

    private Answer put(Task task, String body) {
        return send(task, "PUT", body);
    }

    private Answer send(Task task, String method, String body) {
        return inside.send(inside.source(task, "app"), method, path(task), body);
    }

    private String path(Task task) {
        var agent = URI.create(inside.variable(task, "app", "ECS_AGENT_URI"));
        return agent.getPath() + "/task-protection/v1/state";
    }

    private static void assertError(Answer answer, int status, String code, String message) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("""
                {"error":{"Code":"%s","Message":"%s"}}""".formatted(code, message));
    }
}
