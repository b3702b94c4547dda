package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// A service of two tasks behind a load balancer of its own, in the default VPC. Each task answers `VERSION HOSTNAME`
/// at [#PATH], after a moment in which it can be killed.
final class Website implements AutoCloseable {
    static final String PATH = "/cgi-bin/who";

    private static final String SERVE = """
            trap 'exit 0' TERM
            mkdir -p /www/cgi-bin
            echo ok > /www/index.html
            printf '#!/bin/sh\\necho Content-Type: text/plain\\necho\\nsleep 0.05\\necho %s $(hostname)\\n' > /www/cgi-bin/who
            chmod 755 /www/cgi-bin/who
            httpd -f -p 80 -h /www &
            wait""";

    private final String name;
    private final String image;
    private final EcsClient ecs;
    private final ElasticLoadBalancingV2Client elb;
    private final List<String> subnets;
    private final String group;
    private final String host;

    /// Puts the load balancer up.
    ///
    /// @param port of its listener
    /// @param image what its tasks run; it must have a shell
    Website(RunningEmulator emulator, String name, int port, String image) {
        this.name = name;
        this.image = image;
        ecs = emulator.client(EcsClient.builder());
        elb = emulator.client(ElasticLoadBalancingV2Client.builder());
        ecs.createCluster();
        String vpc;
        try (var ec2 = emulator.client(Ec2Client.builder())) {
            var all = ec2.describeSubnets(
                            d -> d.filters(f -> f.name("default-for-az").values("true")))
                    .subnets();
            subnets = all.stream().map(subnet -> subnet.subnetId()).toList();
            vpc = all.getFirst().vpcId();
        }
        var balancer = elb.createLoadBalancer(b -> b.name(name).subnets(subnets))
                .loadBalancers()
                .getFirst();
        host = balancer.dnsName();
        group = elb.createTargetGroup(g -> g.name(name)
                        .protocol(ProtocolEnum.HTTP)
                        .port(80)
                        .vpcId(vpc)
                        .targetType(TargetTypeEnum.IP)
                        .healthCheckIntervalSeconds(5)
                        .healthCheckTimeoutSeconds(2))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
        elb.createListener(l -> l.loadBalancerArn(balancer.loadBalancerArn())
                .protocol(ProtocolEnum.HTTP)
                .port(port)
                .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group)));
    }

    /// The load balancer's DNS name.
    String host() {
        return host;
    }

    /// Starts the service with its first version, and waits until both of its tasks serve.
    void start(String version) {
        var definition = define(version);
        ecs.createService(s -> s.serviceName(name)
                .taskDefinition(definition)
                .desiredCount(2)
                .launchType(LaunchType.EC2)
                .networkConfiguration(TaskStory.network(subnets))
                .loadBalancers(l -> l.targetGroupArn(group).containerName("app").containerPort(80)));
        awaitServing();
    }

    /// Deploys another version, and waits until it has taken the place of the one before.
    void deploy(String version) {
        var definition = define(version);
        ecs.updateService(u -> u.service(name).taskDefinition(definition));
        awaitServing();
    }

    /// Waits until the service has one deployment and two tasks that are healthy.
    void awaitServing() {
        eventually(() -> {
            var service = service();
            assertThat(service.deployments()).hasSize(1);
            assertThat(service.runningCount()).isEqualTo(2);
            assertThat(healthyTargets()).isEqualTo(2);
        });
    }

    List<Task> tasks() {
        var arns = ecs.listTasks(l -> l.serviceName(name)).taskArns();
        return ecs.describeTasks(d -> d.tasks(arns)).tasks();
    }

    /// What the task answers.
    static String text(String version, Task task) {
        var address =
                task.containers().getFirst().networkInterfaces().getFirst().privateIpv4Address();
        return version + " ip-" + address.replace('.', '-') + ".ec2.internal";
    }

    @Override
    public void close() {
        ecs.close();
        elb.close();
    }

    private String define(String version) {
        var app = ContainerDefinition.builder()
                .name("app")
                .image(image)
                .memory(64)
                .command("sh", "-c", SERVE.formatted(version))
                .portMappings(p -> p.containerPort(80))
                .build();
        return ecs.registerTaskDefinition(
                        r -> r.family(name).networkMode(NetworkMode.AWSVPC).containerDefinitions(app))
                .taskDefinition()
                .taskDefinitionArn();
    }

    private Service service() {
        return ecs.describeServices(d -> d.services(name)).services().getFirst();
    }

    private long healthyTargets() {
        return elb.describeTargetHealth(d -> d.targetGroupArn(group)).targetHealthDescriptions().stream()
                .map(TargetHealthDescription::targetHealth)
                .filter(health -> health.state() == TargetHealthStateEnum.HEALTHY)
                .count();
    }
}
