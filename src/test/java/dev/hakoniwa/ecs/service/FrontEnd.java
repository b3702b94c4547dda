package dev.hakoniwa.ecs.service;

import dev.hakoniwa.ecs.Story;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;

/// A load balancer in front of services, and target groups with and without it.
final class FrontEnd {
    private final ElasticLoadBalancingV2Client elb;
    private final String vpc;
    private final String balancer;
    private int port = 80;

    FrontEnd(Story story) {
        elb = story.aws().elb();
        vpc = story.aws().vpc();
        balancer = elb.createLoadBalancer(
                        l -> l.name("front").subnets(story.aws().subnets()))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
    }

    /// A target group of addresses behind a listener of its own; its targets are checked every 10 s.
    String group(String name) {
        return balanced(unbalanced(name, "ip"));
    }

    /// A target group of instances behind a listener of its own.
    String instanceGroup(String name) {
        return balanced(unbalanced(name, "instance"));
    }

    /// A target group that no load balancer routes to.
    String unbalanced(String name, String type) {
        return group(name, g -> g.targetType(type));
    }

    /// How long a target goes on draining.
    void drainsFor(String group, int seconds) {
        elb.modifyTargetGroupAttributes(m -> m.targetGroupArn(group)
                .attributes(a -> a.key("deregistration_delay.timeout_seconds").value(Integer.toString(seconds))));
    }

    /// What a service is behind whose container `app` listens on port 80.
    static LoadBalancer to(String group) {
        return to(group, "app", 80);
    }

    static LoadBalancer to(String group, String container, int port) {
        return LoadBalancer.builder()
                .targetGroupArn(group)
                .containerName(container)
                .containerPort(port)
                .build();
    }

    /// The states of the group's targets, by their ids and ports.
    Map<String, String> targets(String group) {
        var states = new TreeMap<String, String>();
        elb.describeTargetHealth(d -> d.targetGroupArn(group))
                .targetHealthDescriptions()
                .forEach(target -> states.put(
                        target.target().id() + ":" + target.target().port(),
                        target.targetHealth().stateAsString()));
        return states;
    }

    List<String> states(String group) {
        return targets(group).values().stream().sorted().toList();
    }

    void deleteGroup(String group) {
        elb.describeListeners(d -> d.loadBalancerArn(balancer)).listeners().stream()
                .filter(listener ->
                        listener.defaultActions().getFirst().targetGroupArn().equals(group))
                .forEach(listener -> elb.deleteListener(d -> d.listenerArn(listener.listenerArn())));
        elb.deleteTargetGroup(d -> d.targetGroupArn(group));
    }

    private String group(String name, Consumer<CreateTargetGroupRequest.Builder> rest) {
        return elb.createTargetGroup(g -> g.name(name)
                        .protocol("HTTP")
                        .port(80)
                        .vpcId(vpc)
                        .healthCheckIntervalSeconds(10)
                        .applyMutation(rest))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
    }

    private String balanced(String group) {
        elb.createListener(l -> l.loadBalancerArn(balancer)
                .protocol("HTTP")
                .port(port++)
                .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group)));
        return group;
    }
}
