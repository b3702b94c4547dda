package dev.hakoniwa.tmds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hakoniwa.ecs.Story;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

final class MetadataTest {
    private static final String V3 = "ECS_CONTAINER_METADATA_URI";
    private static final String NOBODYS = "172.17.0.99";
    private static final String V4 = "ECS_CONTAINER_METADATA_URI_V4";

    private final Inside inside = new Inside();
    private final Story story = inside.story();

    @Test
    void aFargateContainerKnowsItself() {
        var task = fargate();

        var container = v4(task, "");

        assertThat(inside.variable(task, "app", V4)).matches("http://169.254.170.2/v4/" + Story.id(task) + "-\\d{10}");
        var runtimeId = story.container(task, "app").runtimeId();
        assertThat(container.path("DockerId").asText()).isEqualTo(runtimeId);
        assertThat(container.path("Name").asText()).isEqualTo("app");
        assertThat(container.path("DockerName").asText()).isEqualTo("app");
        assertThat(container.path("Image").asText()).isEqualTo("app");
        assertThat(container.path("ImageID").asText()).startsWith("sha256:");
        assertThat(container.path("KnownStatus").asText()).isEqualTo("RUNNING");
        assertThat(container.path("Limits").toString()).isEqualTo("{\"CPU\":0,\"Memory\":64}");
        assertThat(container.path("ContainerARN").asText())
                .isEqualTo(story.container(task, "app").containerArn());
        assertThat(container.path("Labels").path("com.amazonaws.ecs.task-arn").asText())
                .isEqualTo(task.taskArn());
        assertThat(container.path("Labels").path("team").asText()).isEqualTo("blue");
        assertThat(container.path("Ports").toString())
                .isEqualTo("[{\"ContainerPort\":80,\"Protocol\":\"tcp\",\"HostPort\":80}]");
        assertThat(container.path("StartedAt").asText()).startsWith("2026-01-01T00:00:0");
        assertThat(container.has("FinishedAt")).isFalse();
        assertThat(container.path("LogOptions").path("awslogs-stream").asText()).isEqualTo("web/app/" + Story.id(task));
        assertThat(container.path("Snapshotter").asText()).isEqualTo("overlayfs");
    }

    @Test
    void aContainerThatMayRunAgainKnowsHowOftenItHas() {
        story.define("web", Story.container("app", c -> c.restartPolicy(p -> p.enabled(true))));
        var task = story.started("web");
        story.letPassSeconds(300);
        var before = v4(task, "");

        story.exit(task, "app", 1);
        story.letPass(Story.SOON);

        assertThat(before.path("RestartCount").toString()).isEqualTo("0");
        assertThat(v4(task, "").path("RestartCount").toString()).isEqualTo("1");
        assertThat(v3(task, "").has("RestartCount")).isFalse();
    }

    @Test
    void aFargateTaskKnowsItself() {
        var task = fargate();

        var described = v4(task, "/task");

        assertThat(described.path("Cluster").asText()).isEqualTo(task.clusterArn());
        assertThat(described.path("TaskARN").asText()).isEqualTo(task.taskArn());
        assertThat(described.path("Family").asText()).isEqualTo("web");
        assertThat(described.path("Revision").asText()).isEqualTo("1");
        assertThat(described.path("DesiredStatus").asText()).isEqualTo("RUNNING");
        assertThat(described.path("KnownStatus").asText()).isEqualTo("RUNNING");
        assertThat(described.path("Limits").toString()).isEqualTo("{\"CPU\":0.25,\"Memory\":512}");
        assertThat(described.path("LaunchType").asText()).isEqualTo("FARGATE");
        assertThat(described.path("AvailabilityZone").asText()).isEqualTo(task.availabilityZone());
        assertThat(described.path("FaultInjectionEnabled").asBoolean(true)).isFalse();
        assertThat(described.path("EphemeralStorageMetrics").toString())
                .isEqualTo("{\"Utilized\":5,\"Reserved\":20496}");
        assertThat(described.path("ClockDrift").toString()).isEqualTo("""
                {"ClockErrorBound":0.5,"ReferenceTimestamp":"2026-01-01T00:00:02Z",\
                "ClockSynchronizationStatus":"SYNCHRONIZED"}""");
        assertThat(names(described)).containsExactly("app");
        assertThat(described.path("Containers").get(0)).isEqualTo(v4(task, ""));
    }

    @Test
    void theNetworkOfATaskIsItsInterfaceInTheVpc() {
        var task = fargate();
        var subnet = story.aws().ec2().describeSubnets().subnets().stream()
                .filter(s -> s.subnetId().equals(story.aws().subnets().getFirst()))
                .findFirst()
                .orElseThrow();

        var network = v4(task, "").path("Networks").get(0);

        assertThat(network.path("NetworkMode").asText()).isEqualTo("awsvpc");
        assertThat(network.path("IPv4Addresses").get(0).asText()).isEqualTo(inside.address(task));
        assertThat(network.path("MACAddress").asText()).matches("0a(:[0-9a-f]{2}){5}");
        assertThat(network.path("IPv4SubnetCIDRBlock").asText()).isEqualTo(subnet.cidrBlock());
        assertThat(network.path("SubnetGatewayIpv4Address").asText()).isEqualTo("172.31.0.1/20");
        assertThat(network.path("PrivateDNSName").asText()).endsWith(".ec2.internal");
        assertThat(network.path("DomainNameSearchList").get(0).asText()).isEqualTo("ec2.internal");
        assertThat(v3(task, "").path("Networks").get(0).size())
                .as("in version 3")
                .isEqualTo(2);
    }

    @Test
    void aTaskOnAnInstanceIsToldInItsAgentsWords() {
        var task = story.startedAwsvpc(story.defineAwsvpc("web", Story.container("app")));

        var described = v4(task, "/task");

        assertThat(inside.variable(task, "app", V4)).matches("http://169.254.170.2/v4/[0-9a-f-]{36}");
        assertThat(described.path("Cluster").asText()).isEqualTo("default");
        assertThat(described.path("LaunchType").asText()).isEqualTo("EC2");
        assertThat(described.path("VPCID").asText()).isEqualTo(story.aws().vpc());
        assertThat(described.has("Limits")).isFalse();
        assertThat(names(described)).containsExactly("app", "~internal~ecs~pause");
        assertThat(described.path("Containers").get(1).path("Type").asText()).isEqualTo("CNI_PAUSE");
        var container = described.path("Containers").get(0);
        assertThat(container.path("DockerId").asText())
                .isEqualTo(story.id(task, "app").value());
        assertThat(container.path("DockerName").asText()).startsWith("ecs-web-1-app-");
    }

    @Test
    void aTaskOfAServiceKnowsItsService() {
        story.createService("shop", story.define("web", Story.container("app")), 1);
        story.letPass(Story.SOON);
        var task = story.tasks("shop").getFirst();

        assertThat(v4(task, "/task").path("ServiceName").asText()).isEqualTo("shop");
    }

    @Test
    void inBridgeModeAContainerHasItsOwnAddressAndHostPort() {
        var task = story.started(story.define(
                "web", Story.container("app", c -> c.portMappings(p -> p.containerPort(80)))));
        var state = story.onEngine(task, "app");

        var container = v4(task, "");

        assertThat(container.path("Networks").toString())
                .isEqualTo("[{\"NetworkMode\":\"bridge\",\"IPv4Addresses\":[\"" + state.address() + "\"]}]");
        assertThat(container.path("Ports").get(0).path("HostPort").asInt())
                .isEqualTo(state.ports().getFirst().hostPort());
    }

    @Test
    void inHostModeWhoKnowsAnIdMayUseIt() {
        var task = story.started(story.define("web", r -> r.networkMode("host"), Story.container("app")));
        var path = inside.variable(task, "app", V4).substring("http://169.254.170.2".length());

        assertThat(inside.getFromMachine(path).status()).isEqualTo(200);
    }

    @Test
    void tagsAreToldToWhoAsksForThem() {
        var definition = story.define("web", Story.container("app"));
        var task = story.run(
                definition, r -> r.tags(Tag.builder().key("team").value("blue").build()));
        story.letPass(Story.SOON);

        assertThat(v4(task, "/taskWithTags").path("TaskTags").toString()).isEqualTo("{\"team\":\"blue\"}");
        assertThat(v4(task, "/task").has("TaskTags")).isFalse();
    }

    @Test
    void anEndedContainerTellsHowItEnded() {
        var task = story.started(
                story.define("web", Story.container("app"), Story.container("once", c -> c.essential(false))));

        story.exit(task, "once", 3);
        story.letPass(Story.SOON);

        var once = v4(task, "/task").path("Containers").get(1);
        assertThat(once.path("KnownStatus").asText()).isEqualTo("STOPPED");
        assertThat(once.path("ExitCode").asInt()).isEqualTo(3);
        assertThat(once.has("FinishedAt")).isTrue();
    }

    @Test
    void olderVersionsTellLess() {
        var task = fargate();

        assertThat(inside.variable(task, "app", V3)).contains("/v3/");
        assertThat(v3(task, "").path("Name").asText()).isEqualTo("app");
        assertThat(v3(task, "/task").path("TaskARN").asText()).isEqualTo(task.taskArn());
        assertThat(v3(task, "").has("ContainerARN")).isFalse();
        assertThat(v3(task, "").has("LogDriver")).isFalse();
        assertThat(v3(task, "/task").has("LaunchType")).isFalse();
    }

    @Test
    void versionTwoKnowsTheTaskByItsAddress() {
        var task = fargate();
        var source = inside.address(task);

        var described = Inside.json(inside.get(source, "/v2/metadata"));

        assertThat(described.path("TaskARN").asText()).isEqualTo(task.taskArn());
        assertThat(Inside.json(inside.get(source, "/v2/metadata/"))).isEqualTo(described);
        var id = described.path("Containers").get(0).path("DockerId").asText();
        assertThat(Inside.json(inside.get(source, "/v2/metadata/" + id)))
                .isEqualTo(described.path("Containers").get(0));
        assertThat(inside.getFromMachine("/v2/metadata").body())
                .isEqualTo("\"Unable to get task arn from request: unable to associate '127.0.0.1' with task\"");
        assertThat(inside.get(source, "/v2/metadata/other").status()).isEqualTo(400);
    }

    @Test
    void aTaskCanNotReadAnothersMetadata() {
        var task = fargate();
        var other = start(task.taskDefinitionArn());
        var path = inside.variable(task, "app", V4).substring("http://169.254.170.2".length());

        var answer = inside.get(inside.address(other), path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body())
                .isEqualTo("\"V4 container metadata handler: unable to get container ID from request: "
                        + "unable to get docker ID from v3 endpoint ID: " + path.substring("/v4/".length()) + "\"");
        assertThat(inside.get(inside.address(task), path).status()).isEqualTo(200);
    }

    @Test
    void whoeverHasAnAddressThatIsNobodysReadsNoTaskThatHasItsOwn() {
        var path = inside.variable(fargate(), "app", V4).substring("http://169.254.170.2".length());
        var bridge = story.started(story.define("bridge", Story.container("app")));
        var bridgePath = inside.variable(bridge, "app", V4).substring("http://169.254.170.2".length());

        assertThat(inside.get(NOBODYS, path).status()).isEqualTo(404);
        assertThat(inside.get(NOBODYS, bridgePath).status()).isEqualTo(404);
        assertThat(inside.getFromMachine(path).status()).isEqualTo(200);
    }

    @Test
    void aContainerMayAskBeforeItsAddressIsKnown() {
        var definition = story.define(
                "bridge",
                Story.container("app", c -> c.essential(false)),
                Story.container(
                        "late", c -> c.dependsOn(d -> d.containerName("app").condition(ContainerCondition.COMPLETE))));
        var task = story.run(definition);
        story.letPass(Story.SOON);
        var path = inside.variable(task, "app", V4).substring("http://169.254.170.2".length());

        assertThat(inside.get(NOBODYS, path).status()).isEqualTo(200);
    }

    @Test
    void aContainerIsAssociatedWithNothing() {
        var task = fargate();

        var all = inside.get(task, "app", V4, "/associations/elastic-inference");
        var one = inside.get(task, "app", V4, "/associations/elastic-inference/eia/1");
        var nameless = inside.get(task, "app", V3, "/associations/elastic-inference/");

        assertThat(all.status()).isEqualTo(200);
        assertThat(all.body()).isEqualTo("{\"Associations\":[]}");
        assertThat(one.status()).isEqualTo(400);
        assertThat(Inside.json(one).textValue())
                .isEqualTo("Unable to write container association response: unable to get association from "
                        + "association type elastic-inference and association name eia/1");
        assertThat(nameless.status()).isEqualTo(400);
        assertThat(Inside.json(nameless).textValue())
                .isEqualTo("V3 container associations handler: unable to get association name from request");
    }

    @Test
    void whatTheEngineCanNotMeasureIsNotTold() {
        var task = fargate();
        story.aws().engine().goAway();

        var metrics = v4(task, "/task").path("EphemeralStorageMetrics");

        assertThat(metrics.toString()).isEqualTo("{\"Reserved\":20496}");
    }

    @ParameterizedTest
    @CsvSource({
        "/v4/x/task, 404, V4 task metadata handler: unable to get task arn from request: "
                + "unable to get task Arn from v3 endpoint ID: x",
        "/v4/x/stats, 404, V4 container stats handler: unable to get task arn from request: "
                + "unable to get task Arn from v3 endpoint ID: x",
        "/v3/x, 400, V3 container metadata handler: unable to get container ID from request: "
                + "unable to get docker ID from v3 endpoint ID: x",
        "/v4/x/associations/elastic-inference, 400, V4 container associations handler: unable to get container id from "
                + "request: unable to get docker ID from v3 endpoint ID: x",
        "/v3/x/associations/elastic-inference/eia, 400, V3 container associations handler: unable to get task arn from "
                + "request: unable to get task Arn from v3 endpoint ID: x",
        "/v3/x/task/stats, 400, V3 task stats handler: unable to get task arn from request: "
                + "unable to get task Arn from v3 endpoint ID: x",
    })
    void whatIsNotKnownIsToldInTheAgentsWords(String path, int status, String message) {
        var answer = inside.getFromMachine(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
        assertThat(Inside.json(answer).textValue()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "/v4/x/",
        "/v4/x/nothing",
        "/v4/x/task/",
        "/v4/x/associations/",
        "/v2/nothing",
        "/v5/x",
        "/api/x",
        "/",
        "/v4"
    })
    void otherPathsAreNoPages(String path) {
        assertThat(inside.getFromMachine(path).status()).isEqualTo(404);
    }

    @Test
    void repeatedSlashesAreMovedAway() {
        var answer = inside.getFromMachine("//v4//x/task");

        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.headers()).containsEntry("Location", "/v4/x/task");
    }

    private Task fargate() {
        story.aws().logs().createLogGroup(g -> g.logGroupName("web"));
        return start(story.defineFargate(
                "web",
                Story.container(
                        "app",
                        c -> c.portMappings(p -> p.containerPort(80))
                                .dockerLabels(Map.of("team", "blue"))
                                .logConfiguration(l -> l.logDriver(LogDriver.AWSLOGS)
                                        .options(Map.of(
                                                "awslogs-group", "web",
                                                "awslogs-region", "us-east-1",
                                                "awslogs-stream-prefix", "web"))))));
    }

    private Task start(String definition) {
        var task = story.run(definition, r -> r.launchType(LaunchType.FARGATE).networkConfiguration(story.network()));
        story.letPass(Story.SOON);
        return story.now(task);
    }

    private JsonNode v4(Task task, String rest) {
        return Inside.json(inside.get(task, "app", V4, rest));
    }

    private JsonNode v3(Task task, String rest) {
        return Inside.json(inside.get(task, "app", V3, rest));
    }

    private static List<String> names(JsonNode task) {
        return StreamSupport.stream(task.path("Containers").spliterator(), false)
                .map(container -> container.path("Name").asText())
                .toList();
    }
}
