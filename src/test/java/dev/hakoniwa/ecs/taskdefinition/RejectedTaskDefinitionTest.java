package dev.hakoniwa.ecs.taskdefinition;

import static dev.hakoniwa.ecs.taskdefinition.Requests.container;
import static dev.hakoniwa.ecs.taskdefinition.Requests.refused;
import static dev.hakoniwa.ecs.taskdefinition.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.TestEcs;
import dev.hakoniwa.testing.WireTest;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;

/// Task definitions that ECS refuses as a whole, and its words for why.
@WireTest
final class RejectedTaskDefinitionTest {
    private final EcsClient ecs = new TestEcs().client();

    static Stream<Arguments> wholes() {
        return Stream.of(
                refused("'family': ''", "Family can not be blank."),
                refused("'family': 'a b'", "Family contains invalid characters."),
                refused("'family': '" + "a".repeat(256) + "'", "Family contains invalid characters."),
                refused("'containerDefinitions': []", "Container list cannot be empty."),
                refused(containers(11), "Too many containers."),
                refused(
                        "'containerDefinitions': [{'name': 'a', 'image': 'i', 'memory': 8}, {'name': 'a', 'image': 'i', 'memory': 8}]",
                        "Container names must be unique within a Task Definition."),
                refused(
                        "'containerDefinitions': [{'name': 'a', 'image': 'i', 'memory': 8, 'essential': false}]",
                        "Task definition must have at least one essential container."),
                refused("'containerDefinitions': [{'image': 'i'}]", "Container.name should not be null or empty."),
                refused(
                        "'containerDefinitions': [{'name': 'a b', 'image': 'i'}]",
                        "Container.name contains invalid characters."),
                refused(
                        "'containerDefinitions': [{'name': 'a', 'image': 'i'}]",
                        "Invalid setting for container 'a'. At least one of 'memory' or 'memoryReservation' must be specified."),
                refused("'networkMode': 'nat'", "Invalid 'networkMode' setting for task."),
                refused("'pidMode': 'other'", "Invalid 'pidMode' setting for task."),
                refused("'ipcMode': 'other'", "Invalid 'ipcMode' setting for task."),
                refused("'requiresCompatibilities': ['LAMBDA']", "Invalid 'requiresCompatibilities' setting for task."),
                refused(
                        "'runtimePlatform': {'operatingSystemFamily': 'BEOS'}",
                        "Invalid 'operatingSystemFamily' setting for task."),
                refused(
                        "'cpu': 'lots'",
                        "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide."),
                refused("'cpu': '127'", "Invalid 'cpu' setting for task."),
                refused("'cpu': ''", "Invalid 'cpu' setting for task."),
                refused("'cpu': '193 vCPU'", "Invalid 'cpu' setting for task."),
                refused("'memory': '1 TB'", "Invalid 'memory' setting for task."),
                refused("'memory': '0'", "Invalid 'memory' setting for task."),
                refused("'taskRoleArn': 'arn:aws:ecs:us-east-1:123456789012:cluster/web'", "Role is not valid"),
                refused("'executionRoleArn': ''", "Role is not valid"),
                refused(
                        "'placementConstraints': [{'type': 'distinctInstance'}]",
                        "Invalid placement constraint type. A task definition allows memberOf only."),
                refused(
                        "'containerDefinitions': [{'name': 'a', 'image': 'i', 'memory': 8, 'command': ['"
                                + "x".repeat(70_000) + "']}]",
                        "Max allowed length is '65536' bytes."),
                refused(
                        "'memory': '512', 'containerDefinitions': [{'name': 'a', 'image': 'i', 'memory': 1024}]",
                        "The 'memory' setting for container 'a' is greater than for the task."),
                refused(
                        "'cpu': '256', 'containerDefinitions': [{'name': 'a', 'image': 'i', 'memory': 8, 'cpu': 200},"
                                + " {'name': 'b', 'image': 'i', 'memory': 8, 'cpu': 57}]",
                        "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'."),
                refused(
                        "'memory': '512', 'containerDefinitions': [{'name': 'a', 'image': 'i', 'memory': 300},"
                                + " {'name': 'b', 'image': 'i', 'memory': 300}]",
                        "The sum of all container 'memory' values cannot be greater than the value of the task 'memory'."),
                refused(
                        "'proxyConfiguration': {'containerName': 'app'}",
                        "A proxyConfiguration is only supported when networkMode=awsvpc."));
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void aTaskDefinitionHoldsToItsRules(String members, String message) {
        var request = request(members);

        assertThatThrownBy(() -> ecs.registerTaskDefinition(request))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining(message);
        assertThat(ecs.listTaskDefinitionFamilies().families()).isEmpty();
    }

    static Stream<Arguments> together() {
        return Stream.of(
                refused(
                        "'containerDefinitions': [{%s}, {'name': 'db', 'image': 'db', 'memory': 8}]"
                                .formatted(container("'dependsOn': [{'containerName': 'db', 'condition': 'SUCCESS'}]")),
                        "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container"),
                refused(
                        "'containerDefinitions': [{%s}, {'name': 'db', 'image': 'db', 'memory': 8}]"
                                .formatted(container("'dependsOn': [{'containerName': 'db', 'condition': 'HEALTHY'}]")),
                        "A dependency container with HEALTHY condition must have a health check configured"),
                refused(
                        "'containerDefinitions': [{%s}, {'name': 'db', 'image': 'db', 'memory': 8, 'volumesFrom': [{'sourceContainer': 'app'}]}]"
                                .formatted(container("'dependsOn': [{'containerName': 'db', 'condition': 'START'}]")),
                        "Container dependencies should not have a cycle"),
                refused(
                        "'volumes': [{'name': 'v'}, {'name': 'v'}]",
                        "Volume names must be unique within a Task Definition."),
                refused("'volumes': [{'host': {}}]", "Volume.name should not be null or empty."),
                refused("'volumes': [{'name': 'a b'}]", "Volume.name contains invalid characters."),
                refused(
                        "'volumes': [{'name': 'v', 'host': {'sourcePath': ''}}]",
                        "host.sourcePath should not be blank."),
                refused(
                        "'volumes': [{'name': 'v', 'host': {'sourcePath': '/v'}, 'dockerVolumeConfiguration': {'scope': 'task'}}]",
                        "Only one volume configuration can be specified for volume 'v'."),
                refused(
                        "'volumes': [{'name': 'v', 'dockerVolumeConfiguration': {'scope': 'task', 'autoprovision': true}}]",
                        "Autoprovision can only be set on volume 'v' if its scope is shared."),
                refused(
                        "'volumes': [{'name': 'v', 'efsVolumeConfiguration': {'fileSystemId': 'fs-1', 'authorizationConfig': {'iam': 'ENABLED'}}}]",
                        "When using IAM authorization with EFS, transit encryption must be enabled."),
                refused(
                        "'volumes': [{'name': 'v', 'efsVolumeConfiguration': {'fileSystemId': 'fs-1', 'transitEncryption': 'ENABLED',"
                                + " 'rootDirectory': '/data', 'authorizationConfig': {'accessPointId': 'fsap-1'}}}]",
                        "When using an EFS access point, the root directory must either be set to \"/\" or be omitted."),
                refused(
                        "'networkMode': 'awsvpc', 'containerDefinitions': [{%s}]"
                                .formatted(container("'portMappings': [{'containerPort': 80, 'hostPort': 8080}]")),
                        "When networkMode=awsvpc, the host ports and container ports in port mappings must match."),
                refused(
                        "'networkMode': 'host', 'containerDefinitions': [{%s}]"
                                .formatted(container("'portMappings': [{'containerPort': 80, 'hostPort': 8080}]")),
                        "When networkMode=host, the host ports and container ports in port mappings must match."),
                refused(
                        "'networkMode': 'none', 'containerDefinitions': [{%s}]"
                                .formatted(container("'portMappings': [{'containerPort': 80}]")),
                        "Port mappings are not supported when networkMode=none."),
                refused(
                        "'networkMode': 'awsvpc', 'containerDefinitions': [{%s}]"
                                .formatted(container("'links': ['app']")),
                        "Links are not supported when networkMode=awsvpc."),
                refused(
                        "'networkMode': 'awsvpc', 'containerDefinitions': [{%s}]"
                                .formatted(container("'hostname': 'web'")),
                        "hostname is not supported on container when networkMode=awsvpc."),
                refused(
                        "'networkMode': 'awsvpc', 'containerDefinitions': [{%s}]"
                                .formatted(container("'extraHosts': [{'hostname': 'a', 'ipAddress': '10.0.0.1'}]")),
                        "extraHosts is not supported on container when networkMode=awsvpc."),
                refused(
                        "'networkMode': 'awsvpc', 'containerDefinitions': [{%s}]"
                                .formatted(container("'dnsServers': ['10.0.0.2']")),
                        "dnsServers is not supported on container when networkMode=awsvpc."));
    }

    @ParameterizedTest
    @MethodSource("together")
    void settingsGoTogether(String members, String message) {
        var request = request(members);

        assertThatThrownBy(() -> ecs.registerTaskDefinition(request))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining(message);
    }

    private static String containers(int count) {
        var all = IntStream.range(0, count)
                .mapToObj(i -> "{'name': 'c%d', 'image': 'i', 'memory': 8}".formatted(i))
                .toList();
        return "'containerDefinitions': " + all;
    }
}
