package dev.hakoniwa.ecs.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.Task;

/// Where what a session has shown is kept.
final class SessionLogsTest {
    private final ExecStory exec = new ExecStory();
    private final Story story = exec.story();
    private final CloudWatchLogsClient logs = story.aws().logs();

    @Test
    void aSessionIsKeptWhereItsContainerLogs() {
        var task = logging();
        var answer = exec.execute(task, "sh");
        var client = exec.connect(answer);
        client.answerHandshake();
        story.letPass(ExecStory.MOMENT);

        client.type("echo hello\r");
        var before = streams("containers");
        client.type("exit\r");

        assertThat(before).noneMatch(name -> name.startsWith("ecs-execute-command-"));
        assertThat(events("containers", answer.session().sessionId()))
                .containsExactly("/ # echo hello", "hello", "/ # exit");
    }

    @Test
    void aClusterMayWantNoLogs() {
        var task = logging();
        configure(e -> e.logging("NONE"));

        exec.shell(task, "sh -c \"echo hello\"");

        assertThat(streams("containers")).noneMatch(name -> name.startsWith("ecs-execute-command-"));
    }

    @Test
    void aClusterMayNameTheGroup() {
        var task = logging();
        logs.createLogGroup(g -> g.logGroupName("sessions"));
        configure(e -> e.logging("OVERRIDE").logConfiguration(l -> l.cloudWatchLogGroupName("sessions")));

        exec.shell(task, "sh -c \"echo hello\"");

        assertThat(streams("sessions"))
                .singleElement()
                .satisfies(stream -> assertThat(events("sessions", stream)).containsExactly("hello"));
        assertThat(streams("containers")).noneMatch(name -> name.startsWith("ecs-execute-command-"));
    }

    @Test
    void aGroupThatIsMissingHarmsNoSession() {
        var task = logging();
        configure(e -> e.logging("OVERRIDE").logConfiguration(l -> l.cloudWatchLogGroupName("nowhere")));

        var client = exec.shell(task, "sh -c \"echo hello\"");

        assertThat(client.closedWith()).startsWith("1000");
        assertThat(logs.describeLogGroups().logGroups()).hasSize(1);
    }

    private Task logging() {
        logs.createLogGroup(g -> g.logGroupName("containers"));
        exec.define(
                "web",
                Story.container(
                        "web",
                        c -> c.logConfiguration(l -> l.logDriver(LogDriver.AWSLOGS)
                                .options(Map.of("awslogs-group", "containers", "awslogs-region", "us-east-1")))));
        return exec.started("web");
    }

    private void configure(Consumer<ExecuteCommandConfiguration.Builder> sessions) {
        story.ecs()
                .updateCluster(c -> c.cluster("default").configuration(o -> o.executeCommandConfiguration(sessions)));
    }

    private List<String> streams(String group) {
        return logs.describeLogStreams(d -> d.logGroupName(group)).logStreams().stream()
                .map(LogStream::logStreamName)
                .toList();
    }

    private List<String> events(String group, String stream) {
        return logs
                .getLogEvents(g -> g.logGroupName(group).logStreamName(stream).startFromHead(true))
                .events()
                .stream()
                .map(OutputLogEvent::message)
                .toList();
    }
}
