package dev.hakoniwa.ecs.exec;

import dev.hakoniwa.ecs.Story;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandRequest;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/// An emulator with tasks in which commands may be executed.
final class ExecStory {
    static final String ROLE = "arn:aws:iam::000000000000:role/task";

    /// Long enough for a command to begin, and short of the first resending.
    static final Duration MOMENT = Duration.ofMillis(90);

    private final Story story = Story.calm();

    Story story() {
        return story;
    }

    Sessions sessions() {
        return story.aws().sessions();
    }

    void define(String family, ContainerDefinition... containers) {
        story.define(family, r -> r.taskRoleArn(ROLE), containers);
    }

    /// A running task with one container `web`.
    Task task() {
        define("web", Story.container("web"));
        return started("web");
    }

    Task started(String family) {
        var task = story.run(family, r -> r.enableExecuteCommand(true));
        story.letPass(Story.SOON);
        return story.now(task);
    }

    ExecuteCommandResponse execute(Task task, String command) {
        return execute(task, r -> r.command(command));
    }

    ExecuteCommandResponse execute(Task task, Consumer<ExecuteCommandRequest.Builder> rest) {
        return story.ecs()
                .executeCommand(r -> r.task(task.taskArn()).interactive(true).applyMutation(rest));
    }

    /// A client that has connected and done nothing else.
    TestClient connect(ExecuteCommandResponse answer) {
        var session = answer.session();
        return TestClient.connected(sessions(), session.sessionId(), session.tokenValue());
    }

    /// A client of a command that has begun.
    TestClient shell(Task task, String command) {
        var client = connect(execute(task, command));
        client.answerHandshake();
        story.letPass(MOMENT);
        return client;
    }
}
