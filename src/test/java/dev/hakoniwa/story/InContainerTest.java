package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.docker.DockerEngine;
import dev.hakoniwa.runtime.ContainerState;
import dev.hakoniwa.runtime.Labels;
import dev.hakoniwa.story.Load.Answer;
import dev.hakoniwa.testing.DockerTest;
import dev.hakoniwa.testing.FreePort;
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
import software.amazon.awssdk.services.iam.IamClient;

/// The emulator in its container image, with the engine's socket.
@DockerTest
@EnabledIfSystemProperty(named = "hakoniwa.executable", matches = ".+")
final class InContainerTest {
    private static final String IMAGE =
            "hakoniwa-test/emulator:" + ProcessHandle.current().pid();

    private static final String METADATA = "wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/task";

    /// Reads its own metadata and credentials, calls the API, and asks for what is the emulator's own.
    private static final String CURIOUS = METADATA + """

            echo
            wget -q -O - http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
            echo
            wget -q -O - --header 'X-Amz-Target: AmazonEC2ContainerServiceV20141113.ListClusters' \
                --header 'Content-Type: application/x-amz-json-1.1' --post-data '{}' $AWS_ENDPOINT_URL
            echo
            wget -q -O - $AWS_ENDPOINT_URL/_hakoniwa/health 2>/dev/null || echo refused""";

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
        var port = FreePort.next();
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
        var port = FreePort.next();
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
    void withANetworkOfItsOwnItAnswersTasksAtTheirAddressInEveryNetworkMode() {
        String instance;
        try (var story = inNetworkOfItsOwn(FreePort.next(), "curious")) {
            instance = story.emulator().instance();
            var role = role(story);
            var curious = TaskStory.shell("app", CURIOUS);

            var tasks = List.of(
                    story.runAwsvpc(story.define(r -> r.networkMode("awsvpc").taskRoleArn(role), curious)),
                    story.run(story.define(r -> r.taskRoleArn(role), curious)),
                    story.run(story.define(r -> r.networkMode("host").taskRoleArn(role), curious)));

            assertThat(tasks).allSatisfy(task -> {
                story.stopped(task);
                assertThat(story.output(task, "app"))
                        .satisfiesExactly(
                                itself -> assertThat(itself).contains("\"TaskARN\":\"" + task.taskArn()),
                                keys -> assertThat(keys).contains("\"RoleArn\":\"" + role),
                                clusters -> assertThat(clusters).contains("cluster/default"),
                                emulatorsOwn -> assertThat(emulatorsOwn).isEqualTo("refused"));
            });
        }
        assertThat(Held.by(instance)).isEqualTo(Held.NOTHING);
    }

    @Test
    void aTaskReadsNothingOfAnother() {
        var port = FreePort.next();
        try (var story = inNetworkOfItsOwn(port, "thief")) {
            var role = role(story);
            var victim = story.running(story.runAwsvpc(
                    story.define(r -> r.networkMode("awsvpc").taskRoleArn(role), TaskStory.shell("app", """
                            echo $ECS_CONTAINER_METADATA_URI_V4/task
                            echo http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
                            trap 'exit 143' TERM; sleep 1000 & wait"""))));
            eventually(() -> assertThat(story.output(victim, "app")).hasSize(2));
            var urls = String.join(" ", story.output(victim, "app"));
            var published = urls.replace("http://169.254.170.2/", "http://169.254.170.2:" + port + "/");
            var thief = TaskStory.shell(
                    "app",
                    "for url in %s %s; do wget -q -O - $url 2>/dev/null || echo refused; done"
                            .formatted(urls, published));

            var thieves = List.of(story.runAwsvpc(story.defineAwsvpc(thief)), story.run(story.define(thief)));

            assertThat(thieves).allSatisfy(task -> {
                story.stopped(task);
                assertThat(story.output(task, "app")).containsExactly("refused", "refused", "refused", "refused");
            });
        }
    }

    @Test
    void theNextOneRemovesTheRelayOfOneThatWasKilledAndARelayThatIsLostIsReplaced() {
        var port = FreePort.next();
        var killed = inNetworkOfItsOwn(port, "killed");
        killed.stopped(killed.run(killed.define(TaskStory.shell("app", METADATA))));
        var left = killed.emulator().instance();
        var relay = "hakoniwa-relay-" + left;
        run("docker", "kill", name(port, "killed"));
        killed.close();
        eventually(() -> assertThat(run("docker", "inspect", "--format", "{{.State.Running}}", relay))
                .isEqualTo("false"));
        assertThat(Held.by(left).containers()).isPositive();

        try (var story = inNetworkOfItsOwn(port, "next")) {
            eventually(() -> assertThat(Held.by(left)).isEqualTo(Held.NOTHING));
            var definition = story.define(TaskStory.shell("app", METADATA));
            var before = story.stopped(story.run(definition));
            run("docker", "kill", "hakoniwa-relay-" + story.emulator().instance());
            var after = story.stopped(story.run(definition));

            assertThat(List.of(before, after))
                    .allSatisfy(task -> assertThat(story.output(task, "app"))
                            .singleElement()
                            .asString()
                            .contains("\"TaskARN\":\"" + task.taskArn()));
        }
    }

    @Test
    void theImageTellsWhetherItIsWell() {
        var port = FreePort.next();
        var name = "hakoniwa-test-" + port;
        var options = List.of("--name", name, "--env", "HAKONIWA_PORT=" + port, "--publish", port + ":" + port);
        try (var emulator = RunningEmulator.startInContainer(port, IMAGE, options)) {
            given().get(emulator.endpoint() + "/_hakoniwa/health").then().statusCode(200);
            eventually(() -> assertThat(run("docker", "inspect", "--format", "{{.State.Health.Status}}", name))
                    .isEqualTo("healthy"));
        }
    }

    private static TaskStory inNetworkOfItsOwn(int port, String name) {
        var options = List.of("--name", name(port, name), "--publish", port + ":" + port);
        return TaskStory.of(RunningEmulator.startInContainer(port, IMAGE, options));
    }

    private static String name(int port, String name) {
        return "hakoniwa-test-%s-%d".formatted(name, port);
    }

    private static String role(TaskStory story) {
        try (var iam = story.emulator().client(IamClient.builder())) {
            return iam.createRole(r -> r.roleName("app").assumeRolePolicyDocument("""
                            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                             "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}"""))
                    .role()
                    .arn();
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
