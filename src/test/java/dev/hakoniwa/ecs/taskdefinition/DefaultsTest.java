package dev.hakoniwa.ecs.taskdefinition;

import static dev.hakoniwa.ecs.taskdefinition.Requests.container;
import static dev.hakoniwa.ecs.taskdefinition.Requests.request;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.ecs.TestEcs;
import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.Volume;

@WireTest
final class DefaultsTest {
    private final EcsClient ecs = new TestEcs().client();

    @Test
    void aContainersListsAreThereEvenIfEmpty() {
        var app = registered("").containerDefinitions().getFirst();

        assertThat(app)
                .isEqualTo(ContainerDefinition.builder()
                        .name("app")
                        .image("app")
                        .memory(64)
                        .cpu(0)
                        .essential(true)
                        .portMappings(List.of())
                        .environment(List.of())
                        .mountPoints(List.of())
                        .volumesFrom(List.of())
                        .systemControls(List.of())
                        .build());
    }

    @Test
    void whatWasNotSaidOfTheTaskStaysUnsaid() {
        var definition = registered("");

        assertThat(definition.hasVolumes()).isTrue();
        assertThat(definition.hasPlacementConstraints()).isTrue();
        assertThat(definition.hasRequiresCompatibilities()).isFalse();
        assertThat(definition.networkMode()).isNull();
        assertThat(definition.runtimePlatform()).isNull();
        assertThat(definition.cpu()).isNull();
    }

    static Stream<Arguments> ports() {
        return Stream.of(
                Arguments.of("bridge", "'containerPort': 80", 80, 0),
                Arguments.of("bridge", "'containerPort': 80, 'hostPort': 8080", 80, 8080),
                Arguments.of("awsvpc", "'containerPort': 80", 80, 80),
                Arguments.of("awsvpc", "'containerPort': 80, 'hostPort': 0", 80, 80),
                Arguments.of("host", "'containerPort': 80", 80, 80));
    }

    @ParameterizedTest
    @MethodSource("ports")
    void thePortOfTheHostFollowsTheNetworkMode(String mode, String mapping, int containerPort, int hostPort) {
        var definition = registered("'networkMode': '%s', 'containerDefinitions': [{%s}]"
                .formatted(mode, container("'portMappings': [{%s}]".formatted(mapping))));

        assertThat(definition.containerDefinitions().getFirst().portMappings())
                .extracting(PortMapping::containerPort, PortMapping::hostPort, PortMapping::protocolAsString)
                .containsExactly(tuple(containerPort, hostPort, "tcp"));
    }

    @Test
    void aRangeOfPortsHasNoPortOfTheHost() {
        var mapping = registered("'containerDefinitions': [{%s}]"
                        .formatted(
                                container("'portMappings': [{'containerPortRange': '5000-5010', 'protocol': 'udp'}]")))
                .containerDefinitions()
                .getFirst()
                .portMappings()
                .getFirst();

        assertThat(mapping.hostPort()).isNull();
        assertThat(mapping.containerPortRange()).isEqualTo("5000-5010");
        assertThat(mapping.protocolAsString()).isEqualTo("udp");
    }

    @Test
    void aHealthCheckHasEcssIntervals() {
        var check = registered("'containerDefinitions': [{%s}]"
                        .formatted(container("'healthCheck': {'command': ['CMD', 'true']}")))
                .containerDefinitions()
                .getFirst()
                .healthCheck();

        assertThat(check.interval()).isEqualTo(30);
        assertThat(check.timeout()).isEqualTo(5);
        assertThat(check.retries()).isEqualTo(3);
        assertThat(check.startPeriod()).isNull();
    }

    static Stream<Arguments> volumes() {
        return Stream.of(
                Arguments.of(
                        "'name': 'v'", Volume.builder().name("v").host(h -> {}).build()),
                Arguments.of(
                        "'name': 'v', 'configuredAtLaunch': true",
                        Volume.builder().name("v").configuredAtLaunch(true).build()),
                Arguments.of(
                        "'name': 'v', 'dockerVolumeConfiguration': {}",
                        Volume.builder()
                                .name("v")
                                .dockerVolumeConfiguration(d -> d.scope("task").driver("local"))
                                .build()),
                Arguments.of(
                        "'name': 'v', 'dockerVolumeConfiguration': {'autoprovision': true}",
                        Volume.builder()
                                .name("v")
                                .dockerVolumeConfiguration(
                                        d -> d.driver("local").autoprovision(true))
                                .build()),
                Arguments.of(
                        "'name': 'v', 'efsVolumeConfiguration': {'fileSystemId': 'fs-1'}",
                        Volume.builder()
                                .name("v")
                                .efsVolumeConfiguration(
                                        e -> e.fileSystemId("fs-1").rootDirectory("/"))
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("volumes")
    void aVolumeIsFilledIn(String given, Volume kept) {
        assertThat(registered("'volumes': [{%s}]".formatted(given)).volumes()).containsExactly(kept);
    }

    @Test
    void whatWasSentEmptyIsGivenBackEmpty() {
        var app = registered("'containerDefinitions': [{%s}]"
                        .formatted(container("'command': [], 'entryPoint': [], 'ulimits': []")))
                .containerDefinitions()
                .getFirst();

        assertThat(app.hasCommand()).isTrue();
        assertThat(app.hasEntryPoint()).isTrue();
        assertThat(app.hasUlimits()).isTrue();
        assertThat(app.hasDnsServers()).isFalse();
    }

    @Test
    void environmentIsKeptToTheLetter() {
        var long30k = "x".repeat(30_000);
        var variables =
                List.of(variable("A", "1=2\n3"), variable("A", "again"), variable("箱", "庭"), variable("LONG", long30k));

        var kept = ecs.registerTaskDefinition(r -> r.family("app")
                        .containerDefinitions(ContainerDefinition.builder()
                                .name("app")
                                .image("app")
                                .memory(64)
                                .environment(variables)
                                .build()))
                .taskDefinition()
                .containerDefinitions()
                .getFirst()
                .environment();

        assertThat(kept).isEqualTo(variables);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "localhost:5000/team/app:1.2",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:v1",
                "public.ecr.aws/nginx/nginx:1.27-alpine",
                "app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "app:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            })
    void imagesHaveManyNames(String image) {
        var definition =
                registered("'containerDefinitions': [{'name': 'app', 'memory': 64, 'image': '%s'}]".formatted(image));

        assertThat(definition.containerDefinitions().getFirst().image()).isEqualTo(image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A_b-9"})
    void familiesHaveManyNames(String family) {
        assertThat(registered("'family': '%s'".formatted(family)).family()).isEqualTo(family);
    }

    @Test
    void aTaskDefinitionMayHaveTenContainersAndFiftyTags() {
        var containers = IntStream.range(0, 10)
                .mapToObj(i -> "{'name': 'c%d', 'image': 'i', 'memoryReservation': 8}".formatted(i))
                .collect(joining(","));
        var tags = IntStream.range(0, 50)
                .mapToObj(i -> Tag.builder().key("Key" + i).value("").build())
                .toList();

        var answer = ecs.registerTaskDefinition(
                request("'containerDefinitions': [%s]".formatted(containers)).copy(r -> r.tags(tags)));

        assertThat(answer.taskDefinition().containerDefinitions()).hasSize(10);
        assertThat(answer.tags()).isEqualTo(tags);
    }

    static Stream<Arguments> compatibilities() {
        var fargate = "'networkMode': 'awsvpc', 'cpu': '256', 'memory': '512'";
        return Stream.of(
                Arguments.of("'networkMode': 'bridge'", "", List.of("EXTERNAL", "EC2")),
                Arguments.of("'networkMode': 'host'", "", List.of("EXTERNAL", "EC2", "MANAGED_INSTANCES")),
                Arguments.of("'networkMode': 'awsvpc'", "", List.of("EC2", "MANAGED_INSTANCES")),
                Arguments.of(fargate, "", List.of("EC2", "FARGATE", "MANAGED_INSTANCES")),
                Arguments.of(fargate, "'privileged': true", List.of("EC2", "MANAGED_INSTANCES")),
                Arguments.of(
                        fargate,
                        "'linuxParameters': {'tmpfs': [{'containerPath': '/t', 'size': 1}]}",
                        List.of("EC2", "FARGATE", "MANAGED_INSTANCES")),
                Arguments.of(
                        "'networkMode': 'bridge'",
                        "'portMappings': [{'containerPort': 80, 'name': 'web'}]",
                        List.of("EC2")));
    }

    @ParameterizedTest
    @MethodSource("compatibilities")
    void compatibilitiesAreWorkedOut(String members, String container, List<String> expected) {
        var definition = registered("%s, 'containerDefinitions': [{%s}]".formatted(members, container(container)));

        assertThat(definition.compatibilitiesAsStrings()).isEqualTo(expected);
    }

    /// Read off task definitions that AWS described.
    static Stream<Arguments> attributes() {
        var logs = "'awslogs-group': 'a', 'awslogs-region': 'b', 'awslogs-stream-prefix': 'c'";
        var exec = "'executionRoleArn': 'arn:aws:iam::123456789012:role/exec'";
        return Stream.of(
                Arguments.of("'networkMode': 'bridge'", "'memoryReservation': 8", List.of("docker.1.21")),
                Arguments.of("'networkMode': 'awsvpc'", "", List.of("docker.1.18", "ecs:task-eni")),
                Arguments.of("'networkMode': 'bridge'", "'readonlyRootFilesystem': false", List.of()),
                Arguments.of(
                        "'networkMode': 'awsvpc', " + exec,
                        "'logConfiguration': {'logDriver': 'awslogs', 'options': {%s, 'awslogs-create-group': 'true', 'mode': 'blocking'}}"
                                .formatted(logs),
                        List.of(
                                "docker.1.18",
                                "docker.1.19",
                                "docker.1.28",
                                "docker.1.29",
                                "logging-driver.awslogs",
                                "ecs:execution-role-awslogs",
                                "ecs:task-eni")),
                Arguments.of(
                        "'networkMode': 'host', 'ipcMode': 'host', 'taskRoleArn': 'arn:aws:iam::123456789012:role/task'",
                        "'privileged': true, 'ulimits': [], 'linuxParameters': {'sharedMemorySize': 1}",
                        List.of(
                                "docker.1.17",
                                "docker.1.18",
                                "docker.1.22",
                                "privileged-container",
                                "task-iam-role",
                                "task-iam-role-network-host",
                                "ecs:pid-ipc-namespace-sharing")),
                Arguments.of(
                        "'networkMode': 'bridge', " + exec,
                        "'image': '123456789012.dkr.ecr.us-east-1.amazonaws.com/a', 'healthCheck': {'command': ['CMD', 'true'], 'startPeriod': 1}",
                        List.of(
                                "docker.1.24",
                                "docker.1.29",
                                "ecr-auth",
                                "ecs:container-health-check",
                                "ecs:execution-role-ecr-pull")),
                Arguments.of(
                        "'volumes': [{'name': 'v', 'dockerVolumeConfiguration': {'driver': 'rexray'}}]",
                        "",
                        List.of("docker.1.25", "ecs:docker-plugin.rexray")));
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void requiredAttributesAreWorkedOut(String members, String container, List<String> expected) {
        var definition = registered("%s, 'containerDefinitions': [{%s}]".formatted(members, container(container)));

        assertThat(definition.requiresAttributes())
                .extracting(Attribute::name)
                .map(DefaultsTest::shortened)
                .containsExactlyElementsOf(expected);
    }

    private static String shortened(String attribute) {
        return attribute
                .replace("com.amazonaws.ecs.capability.docker-remote-api.", "docker.")
                .replace("com.amazonaws.ecs.capability.", "")
                .replace("ecs.capability.", "ecs:");
    }

    private TaskDefinition registered(String members) {
        var said = members.isEmpty() ? "'family': 'app'" : members;
        return ecs.registerTaskDefinition(request(said)).taskDefinition();
    }

    private static KeyValuePair variable(String name, String value) {
        return KeyValuePair.builder().name(name).value(value).build();
    }
}
