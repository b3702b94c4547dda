package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static dev.hakoniwa.story.TaskStory.awslogs;
import static dev.hakoniwa.story.TaskStory.shell;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.docker.TestImage;
import dev.hakoniwa.testing.DockerTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/// Where what containers write goes.
@DockerTest
final class ContainerLogsTest {
    @RegisterExtension
    private static final TaskStory AWS = new TaskStory();

    @Test
    void aStackTraceIsOneEvent() {
        var trace = "Exception in thread main\\n\\tat app.Main.run(Main.java:7)\\n\\tat app.Main.main(Main.java:3)";
        var script = "echo '2026-05-01 begin'; printf '2026-05-01 %b\\n' '" + trace + "'; echo '2026-05-02 end'";

        var events = AWS.outputOf(shell("java", script)
                .logConfiguration(with(awslogs("story"), Map.of("awslogs-datetime-format", "%Y-%m-%d"))));

        assertThat(events)
                .containsExactly(
                        "2026-05-01 begin\n",
                        "2026-05-01 Exception in thread main\n\tat app.Main.run(Main.java:7)\n"
                                + "\tat app.Main.main(Main.java:3)\n",
                        "2026-05-02 end\n");
    }

    @Test
    void aContainerThatStartsAgainGoesOnInItsStream() {
        var script = "trap 'exit 143' TERM; echo alive; while :; do sleep 1000 & wait; done";
        var running = AWS.running(AWS.run(AWS.define(shell("app", script).restartPolicy(p -> p.enabled(true)))));
        var id = AWS.onEngine(running, "app").id();
        given().contentType("application/json")
                .body("{\"advance\": \"PT5M\"}")
                .put(AWS.emulator().endpoint() + "/_hakoniwa/clock")
                .then()
                .statusCode(200);

        AWS.containers().stop(id, Duration.ofSeconds(5));
        eventually(() -> assertThat(AWS.output(running, "app")).containsExactly("alive", "alive"));
        var restarted = AWS.now(running);
        AWS.containers().stop(id, Duration.ofSeconds(5));

        assertThat(restarted.lastStatus()).isEqualTo("RUNNING");
        assertThat(AWS.stopped(running).stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(AWS.output(running, "app")).containsExactly("alive", "alive");
    }

    @Test
    void aRouterGetsItsConfigurationAndWhatTheOthersWrite() {
        var router = shell("router", """
                        cat /fluent-bit/etc/fluent-bit.conf
                        trap 'sleep 1; exit 0' TERM
                        print-socket &
                        while :; do sleep 1000 & wait; done""")
                .image(TestImage.printingSocket())
                .readonlyRootFilesystem(true)
                .firelensConfiguration(f -> f.type("fluentbit"));
        var app = shell("app", "echo from $FLUENT_HOST; echo to the router; sleep 3")
                .logConfiguration(l -> l.logDriver("awsfirelens").options(Map.of("Name", "stdout")));

        var task = AWS.stopped(AWS.run(AWS.define(app, router)));

        var received = String.join("\n", AWS.output(task, "router"));
        assertThat(TaskStory.container(task, "app").exitCode()).isZero();
        assertThat(received)
                .contains("[INPUT]\n    Name forward\n    Mem_Buf_Limit 25MB\n    unix_path /var/run/fluent.sock\n")
                .contains("    Record ecs_task_arn " + task.taskArn())
                .contains("[OUTPUT]\n    Name stdout\n    Match app-firelens*")
                .contains("app-firelens-" + TaskStory.id(task))
                .containsPattern("from \\d+\\.\\d+\\.\\d+\\.\\d+")
                .contains("to the router");
    }

    @Test
    void aDriverOfTheEnginesHasItsOptionsAsTheyAreGiven() {
        var options = Map.of("max-size", "64k", "max-file", "3", "tag", "{{.Name}}", "mode", "non-blocking");
        var task = AWS.running(AWS.run(AWS.define(shell("app", "echo kept by the engine; sleep 1000")
                .logConfiguration(l -> l.logDriver("json-file").options(options)))));

        var id = AWS.onEngine(task, "app").id();

        assertThat(OnEngine.logging(id)).isEqualTo(Map.entry("json-file", options));
        var lines = new CopyOnWriteArrayList<String>();
        try (var _ = AWS.containers().follow(id, line -> lines.add(line.text()))) {
            eventually(() -> assertThat(lines).containsExactly("kept by the engine"));
        }
        AWS.ecs().stopTask(s -> s.task(task.taskArn()));
    }

    private static LogConfiguration with(LogConfiguration log, Map<String, String> more) {
        var options = new HashMap<>(log.options());
        options.putAll(more);
        return log.copy(l -> l.options(options));
    }
}
