package dev.hakoniwa.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.docker.TestImage;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Scope;

/// Services of tasks that run until they are stopped, in the default cluster.
final class Services {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS = 600;

    private final EcsClient ecs;
    private final Ec2Client ec2;

    Services(RunningEmulator emulator) {
        ecs = emulator.client(EcsClient.builder());
        ec2 = emulator.client(Ec2Client.builder());
        ecs.createCluster(c -> c.clusterName("default"));
    }

    /// Runs tasks on the engine's bridge, each with a volume of its own.
    void runBridge(String name, int tasks) {
        ecs.registerTaskDefinition(d -> d.family(name)
                .networkMode(NetworkMode.BRIDGE)
                .volumes(v -> v.name("data").dockerVolumeConfiguration(c -> c.scope(Scope.TASK)))
                .containerDefinitions(endless()
                        .copy(c -> c.mountPoints(m -> m.sourceVolume("data").containerPath("/data")))));
        ecs.createService(s -> s.serviceName(name)
                .taskDefinition(name)
                .launchType(LaunchType.EC2)
                .desiredCount(tasks));
        awaitStable(name);
    }

    /// Runs tasks in the default VPC.
    void runAwsvpc(String name, int tasks) {
        var subnets = ec2.describeSubnets().subnets().stream()
                .map(subnet -> subnet.subnetId())
                .toList();
        runAwsvpc(name, tasks, subnets);
    }

    /// Runs tasks in a VPC of this range, which is made for them.
    void runInVpc(String cidr, String name, int tasks) {
        var vpc = ec2.createVpc(v -> v.cidrBlock(cidr)).vpc().vpcId();
        var subnet =
                ec2.createSubnet(s -> s.vpcId(vpc).cidrBlock(cidr)).subnet().subnetId();
        runAwsvpc(name, tasks, List.of(subnet));
    }

    /// The addresses of a service's tasks.
    List<String> addresses(String name) {
        var tasks = ecs.listTasks(t -> t.serviceName(name)).taskArns();
        return ecs.describeTasks(t -> t.tasks(tasks)).tasks().stream()
                .flatMap(task -> task.containers().getFirst().networkInterfaces().stream())
                .map(networkInterface -> networkInterface.privateIpv4Address())
                .toList();
    }

    private void runAwsvpc(String name, int tasks, List<String> subnets) {
        ecs.registerTaskDefinition(
                d -> d.family(name).networkMode(NetworkMode.AWSVPC).containerDefinitions(endless()));
        ecs.createService(s -> s.serviceName(name)
                .taskDefinition(name)
                .launchType(LaunchType.EC2)
                .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(subnets)))
                .desiredCount(tasks));
        awaitStable(name);
    }

    private void awaitStable(String name) {
        var waited = ecs.waiter()
                .waitUntilServicesStable(
                        s -> s.services(name),
                        o -> o.backoffStrategyV2(_ -> STEP).maxAttempts(STEPS));
        assertThat(waited.matched().response()).isPresent();
    }

    private static ContainerDefinition endless() {
        return ContainerDefinition.builder()
                .name("endless")
                .image(TestImage.reference())
                .memory(64)
                .command("sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1000 & wait; done")
                .environment(KeyValuePair.builder().name("STORY").value("yes").build())
                .build();
    }
}
