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

/// Task definitions that can't run where they ask to, and ECS's words for why.
@WireTest
final class FargateRulesTest {
    private static final String FARGATE = "'requiresCompatibilities': ['FARGATE'], 'networkMode': 'awsvpc'";
    private static final String SMALL = FARGATE + ", 'cpu': '256', 'memory': '512'";
    private static final String EXEC = ", 'executionRoleArn': 'arn:aws:iam::123456789012:role/exec'";

    private final EcsClient ecs = new TestEcs().client();

    static Stream<Arguments> onFargate() {
        return Stream.of(
                refused(
                        "'requiresCompatibilities': ['FARGATE'], 'cpu': '256', 'memory': '512'",
                        "",
                        "Fargate only supports network mode ‘awsvpc’."),
                refused(
                        "'requiresCompatibilities': ['FARGATE'], 'networkMode': 'host', 'cpu': '256', 'memory': '512'",
                        "",
                        "Fargate only supports network mode ‘awsvpc’."),
                refused(FARGATE + ", 'memory': '512'", "", "Fargate requires that 'cpu' be defined at the task level."),
                refused(FARGATE + ", 'cpu': '256'", "", "Fargate requires that 'memory' be defined at the task level."),
                refused(
                        FARGATE + ", 'cpu': '256', 'memory': '4096'",
                        "",
                        "No Fargate configuration exists for given values: 256 CPU, 4096 memory. See the Amazon ECS documentation"
                                + " for the valid values."),
                refused(
                        SMALL + ", 'runtimePlatform': {'operatingSystemFamily': 'WINDOWS_SERVER_2022_CORE'}",
                        "",
                        "No Fargate configuration exists for given values"),
                refused(SMALL, "'privileged': true", "Fargate compatible task definitions do not support privileged"),
                refused(SMALL, "'links': ['app']", "Links are not supported when networkMode=awsvpc."),
                refused(
                        SMALL + ", 'volumes': [{'name': 'v', 'host': {'sourcePath': '/v'}}]",
                        "",
                        "Fargate compatible task definitions do not support sourcePath"),
                refused(
                        SMALL + ", 'volumes': [{'name': 'v', 'dockerVolumeConfiguration': {'scope': 'task'}}]",
                        "",
                        "Fargate compatible task definitions do not support dockerVolumeConfiguration"),
                refused(
                        SMALL,
                        "'resourceRequirements': [{'type': 'GPU', 'value': '1'}]",
                        "Fargate compatible task definitions do not support resourceRequirements"),
                refused(
                        SMALL + ", 'placementConstraints': [{'type': 'memberOf', 'expression': 'attribute:a exists'}]",
                        "",
                        "Fargate compatible task definitions do not support placementConstraints"),
                refused(
                        SMALL,
                        "'linuxParameters': {'sharedMemorySize': 64}",
                        "Fargate compatible task definitions do not support sharedMemorySize"),
                refused(
                        SMALL,
                        "'linuxParameters': {'capabilities': {'add': ['NET_ADMIN']}}",
                        "Fargate compatible task definitions do not support adding capabilities other than SYS_PTRACE"),
                refused(
                        SMALL,
                        "'linuxParameters': {'devices': [{'hostPath': '/dev/fuse'}]}",
                        "Fargate compatible task definitions do not support devices"),
                refused(
                        SMALL + ", 'ipcMode': 'task'",
                        "",
                        "Tasks using the Fargate launch type do not support ipcMode."),
                refused(SMALL, "'stopTimeout': 121", "Invalid 'stopTimeout' setting for container 'app'."),
                refused(
                        SMALL + ", 'ephemeralStorage': {'sizeInGiB': 20}",
                        "",
                        "Invalid 'ephemeralStorage' setting for task. The size must be between 21 and 200 GiB."),
                refused(
                        SMALL,
                        "'image': '123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1'",
                        "Fargate requires task definition to have execution role ARN to support ECR images."),
                refused(
                        SMALL,
                        "'logConfiguration': {'logDriver': 'awslogs', 'options': {'awslogs-group': 'a', 'awslogs-region': 'b',"
                                + " 'awslogs-stream-prefix': 'c'}}",
                        "Fargate requires task definition to have execution role ARN to support log driver awslogs."),
                refused(
                        SMALL + EXEC,
                        "'logConfiguration': {'logDriver': 'awslogs', 'options': {'awslogs-group': 'a', 'awslogs-region': 'b'}}",
                        "Log driver awslogs requires options: awslogs-region, awslogs-group, awslogs-stream-prefix"),
                refused(
                        SMALL,
                        "'logConfiguration': {'logDriver': 'syslog'}",
                        "Log driver syslog is not supported by Fargate"),
                refused(
                        "'requiresCompatibilities': ['EXTERNAL'], 'networkMode': 'awsvpc'",
                        "",
                        "Task definition is not compatible with EXTERNAL."),
                refused(
                        "'requiresCompatibilities': ['MANAGED_INSTANCES'], 'networkMode': 'bridge'",
                        "",
                        "Task definition is not compatible with MANAGED_INSTANCES."));
    }

    @ParameterizedTest
    @MethodSource("onFargate")
    void aTaskDefinitionRunsWhereItAsksTo(String members, String container, String message) {
        var request = request("%s, 'containerDefinitions': [{%s}]".formatted(members, container(container)));

        assertThatThrownBy(() -> ecs.registerTaskDefinition(request))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining(message);
    }
}
