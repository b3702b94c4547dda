package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static dev.hakoniwa.story.TaskStory.awslogs;
import static dev.hakoniwa.story.TaskStory.shell;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.testing.DockerTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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

    private static LogConfiguration with(LogConfiguration log, Map<String, String> more) {
        var options = new HashMap<>(log.options());
        options.putAll(more);
        return log.copy(l -> l.options(options));
    }
}
