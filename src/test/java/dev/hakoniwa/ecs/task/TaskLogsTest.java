package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.runtime.ContainerSpec.Logging;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// What containers write arrives in CloudWatch Logs (ecs-tasks.md §14).
final class TaskLogsTest {
    private final Story story = Story.calm();

    @Test
    void aStreamIsNamedAfterPrefixContainerAndTask() {
        group("/ecs/web");
        story.define("web", logging("app", Map.of("awslogs-stream-prefix", "ecs")));
        var task = story.started("web");

        story.aws().engine().write(story.id(task, "app"), "stdout", "hello");
        story.aws().engine().write(story.id(task, "app"), "stderr", "world");

        assertThat(streams()).containsExactly("ecs/app/" + Story.id(task));
        assertThat(lines("ecs/app/" + Story.id(task))).containsExactly("hello", "world");
    }

    @Test
    void aStreamWithoutPrefixIsNamedAfterTheEnginesContainer() {
        group("/ecs/web");
        story.define("web", logging("app", Map.of()));

        var task = story.started("web");

        assertThat(streams()).containsExactly(story.id(task, "app").value());
    }

    @ParameterizedTest
    @CsvSource({"{{.Name}}/{{ .ID }}, ecs-web-1-app-[0-9a-f]{20}/[0-9a-f]{12}", "{{.ImageName}}-x, img-x", "all, all"})
    void aStreamWithoutPrefixIsNamedAfterItsTag(String tag, String name) {
        group("/ecs/web");
        story.define("web", logging("app", Map.of("tag", tag)).copy(c -> c.image("img")));

        story.started("web");

        assertThat(streams()).singleElement().asString().matches(name);
    }

    @Test
    void everyContainerHasAStreamOfItsOwn() {
        group("/ecs/web");
        story.define(
                "web",
                logging("app", Map.of("awslogs-stream-prefix", "p")),
                logging("side", Map.of("awslogs-stream-prefix", "p")),
                container("quiet"));

        var task = story.started("web");

        assertThat(streams()).containsExactlyInAnyOrder("p/app/" + Story.id(task), "p/side/" + Story.id(task));
    }

    @Test
    void linesKeepTheirTimeAndOutliveTheTask() {
        group("/ecs/web");
        story.define("web", logging("app", Map.of("awslogs-stream-prefix", "p")));
        var task = story.started("web");
        story.aws().engine().write(story.id(task, "app"), "stdout", "last words");
        var at = story.aws().time().instant();
        story.exit(task, "app", 1);
        story.letPassSeconds(60);

        var events = events("p/app/" + Story.id(task));

        assertThat(events).extracting(OutputLogEvent::message).containsExactly("last words");
        assertThat(events.getFirst().timestamp()).isEqualTo(at.toEpochMilli());
    }

    @Test
    void aMissingGroupFailsTheContainersStartOnEc2() {
        story.define("web", logging("app", Map.of()));

        var ended = story.started("web");

        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(ended.containers().getFirst().reason())
                .isEqualTo(
                        "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: "
                                + "failed to create Cloudwatch log stream: ResourceNotFoundException: "
                                + "The specified log group does not exist.");
        assertThat(story.onEngine(ended)).isEmpty();
    }

    @Test
    void aMissingGroupFailsTheTasksInitializationOnFargate() {
        story.defineFargate(
                "web", logging("app", Map.of("awslogs-stream-prefix", "p")).copy(c -> c.memory(null)));
        var task = story.run("web", r -> r.launchType("FARGATE").networkConfiguration(story.network()));

        story.letPass(Story.SOON);

        assertThat(story.now(task).stoppedReason())
                .isEqualTo(
                        "ResourceInitializationError: failed to validate logger args: create stream has been retried "
                                + "1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: "
                                + "The specified log group does not exist. : exit status 1");
    }

    @Test
    void aGroupIsMadeIfThatIsAskedFor() {
        story.define("web", logging("app", Map.of("awslogs-create-group", "true", "awslogs-stream-prefix", "p")));

        var task = story.started("web");

        assertThat(task.lastStatus()).isEqualTo("RUNNING");
        assertThat(streams()).containsExactly("p/app/" + Story.id(task));
    }

    @Test
    void linesGoToTheRegionThatIsNamed() {
        group("/ecs/web");
        story.define("web", logging("app", Map.of("awslogs-region", "eu-west-1", "awslogs-create-group", "true")));

        var task = story.started("web");

        assertThat(task.lastStatus()).isEqualTo("RUNNING");
        assertThat(streams()).isEmpty();
    }

    @Test
    void theEngineKeepsTheOutputOfContainersThatLogHere() {
        group("/ecs/web");
        story.define(
                "web",
                logging("app", Map.of()),
                container(
                        "other",
                        c -> c.logConfiguration(
                                l -> l.logDriver("syslog").options(Map.of("syslog-address", "udp://localhost:514")))));

        var task = story.started("web");

        assertThat(story.aws().engine().spec(story.id(task, "app")).logging().driver())
                .isEqualTo("json-file");
        var other = story.aws().engine().spec(story.id(task, "other")).logging();
        assertThat(other.driver()).isEqualTo("syslog");
        assertThat(other.options()).isEqualTo(Map.of("syslog-address", "udp://localhost:514"));
    }

    @ParameterizedTest
    @CsvSource({
        "json-file, max-size, 1m",
        "syslog, syslog-facility, daemon",
        "journald, tag, x",
        "gelf, gelf-address, udp://localhost:12201",
        "fluentd, fluentd-address, localhost:24224"
    })
    void everyOtherDriverIsTheEnginesOwn(String driver, String option, String value) {
        story.define(
                "web",
                container(
                        "app", c -> c.logConfiguration(l -> l.logDriver(driver).options(Map.of(option, value)))));

        var task = story.started("web");

        assertThat(story.aws().engine().spec(story.id(task, "app")).logging())
                .isEqualTo(new Logging(driver, Map.of(option, value)));
    }

    @Test
    void splunkIsTheEnginesOwnToo() {
        var options = Map.of("splunk-url", "http://localhost:8088", "splunk-token", "secret", "tag", "x");
        story.define(
                "web",
                container(
                        "app",
                        c -> c.logConfiguration(l -> l.logDriver("splunk").options(options))));

        var task = story.started("web");

        assertThat(story.aws().engine().spec(story.id(task, "app")).logging())
                .isEqualTo(new Logging("splunk", options));
    }

    private void group(String name) {
        story.aws().logs().createLogGroup(g -> g.logGroupName(name));
    }

    private List<String> streams() {
        return story.aws().logs().describeLogStreams(d -> d.logGroupName("/ecs/web")).logStreams().stream()
                .map(LogStream::logStreamName)
                .toList();
    }

    private List<String> lines(String stream) {
        return events(stream).stream().map(OutputLogEvent::message).toList();
    }

    private List<OutputLogEvent> events(String stream) {
        return story.aws()
                .logs()
                .getLogEvents(
                        g -> g.logGroupName("/ecs/web").logStreamName(stream).startFromHead(true))
                .events();
    }

    private static ContainerDefinition logging(String name, Map<String, String> more) {
        var options = new HashMap<>(Map.of("awslogs-group", "/ecs/web", "awslogs-region", "us-east-1"));
        options.putAll(more);
        return container(
                name, c -> c.logConfiguration(l -> l.logDriver("awslogs").options(options)));
    }
}
