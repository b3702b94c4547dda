package dev.hakoniwa.story;

import static dev.hakoniwa.story.RunningEmulator.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.story.Load.Answer;
import dev.hakoniwa.testing.DockerTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// What the clients of a service behind a load balancer notice of what happens to its containers.
@DockerTest
final class ServiceTrafficTest {
    @RegisterExtension
    private static final TaskStory AWS = new TaskStory();

    /// Serves its version and its host's name, after a moment in which it can be killed.
    private static final String SERVE = """
            trap 'exit 0' TERM
            mkdir -p /www/cgi-bin
            echo ok > /www/index.html
            printf '#!/bin/sh\\necho Content-Type: text/plain\\necho\\nsleep 0.05\\necho %s $(hostname)\\n' > /www/cgi-bin/who
            chmod 755 /www/cgi-bin/who
            httpd -f -p 80 -h /www &
            wait""";

    private final int port = RunningEmulator.freePort();
    private String group;

    @BeforeEach
    void aLoadBalancer() {
        try (var elb = AWS.emulator().client(ElasticLoadBalancingV2Client.builder());
                var ec2 = AWS.emulator().client(Ec2Client.builder())) {
            var vpc = ec2.describeVpcs(v -> v.filters(f -> f.name("is-default").values("true")))
                    .vpcs()
                    .getFirst()
                    .vpcId();
            var balancer = elb.createLoadBalancer(b -> b.name("lb-" + port).subnets(AWS.defaultSubnets()))
                    .loadBalancers()
                    .getFirst()
                    .loadBalancerArn();
            group = elb.createTargetGroup(g -> g.name("tg-" + port)
                            .protocol(ProtocolEnum.HTTP)
                            .port(80)
                            .vpcId(vpc)
                            .targetType(TargetTypeEnum.IP)
                            .healthCheckIntervalSeconds(5)
                            .healthCheckTimeoutSeconds(2))
                    .targetGroups()
                    .getFirst()
                    .targetGroupArn();
            elb.createListener(l -> l.loadBalancerArn(balancer)
                    .protocol(ProtocolEnum.HTTP)
                    .port(port)
                    .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group)));
        }
    }

    @Test
    void aRollingUpdateFailsNoRequest() {
        var service = twoTasks("rolling", define("one"));
        List<Answer> answers;
        try (var load = Load.on(port, "/cgi-bin/who")) {
            eventually(() -> assertThat(load.answers()).hasSizeGreaterThan(50));

            var second = define("two");
            AWS.ecs().updateService(u -> u.service(service.serviceName()).taskDefinition(second));
            awaitStable(service.serviceName());
            var last = System.nanoTime();
            eventually(() ->
                    assertThat(load.answers()).filteredOn(a -> a.begun() > last).hasSizeGreaterThan(50));

            answers = load.stop();
            assertThat(answers)
                    .filteredOn(a -> a.begun() > last)
                    .allMatch(a -> a.text().startsWith("two "));
        }
        assertThat(answers).filteredOn(Answer::failed).isEmpty();
        assertThat(answers).extracting(a -> a.text().split(" ")[0]).contains("one", "two");
    }

    @Test
    void whenAContainerIsKilledOnlyRequestsUnderWayOnItFail() {
        var service = twoTasks("killed", define("one"));
        var victim = tasks(service).getFirst();
        List<Answer> answers;
        long dead;
        try (var load = Load.on(port, "/cgi-bin/who")) {
            eventually(() -> assertThat(load.answers()).extracting(Answer::text).contains(text(victim)));

            AWS.containers().stop(AWS.onEngine(victim, "app").id(), Duration.ZERO);
            dead = System.nanoTime();
            AWS.stopped(victim);
            awaitStable(service.serviceName());
            eventually(() -> assertThat(healthyTargets()).isEqualTo(2));
            var last = System.nanoTime();
            eventually(() -> assertThat(load.answers().stream()
                            .filter(a -> a.begun() > last)
                            .map(Answer::text)
                            .distinct())
                    .hasSize(2));

            answers = load.stop();
        }
        var failed = answers.stream().filter(Answer::failed).toList();
        assertThat(failed).hasSizeLessThanOrEqualTo(Load.CLIENTS).allMatch(a -> a.begun() < dead);
        assertThat(answers)
                .filteredOn(a -> a.begun() > dead)
                .extracting(Answer::text)
                .doesNotContain(text(victim));
    }

    private static String define(String version) {
        return AWS.defineAwsvpc(
                TaskStory.shell("app", SERVE.formatted(version)).portMappings(p -> p.containerPort(80)));
    }

    private Service twoTasks(String name, String definition) {
        AWS.ecs()
                .createService(s -> s.serviceName(name)
                        .taskDefinition(definition)
                        .desiredCount(2)
                        .launchType(LaunchType.EC2)
                        .networkConfiguration(TaskStory.network(AWS.defaultSubnets()))
                        .loadBalancers(l ->
                                l.targetGroupArn(group).containerName("app").containerPort(80)));
        awaitStable(name);
        eventually(() -> assertThat(healthyTargets()).isEqualTo(2));
        return service(name);
    }

    private static void awaitStable(String name) {
        eventually(() -> assertThat(service(name)).satisfies(service -> {
            assertThat(service.deployments()).hasSize(1);
            assertThat(service.runningCount()).isEqualTo(2);
        }));
    }

    private static Service service(String name) {
        return AWS.ecs().describeServices(d -> d.services(name)).services().getFirst();
    }

    private static List<Task> tasks(Service service) {
        var arns =
                AWS.ecs().listTasks(l -> l.serviceName(service.serviceName())).taskArns();
        return AWS.ecs().describeTasks(d -> d.tasks(arns)).tasks();
    }

    /// What the task's container answers.
    private static String text(Task task) {
        var address =
                task.containers().getFirst().networkInterfaces().getFirst().privateIpv4Address();
        return "one ip-" + address.replace('.', '-') + ".ec2.internal";
    }

    private long healthyTargets() {
        try (var elb = AWS.emulator().client(ElasticLoadBalancingV2Client.builder())) {
            return elb.describeTargetHealth(d -> d.targetGroupArn(group)).targetHealthDescriptions().stream()
                    .map(TargetHealthDescription::targetHealth)
                    .filter(health -> health.state() == TargetHealthStateEnum.HEALTHY)
                    .count();
        }
    }
}
