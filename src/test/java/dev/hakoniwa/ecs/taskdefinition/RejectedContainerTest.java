package dev.hakoniwa.ecs.taskdefinition;

import static dev.hakoniwa.ecs.taskdefinition.Requests.container;
import static dev.hakoniwa.ecs.taskdefinition.Requests.refused;
import static dev.hakoniwa.ecs.taskdefinition.Requests.request;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.ecs.TestEcs;
import dev.hakoniwa.testing.WireTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;

/// Containers that ECS refuses, and its words for why.
@WireTest
final class RejectedContainerTest {
    private final EcsClient ecs = new TestEcs().client();

    static Stream<Arguments> containers() {
        return Stream.of(
                refused("'image': ''", "Container.image should not be null or empty."),
                refused("'image': 'a b'", "Container.image contains invalid characters."),
                refused("'memory': 4", "Invalid setting for container 'app'. The minimum memory size is 6 MB."),
                refused(
                        "'memory': 64, 'memoryReservation': 65",
                        "Invalid setting for container 'app'. 'memory' must be greater than or equal to 'memoryReservation'."),
                refused("'cpu': -1", "Invalid 'cpu' setting for container 'app'."),
                refused("'portMappings': [{'hostPort': 80}]", "Invalid 'containerPort' setting for container 'app'."),
                refused(
                        "'portMappings': [{'containerPort': 65536}]",
                        "Invalid 'containerPort' setting for container 'app'."),
                refused(
                        "'portMappings': [{'containerPort': 80, 'hostPort': -1}]",
                        "Invalid 'hostPort' setting for container 'app'."),
                refused(
                        "'portMappings': [{'containerPort': 80, 'protocol': 'sctp'}]",
                        "Invalid 'protocol' setting for container 'app'."),
                refused(
                        "'portMappings': [{'containerPort': 80, 'appProtocol': 'gopher'}]",
                        "Invalid 'appProtocol' setting for container 'app'."),
                refused(
                        "'portMappings': [{'containerPortRange': '90-80'}]",
                        "Invalid 'containerPortRange' setting for container 'app'."),
                refused(
                        "'portMappings': [{'containerPort': 80, 'hostPort': 3000}, {'containerPort': 81, 'hostPort': 3000}]",
                        "TCP host port '3000' is mapped multiple times in task."),
                refused(
                        "'portMappings': [{'containerPort': 80, 'name': 'Web'}]",
                        "Invalid 'portMappings.name' setting for container 'app'."),
                refused(
                        "'portMappings': [{'containerPort': 80, 'name': 'web'}, {'containerPort': 81, 'name': 'web'}]",
                        "Port mapping names must be unique within a Task Definition. Duplicate name: web."),
                refused("'mountPoints': [{'sourceVolume': 'x', 'containerPath': '/x'}]", "Unknown volume 'x'."),
                refused("'mountPoints': [{'containerPath': '/x'}]", "Unknown volume 'null'."),
                refused(
                        "'volumesFrom': [{'sourceContainer': 'db'}]",
                        "Unknown container 'db' in volumesFrom of container 'app'."),
                refused(
                        "'dependsOn': [{'containerName': 'db', 'condition': 'START'}]",
                        "Cannot depend on container + 'db' because it does not exist"),
                refused(
                        "'dependsOn': [{'containerName': 'app', 'condition': 'START'}]",
                        "Container dependencies should not have a cycle"),
                refused(
                        "'dependsOn': [{'containerName': 'app', 'condition': 'LATER'}]",
                        "Invalid 'dependsOn.condition' setting for container 'app'."),
                refused("'links': ['db:db']", "Unknown container 'db' in links of container 'app'."),
                refused("'links': ['app']", "Container links should not have a cycle"),
                refused(
                        "'secrets': [{'name': 'A', 'valueFrom': '/a'}]",
                        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."),
                refused(
                        "'secrets': [{'name': 'A', 'valueFrom': '/a'}, {'name': 'A', 'valueFrom': '/b'}]",
                        "Duplicate secret names found: A. Each secret name must be unique."),
                refused(
                        "'secrets': [{'name': 'A', 'valueFrom': '/a'}], 'environment': [{'name': 'A', 'value': 'x'}]",
                        "The secret name must be unique and not shared with any new or existing environment variables set on"
                                + " the container, such as 'A'."),
                refused("'secrets': [{'name': 'A', 'valueFrom': 'arn:aws:s3:::a'}]", "Invalid arn syntax."),
                refused(
                        "'repositoryCredentials': {'credentialsParameter': 'x'}",
                        "Private repository authentication requires that the task definition specify a value for executionRoleArn."),
                refused("'environmentFiles': [{'type': 's3', 'value': 's3://a/b.env'}]", "Invalid arn syntax."),
                refused(
                        "'logConfiguration': {'logDriver': 'awslogs', 'options': {'awslogs-group': 'a'}}",
                        "Log driver awslogs requires options: awslogs-region, awslogs-group"),
                refused(
                        "'logConfiguration': {'logDriver': 'paper'}",
                        "Invalid 'logConfiguration.logDriver' setting for container 'app'."),
                refused(
                        "'logConfiguration': {'logDriver': 'awsfirelens'}",
                        "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be"
                                + " configured in one of the containers."),
                refused(
                        "'firelensConfiguration': {'type': 'fluentbit'}",
                        "When a firelensConfiguration object is specified, at least one container has to be configured with the"
                                + " awsfirelens log driver."),
                refused(
                        "'firelensConfiguration': {'type': 'fluentbit'}, 'user': 'root'",
                        "If 'user' field is specified on firelens container, then 'UID' has to be '0'."),
                refused(
                        "'firelensConfiguration': {'type': 'fluentbit', 'options': {'config-file-type': 's3', 'config-file-value':"
                                + " 's3://a'}}",
                        "Invalid arn syntax."),
                refused("'healthCheck': {'command': []}", "Invalid 'healthCheck.command' setting for container 'app'."),
                refused(
                        "'healthCheck': {'command': ['CMD', 'true'], 'interval': 4}",
                        "Invalid 'healthCheck.interval' setting for container 'app'."),
                refused(
                        "'healthCheck': {'command': ['CMD', 'true'], 'timeout': 61}",
                        "Invalid 'healthCheck.timeout' setting for container 'app'."),
                refused(
                        "'healthCheck': {'command': ['CMD', 'true'], 'retries': 0}",
                        "Invalid 'healthCheck.retries' setting for container 'app'."),
                refused(
                        "'restartPolicy': {'enabled': true, 'restartAttemptPeriod': 59}",
                        "Invalid 'restartPolicy.restartAttemptPeriod' setting for container 'app'."),
                refused(
                        "'ulimits': [{'name': 'nofile', 'softLimit': 2, 'hardLimit': 1}]",
                        "Invalid setting for container 'app'. The soft limit of ulimit 'nofile' must not exceed its hard limit."),
                refused(
                        "'resourceRequirements': [{'type': 'GPU', 'value': 'many'}]",
                        "Invalid 'resourceRequirements.value' setting for container 'app'."),
                refused(
                        "'linuxParameters': {'swappiness': 101}",
                        "Invalid 'linuxParameters.swappiness' setting for container 'app'."));
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aContainerHoldsToItsRules(String members, String message) {
        var request = request("'containerDefinitions': [{%s}]".formatted(container(members)));

        assertThatThrownBy(() -> ecs.registerTaskDefinition(request))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining(message);
    }
}
