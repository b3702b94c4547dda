package dev.hakoniwa.ecs.task;

import static dev.hakoniwa.ecs.Story.container;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.Story;
import dev.hakoniwa.ecs.TestEmulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// Lines that belong together become one event of CloudWatch Logs (ecs-tasks.md §14).
final class MultilineLogsTest {
    private static final Map<String, String> BRACKET = Map.of("awslogs-multiline-pattern", "^\\[");

    private final Story story = Story.calm();

    @Test
    void theNextFirstLineEndsAnEvent() {
        var task = logging(BRACKET);

        write(task, "[1] failed", "  at a", "  at b", "[2] went on");

        assertThat(messages(task)).containsExactly("[1] failed\n  at a\n  at b\n");
    }

    @Test
    void aPatternThatTriesTooManyWaysOnALineDoesNotMatchIt() {
        var task = logging(Map.of("awslogs-multiline-pattern", "^(a|a)+$"));
        var endless = "a".repeat(60) + "!";
        var deep = "a".repeat(200_000) + "!";

        write(task, "a", endless, deep, "a");

        assertThat(messages(task)).containsExactly("a\n" + endless + "\n" + deep + "\n");
    }

    @Test
    void anEventHasItsFirstLinesTime() {
        var task = logging(BRACKET);

        write(task, "[1] first");
        story.letPassSeconds(2);
        write(task, "  more");
        story.letPassSeconds(3);

        assertThat(events(task))
                .extracting(OutputLogEvent::timestamp, OutputLogEvent::message)
                .containsExactly(tuple(TestEmulator.START.plus(Story.SOON).toEpochMilli(), "[1] first\n  more\n"));
    }

    @Test
    void anEventWaitsFiveSecondsForMoreLines() {
        var task = logging(BRACKET);
        write(task, "[1] alone");

        story.letPass(Duration.ofMillis(4_999));
        assertThat(messages(task)).isEmpty();
        story.letPass(Duration.ofMillis(1));
        assertThat(messages(task)).containsExactly("[1] alone\n");
        write(task, "  late", "[2]");
        assertThat(messages(task)).containsExactly("[1] alone\n", "  late\n");
    }

    @Test
    void anEventWaitsAsLongAsIsAskedFor() {
        var task = logging(Map.of("awslogs-multiline-pattern", "^\\[", "awslogs-force-flush-interval-seconds", "60"));
        write(task, "[1] alone");

        story.letPassSeconds(59);
        assertThat(messages(task)).isEmpty();
        story.letPassSeconds(1);
        assertThat(messages(task)).containsExactly("[1] alone\n");
    }

    @Test
    void theContainersEndEndsAnEvent() {
        story.define("web", defined(BRACKET).copy(c -> c.essential(false)), container("other"));
        var task = story.started("web");
        write(task, "[1] last words", "  and more");

        story.exit(task, "app", 1);

        assertThat(messages(task)).containsExactly("[1] last words\n  and more\n");
    }

    @Test
    void anEventIsNeverBiggerThanCloudWatchTakes() {
        var task = logging(BRACKET);
        var line = "x".repeat(100_000);

        write(task, "[" + line, line, line, "[2]");

        assertThat(messages(task)).containsExactly("[" + line + "\n" + line + "\n", line + "\n");
    }

    @Test
    void aDateAtTheBeginningMakesAFirstLine() {
        var task = logging(Map.of("awslogs-datetime-format", "%Y-%m-%d %H:%M:%S"));

        write(task, "2026-01-01 10:00:00 one", "two", "2026-01-01 10:00:01 three");

        assertThat(messages(task)).containsExactly("2026-01-01 10:00:00 one\ntwo\n");
    }

    @Test
    void aPatternThatIsNoneFailsTheContainersStart() {
        var ended = logging(Map.of("awslogs-multiline-pattern", "["));

        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(ended.containers().getFirst().reason())
                .startsWith("CannotStartContainerError: Error response from daemon: failed to initialize logging "
                        + "driver: awslogs could not parse multiline pattern key \"[\": error parsing regexp: ");
    }

    @Test
    void optionsThatDontGoTogetherFailTheContainersCreation() {
        var ended = logging(Map.of("awslogs-multiline-pattern", "^x", "awslogs-datetime-format", "%Y"));

        assertThat(ended.lastStatus()).isEqualTo("STOPPED");
        assertThat(ended.containers().getFirst().reason())
                .isEqualTo("CannotCreateContainerError: Error response from daemon: you cannot configure log opt "
                        + "'awslogs-datetime-format' and 'awslogs-multiline-pattern' at the same time");
        assertThat(story.onEngine(ended)).isEmpty();
    }

    @Test
    void onFargateTheTaskTellsWhatIsWrongWithTheOptions() {
        story.defineFargate(
                "web",
                defined(Map.of("mode", "sometimes", "awslogs-stream-prefix", "p"))
                        .copy(c -> c.memory(null)));
        var task = story.run("web", r -> r.launchType("FARGATE").networkConfiguration(story.network()));

        story.letPass(Story.SOON);

        assertThat(story.now(task).stoppedReason())
                .isEqualTo("ResourceInitializationError: failed to validate logger args: "
                        + "logger: logging mode not supported: sometimes : exit status 1");
    }

    private Task logging(Map<String, String> more) {
        story.define("web", defined(more));
        return story.started("web");
    }

    private void write(Task task, String... lines) {
        for (var line : lines) {
            story.aws().engine().write(story.id(task, "app"), "stdout", line);
        }
    }

    private List<String> messages(Task task) {
        return events(task).stream().map(OutputLogEvent::message).toList();
    }

    private List<OutputLogEvent> events(Task task) {
        return story.aws()
                .logs()
                .getLogEvents(g -> g.logGroupName("/ecs/web")
                        .logStreamName(story.id(task, "app").value())
                        .startFromHead(true))
                .events();
    }

    private static ContainerDefinition defined(Map<String, String> more) {
        var options = new HashMap<>(
                Map.of("awslogs-group", "/ecs/web", "awslogs-region", "us-east-1", "awslogs-create-group", "true"));
        options.putAll(more);
        return container(
                "app", c -> c.logConfiguration(l -> l.logDriver("awslogs").options(options)));
    }
}
