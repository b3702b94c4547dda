package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.docker.DockerEngine;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.Labels;
import dev.hakoniwa.story.Load.Answer;
import dev.hakoniwa.testing.DockerTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/// The emulator in its container image, with the engine's socket.
@DockerTest
@EnabledIfSystemProperty(named = "hakoniwa.executable", matches = ".+")
final class InContainerTest {
    private static final String IMAGE =
            "hakoniwa-test/emulator:" + ProcessHandle.current().pid();

    @TempDir
    private static Path dockerConfig;

    @BeforeAll
    static void anImage() {
        run("native/image", IMAGE);
    }

    @AfterAll
    static void noImage() {
        run("docker", "rmi", "--force", IMAGE);
    }

    /// ECS's first tutorial: push an image, serve it, lose a container, deploy a new version.
    @Test
    void withANetworkOfItsOwnItServesWhatIsPushedToIt() {
        var port = RunningEmulator.freePort();
        String instance;
        try (var emulator = RunningEmulator.startInContainer(port, IMAGE, List.of("--publish", port + ":" + port))) {
            instance = emulator.instance();
            var pushed = docker().push(emulator);
            try (var website = new Website(emulator, "inside", 8080, pushed)) {
                website.start("one");
                assertThat(labelsOf(instance))
                        .allSatisfy(labels -> assertThat(labels).containsKey(Labels.CONTAINER));
                try (var load = Load.on(port, website.host(), Website.PATH)) {
                    eventually(() -> assertThat(load.answers()).hasSizeGreaterThan(50));
                    website.deploy("two");
                    load.stop();
                    assertThat(load.answers()).filteredOn(Answer::failed).isEmpty();
                }
                var victim = website.tasks().getFirst();
                kill(victim.taskArn());
                eventually(() -> assertThat(website.tasks()).hasSize(2).doesNotContain(victim));
                website.awaitServing();
                try (var load = Load.on(port, website.host(), Website.PATH)) {
                    eventually(() -> assertThat(
                                    load.answers().stream().map(Answer::text).distinct())
                            .containsExactlyInAnyOrderElementsOf(website.tasks().stream()
                                    .map(task -> Website.text("two", task))
                                    .toList()));
                }
            }
            run("docker", "rmi", "--force", pushed);
        }
        assertThat(Held.by(instance)).isEqualTo(Held.NOTHING);
    }

    @Test
    void inTheMachinesNetworkItAnswersTasksAtTheirOwnAddress() {
        var port = RunningEmulator.freePort();
        String instance;
        try (var emulator = RunningEmulator.startInContainer(port, IMAGE, List.of("--network", "host"));
                var ecs = emulator.client(EcsClient.builder());
                var logs = emulator.client(CloudWatchLogsClient.builder())) {
            instance = emulator.instance();
            ecs.createCluster();
            ecs.registerTaskDefinition(r -> r.family("curious")
                    .containerDefinitions(TaskStory.shell("app", "wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/task")
                            .build()));
            var task = ecs.runTask(r -> r.taskDefinition("curious")).tasks().getFirst();
            eventually(() -> assertThat(ecs.describeTasks(d -> d.tasks(task.taskArn()))
                            .tasks()
                            .getFirst()
                            .lastStatus())
                    .isEqualTo("STOPPED"));

            var said = logs.filterLogEvents(f -> f.logGroupName("story")).events();
            assertThat(said)
                    .singleElement()
                    .satisfies(event -> assertThat(event.message()).contains("\"TaskARN\":\"" + task.taskArn()));
        }
        assertThat(Held.by(instance)).isEqualTo(Held.NOTHING);
    }

    @Test
    void theImageTellsWhetherItIsWell() {
        var port = RunningEmulator.freePort();
        var name = "hakoniwa-test-" + port;
        var options = List.of("--name", name, "--env", "HAKONIWA_PORT=" + port, "--publish", port + ":" + port);
        try (var emulator = RunningEmulator.startInContainer(port, IMAGE, options)) {
            given().get(emulator.endpoint() + "/_hakoniwa/health").then().statusCode(200);
            eventually(() -> assertThat(run("docker", "inspect", "--format", "{{.State.Health.Status}}", name))
                    .isEqualTo("healthy"));
        }
    }

    private static List<Map<String, String>> labelsOf(String instance) {
        try (var engine = DockerEngine.usual()) {
            return engine.containers().list(Map.of(Labels.INSTANCE, instance)).stream()
                    .map(ContainerState::labels)
                    .toList();
        }
    }

    /// Kills the container of the task.
    private static void kill(String taskArn) {
        try (var engine = DockerEngine.usual()) {
            var app = engine.containers()
                    .list(Map.of("com.amazonaws.ecs.task-arn", taskArn, "com.amazonaws.ecs.container-name", "app"))
                    .getFirst();
            engine.containers().stop(app.id(), Duration.ZERO);
        }
    }

    private static String run(String... command) {
        return docker().run(command);
    }

    private static DockerCommands docker() {
        return new DockerCommands(dockerConfig);
    }
}
