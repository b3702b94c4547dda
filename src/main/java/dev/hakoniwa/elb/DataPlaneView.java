package dev.hakoniwa.elb;

import dev.hakoniwa.core.Scope;
import dev.hakoniwa.elb.ElbArns.Kind;
import dev.hakoniwa.elb.attribute.Attributes.Values;
import dev.hakoniwa.elb.attribute.LoadBalancerAttributes;
import dev.hakoniwa.elb.attribute.TargetGroupAttributes;
import dev.hakoniwa.elb.loadbalancer.LoopbackAddresses;
import dev.hakoniwa.elb.rule.Actions;
import dev.hakoniwa.elb.rule.Conditions;
import dev.hakoniwa.elb.rule.Transforms;
import dev.hakoniwa.elb.targetgroup.RegisteredTarget;
import dev.hakoniwa.proxy.Listener;
import dev.hakoniwa.proxy.LoadBalancer;
import dev.hakoniwa.proxy.LoadBalancer.ForwardedFor;
import dev.hakoniwa.proxy.Rule;
import dev.hakoniwa.proxy.Target;
import dev.hakoniwa.proxy.TargetGroup;
import dev.hakoniwa.proxy.TargetGroup.Algorithm;
import dev.hakoniwa.proxy.TargetGroup.Balancing;
import dev.hakoniwa.proxy.TargetGroup.MinimumHealthy;
import dev.hakoniwa.proxy.TargetGroup.Stickiness;
import dev.hakoniwa.proxy.TargetGroup.Version;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/// What the tables hold, in the words of the data plane. Belongs inside a step.
final class DataPlaneView {
    private final ElbTables kept;

    DataPlaneView(ElbTables kept) {
        this.kept = kept;
    }

    Optional<LoadBalancer> loadBalancer(Scope scope, String key) {
        return kept.loadBalancers().find(scope, key).map(shape -> {
            var values = LoadBalancerAttributes.ALL.of(kept, scope, shape.loadBalancerArn());
            var listeners = kept.listenersOf(scope, key).stream()
                    .map(listener -> listener(scope, listener.listenerArn(), listener.port()))
                    .toList();
            return new LoadBalancer(
                    shape.loadBalancerArn(),
                    shape.dnsName(),
                    LoopbackAddresses.of(kept, scope, key),
                    attributes(values),
                    listeners);
        });
    }

    Optional<TargetGroup> targetGroup(Scope scope, String key) {
        return kept.targetGroups().find(scope, key).map(shape -> {
            var values = TargetGroupAttributes.ALL.of(kept, scope, shape.targetGroupArn());
            return new TargetGroup(
                    shape.targetGroupArn(),
                    shape.protocol() == ProtocolEnum.HTTPS,
                    Version.valueOf(shape.protocolVersion()),
                    balancing(values));
        });
    }

    List<Target> targets(Scope scope, String targetGroup) {
        return kept.targetsOf(scope, targetGroup).stream()
                .map(RegisteredTarget::route)
                .toList();
    }

    private Listener listener(Scope scope, String arn, int port) {
        var key = Kind.LISTENER.key(scope, "listenerArn", arn);
        var rules = kept.rulesOf(scope, key);
        var defaultRule =
                rules.stream().filter(rule -> rule.isDefault()).findFirst().orElseThrow();
        return new Listener(
                port,
                rules.stream()
                        .filter(rule -> !rule.isDefault())
                        .map(DataPlaneView::rule)
                        .toList(),
                Actions.route(defaultRule.actions()));
    }

    private static Rule rule(software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule shape) {
        return new Rule(
                Integer.parseInt(shape.priority()),
                shape.conditions().stream().map(Conditions::route).toList(),
                shape.transforms().stream().map(Transforms::route).toList(),
                Actions.route(shape.actions()));
    }

    private static LoadBalancer.Attributes attributes(Values values) {
        return new LoadBalancer.Attributes(
                values.seconds(LoadBalancerAttributes.IDLE_TIMEOUT),
                values.seconds(LoadBalancerAttributes.CLIENT_KEEP_ALIVE),
                ForwardedFor.valueOf(
                        values.text(LoadBalancerAttributes.XFF_MODE).toUpperCase(Locale.ROOT)),
                values.flag(LoadBalancerAttributes.XFF_CLIENT_PORT),
                values.flag(LoadBalancerAttributes.PRESERVE_HOST_HEADER));
    }

    private static Balancing balancing(Values values) {
        return new Balancing(
                Algorithm.valueOf(values.text(TargetGroupAttributes.ALGORITHM).toUpperCase(Locale.ROOT)),
                stickiness(values),
                values.seconds(TargetGroupAttributes.SLOW_START),
                new MinimumHealthy(
                        values.number(TargetGroupAttributes.MINIMUM_HEALTHY_COUNT),
                        values.numberUnlessOff(TargetGroupAttributes.MINIMUM_HEALTHY_PERCENTAGE)));
    }

    private static Stickiness stickiness(Values values) {
        if (!values.flag(TargetGroupAttributes.STICKINESS)) {
            return new Stickiness.Off();
        }
        if (values.text(TargetGroupAttributes.STICKINESS_TYPE).equals("app_cookie")) {
            return new Stickiness.ApplicationCookie(
                    values.text(TargetGroupAttributes.APP_COOKIE_NAME),
                    values.seconds(TargetGroupAttributes.APP_COOKIE_DURATION));
        }
        return new Stickiness.LoadBalancerCookie(values.seconds(TargetGroupAttributes.LB_COOKIE_DURATION));
    }
}
