package dev.hakoniwa.ecs.simulation;

import static dev.hakoniwa.ecs.Story.container;

import dev.hakoniwa.ecs.Story;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;

/// What is there before anything happens: task definitions of every kind and two target groups.
final class Place {
    static final List<String> FAMILIES = List.of("web", "pair", "checked", "dynamic", "fixed", "setup", "job", "spot");

    /// Those that services may have any number of. `job` ends by itself, again and again.
    static final List<String> SERVED_FAMILIES = List.of("web", "pair", "checked", "dynamic", "setup", "spot");

    private static final CapacityProviderStrategyItem SPOT = CapacityProviderStrategyItem.builder()
            .capacityProvider("FARGATE_SPOT")
            .weight(1)
            .build();

    private final Story story;
    private final String ipGroup;
    private final String instanceGroup;

    Place(Story story) {
        this.story = story;
        story.ecs()
                .putClusterCapacityProviders(p -> p.cluster("default")
                        .capacityProviders("FARGATE_SPOT")
                        .defaultCapacityProviderStrategy(List.of()));
        FAMILIES.forEach(this::define);
        var elb = story.aws().elb();
        var subnets = story.aws().subnets();
        var balancer = elb.createLoadBalancer(l -> l.name("front").subnets(subnets))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
        ipGroup = group(elb, balancer, "ip", 80);
        instanceGroup = group(elb, balancer, "instance", 81);
    }

    String ipGroup() {
        return ipGroup;
    }

    String instanceGroup() {
        return instanceGroup;
    }

    static boolean isAwsvpc(String family) {
        return switch (family) {
            case "web", "pair", "checked", "spot" -> true;
            default -> false;
        };
    }

    /// Where tasks of this family run; nothing for container instances.
    static List<CapacityProviderStrategyItem> capacity(String family) {
        return family.equals("spot") ? List.of(SPOT) : List.of();
    }

    /// A service of this family can be behind a load balancer with this; nothing if it can't.
    List<LoadBalancer> loadBalancer(String family) {
        return switch (family) {
            case "web", "pair", "checked" -> List.of(to(ipGroup));
            case "dynamic" -> List.of(to(instanceGroup));
            default -> List.of();
        };
    }

    private static LoadBalancer to(String group) {
        return LoadBalancer.builder()
                .targetGroupArn(group)
                .containerName("app")
                .containerPort(80)
                .build();
    }

    /// Registers another revision.
    String define(String family) {
        return switch (family) {
            case "web" ->
                story.define(
                        family,
                        r -> r.networkMode("awsvpc").volumes(v -> v.name("data")),
                        container(
                                "app",
                                c -> c.portMappings(p -> p.containerPort(80))
                                        .mountPoints(m -> m.sourceVolume("data").containerPath("/data"))));
            case "pair" ->
                story.defineAwsvpc(
                        family,
                        container(
                                "app",
                                c -> c.portMappings(p -> p.containerPort(80))
                                        .dependsOn(d -> d.containerName("side").condition("START"))),
                        container("side", c -> c.essential(false)));
            case "checked" ->
                story.defineAwsvpc(
                        family,
                        container(
                                "app",
                                c -> c.portMappings(p -> p.containerPort(80))
                                        .restartPolicy(p -> p.enabled(true).restartAttemptPeriod(60))
                                        .healthCheck(
                                                h -> h.command("CMD", "check").interval(5))));
            case "dynamic" ->
                story.define(
                        family,
                        container(
                                "app",
                                c -> c.portMappings(p -> p.containerPort(80))
                                        .restartPolicy(p -> p.enabled(true).restartAttemptPeriod(60))));
            case "fixed" ->
                story.define(
                        family,
                        container(
                                "app",
                                c -> c.portMappings(p -> p.containerPort(80).hostPort(8080))));
            case "setup" ->
                story.define(
                        family,
                        container("setup", c -> c.essential(false)),
                        container(
                                "app",
                                c -> c.dependsOn(d -> d.containerName("setup").condition("SUCCESS"))));
            case "spot" -> story.defineFargate(family, container("app"));
            case "job" -> story.define(family, container("work"));
            default -> throw new IllegalArgumentException(family);
        };
    }

    private String group(ElasticLoadBalancingV2Client elb, String balancer, String type, int port) {
        var vpc = story.aws().vpc();
        var group = elb.createTargetGroup(g -> g.name(type)
                        .targetType(type)
                        .protocol("HTTP")
                        .port(80)
                        .vpcId(vpc)
                        .healthCheckIntervalSeconds(10))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
        var forward = Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .targetGroupArn(group)
                .build();
        elb.createListener(
                l -> l.loadBalancerArn(balancer).protocol("HTTP").port(port).defaultActions(forward));
        return group;
    }
}
