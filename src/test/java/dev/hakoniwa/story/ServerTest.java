package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;

import dev.hakoniwa.aws.MalformedRequests;
import dev.hakoniwa.aws.WireRequest;
import dev.hakoniwa.testing.FreePort;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/// The emulator as it serves, over HTTP, with the simulated engine.
final class ServerTest {
    /// Headers that the JDK's client sets by itself, and won't have set.
    private static final Set<String> OWN =
            Set.of("host", "content-length", "transfer-encoding", "expect", "connection", "upgrade");

    private static RunningEmulator emulator;

    @BeforeAll
    static void talkToIt() {
        emulator = RunningEmulator.start("--engine", "simulated");
        RestAssured.baseURI = emulator.endpoint().toString();
    }

    @AfterAll
    static void endIt() {
        RestAssured.reset();
        assertThat(emulator.terminate()).isEqualTo(143);
    }

    @BeforeEach
    void beginAnew() {
        when().post("/_hakoniwa/reset").then().statusCode(200);
    }

    @Test
    void aPathThatNobodyKnowsIsNotOurFault() {
        when().get("/no/such/path").then().statusCode(lessThan(500));
    }

    @Test
    void healthTellsTheVersionAndTheEngine() {
        when().get("/_hakoniwa/health")
                .then()
                .statusCode(200)
                .body("status", equalTo("running"))
                .body("engine.kind", equalTo("simulated"))
                .body("engine.reachable", equalTo(true))
                .body("account", equalTo("000000000000"))
                .body("uptimeSeconds", greaterThanOrEqualTo(0));
    }

    @Test
    void theClockCanBeStoppedAndMovedOn() {
        var before = Instant.parse(setClock("{\"speed\": 0}"));

        var after = Instant.parse(setClock("{\"advance\": \"PT10M\"}"));

        assertThat(Duration.between(before, after)).isEqualTo(Duration.ofMinutes(10));
        when().get("/_hakoniwa/clock")
                .then()
                .body("now", equalTo(after.toString()))
                .body("speed", equalTo(0.0f));
    }

    @Test
    void aClockIsNotSetToNonsense() {
        for (var nonsense : Set.of("{}", "{\"speed\": -1}", "{\"advance\": \"soon\"}", "{\"advance\": \"-PT1S\"}")) {
            given().contentType("application/json")
                    .body(nonsense)
                    .put("/_hakoniwa/clock")
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void onlyTasksOfSpotAreInterrupted() {
        try (var ecs = ecs()) {
            ecs.createCluster(c -> c.capacityProviders("FARGATE_SPOT"));
            ecs.registerTaskDefinition(r -> r.family("app")
                    .networkMode("awsvpc")
                    .requiresCompatibilitiesWithStrings("FARGATE")
                    .cpu("256")
                    .memory("512")
                    .containerDefinitions(c -> c.name("app").image("app")));
            var task = ecs.runTask(r -> r.taskDefinition("app")
                            .capacityProviderStrategy(
                                    s -> s.capacityProvider("FARGATE_SPOT").weight(1))
                            .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(subnets()))))
                    .tasks()
                    .getFirst()
                    .taskArn();

            interrupt("{\"task\": \"" + task + "\"}", 200);
            interrupt("{\"task\": \"" + task + "\"}", 400);
            interrupt("{\"task\": \"nonsense\"}", 400);
            interrupt("{}", 400);

            eventually(() -> assertThat(ecs.describeTasks(d -> d.tasks(task)).tasks())
                    .singleElement()
                    .satisfies(t -> assertThat(t.stopCodeAsString()).isEqualTo("SpotInterruption")));
        }
    }

    private static void interrupt(String body, int status) {
        given().contentType("application/json")
                .body(body)
                .post("/_hakoniwa/spot-interruptions")
                .then()
                .statusCode(status);
    }

    private static List<String> subnets() {
        try (var ec2 = emulator.client(Ec2Client.builder())) {
            return ec2.describeSubnets().subnets().stream()
                    .map(subnet -> subnet.subnetId())
                    .toList();
        }
    }

    @Test
    void resetDropsEverything() {
        try (var ecs = ecs()) {
            ecs.createCluster(c -> c.clusterName("main"));

            when().post("/_hakoniwa/reset").then().statusCode(200);

            assertThat(ecs.listClusters().clusterArns()).isEmpty();
        }
    }

    @Test
    void endpointsTellWhereListenersAreServed() {
        try (var ec2 = emulator.client(Ec2Client.builder());
                var elb = emulator.client(ElasticLoadBalancingV2Client.builder())) {
            var subnets = ec2.describeSubnets().subnets().stream()
                    .map(subnet -> subnet.subnetId())
                    .toList();
            var balancer = elb.createLoadBalancer(b -> b.name("web").subnets(subnets))
                    .loadBalancers()
                    .getFirst();
            elb.createListener(l -> l.loadBalancerArn(balancer.loadBalancerArn())
                    .protocol(ProtocolEnum.HTTP)
                    .port(FreePort.next())
                    .defaultActions(a -> a.type(ActionTypeEnum.FIXED_RESPONSE)
                            .fixedResponseConfig(f -> f.statusCode("200").messageBody("hello"))));

            when().get("/_hakoniwa/endpoints").then().body("", hasSize(1));
            given().header("Host", balancer.dnsName())
                    .get("/anything")
                    .then()
                    .statusCode(200)
                    .body(equalTo("hello"));
        }
    }

    @Test
    void aServiceComesToRunOverHttp() {
        try (var ecs = ecs()) {
            ecs.createCluster(c -> c.clusterName("main"));
            ecs.registerTaskDefinition(d -> d.family("web")
                    .containerDefinitions(c -> c.name("web").image("web").memory(64)));
            ecs.createService(s -> s.cluster("main")
                    .serviceName("web")
                    .taskDefinition("web")
                    .launchType(LaunchType.EC2)
                    .desiredCount(3));

            var waited = ecs.waiter()
                    .waitUntilServicesStable(
                            s -> s.cluster("main").services("web"),
                            o -> o.backoffStrategyV2(attempt -> Duration.ofMillis(100))
                                    .maxAttempts(300));

            assertThat(waited.matched().response()).isPresent();
            assertThat(ecs.listTasks(t -> t.cluster("main").serviceName("web")).taskArns())
                    .hasSize(3);
        }
    }

    @Test
    void malformedRequestsAreTheCallersFaultAndTheServerAnswersOn() throws Exception {
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (var request : MalformedRequests.seeded(7).limit(1_000).toList()) {
                mustNotBeOurFault(client, request);
            }
        }

        try (var ecs = ecs()) {
            assertThat(ecs.createCluster(c -> c.clusterName("still")).cluster().status())
                    .isEqualTo("ACTIVE");
        }
    }

    private static void mustNotBeOurFault(HttpClient client, WireRequest request) throws Exception {
        var path = (request.path() + (request.query().isEmpty() ? "" : "?" + request.query()));
        var sent = HttpRequest.newBuilder(
                        URI.create(emulator.endpoint() + path.replaceAll("[^!-~]|[\"<>\\\\^`{|}%]", "_")))
                .method(method(request), BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, value) -> {
            if (!OWN.contains(name) && name.matches("[A-Za-z0-9-]+") && value.matches("[ -~]*")) {
                sent.header(name, value);
            }
        });

        var answer = client.send(sent.build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isBetween(200, 499);
        assertThat(answer.body()).doesNotContain("dev.hakoniwa", "Caused by");
    }

    /// What the JDK's client lets through.
    private static String method(WireRequest request) {
        return request.method().matches("GET|PUT|DELETE|OPTIONS|HEAD|PATCH") ? request.method() : "POST";
    }

    private static String setClock(String change) {
        return given().contentType("application/json")
                .body(change)
                .put("/_hakoniwa/clock")
                .then()
                .statusCode(200)
                .extract()
                .path("now");
    }

    private static EcsClient ecs() {
        return emulator.client(EcsClient.builder());
    }
}
