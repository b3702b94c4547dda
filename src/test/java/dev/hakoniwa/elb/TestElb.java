package dev.hakoniwa.elb;

import dev.hakoniwa.aws.WireRequest;
import dev.hakoniwa.aws.WireResponse;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Events;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.proxy.DataPlane;
import dev.hakoniwa.proxy.Probes;
import dev.hakoniwa.testing.InMemoryAws;
import dev.hakoniwa.testing.Shipped;
import dev.hakoniwa.testing.TestTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;

/// Load balancing behind a real SDK client, with a time that is moved by hand.
final class TestElb {
    static final Scope SCOPE = new Scope(new AccountId("000000000000"), new Region("us-east-1"));

    private final Tables tables = new Tables();
    private final Time time = Time.stopped(Instant.parse("2026-01-01T00:00:00Z"));
    private final TestTime testTime = new TestTime(time);
    private final Elb elb;
    private final InMemoryAws aws;
    private final RealNetworking networking;
    private final ElasticLoadBalancingV2Client client;

    private TestElb(DataPlane dataPlane, Probes probes) {
        var foundation = new Foundation(tables, time, time, (_, action) -> action.run(), Ids.random(), new Events());
        elb = new Elb(foundation, new FakeNetworking(), dataPlane, probes);
        aws = InMemoryAws.of(tables, time, elb.operations());
        networking = new RealNetworking(aws);
        client = client("000000000000", "us-east-1");
    }

    static TestElb over(DataPlane dataPlane, Probes probes) {
        return new TestElb(dataPlane, probes);
    }

    ElasticLoadBalancingV2Client client() {
        return client;
    }

    ElasticLoadBalancingV2Client client(String account, String region) {
        return aws.client(
                ElasticLoadBalancingV2Client.builder(), new Scope(new AccountId(account), new Region(region)));
    }

    /// Sends a request as it is.
    WireResponse answer(WireRequest request) {
        return aws.answer(request);
    }

    /// A text with the account that is really called in the place of each that it names, and with the real ids of what
    /// [FakeNetworking] has.
    String in(String text) {
        var ours = aws.accounts().in(text);
        return Shipped.isPlayed() ? networking.in(ours) : ours;
    }

    Elb elb() {
        return Shipped.notWith(elb);
    }

    Tables tables() {
        return Shipped.notWith(tables);
    }

    TestTime time() {
        return testTime;
    }

    void advance(Duration duration) {
        testTime.advance(duration);
    }

    /// What `question` answers inside a step, as another service would ask.
    <T> T ask(Supplier<T> question) {
        return tables().write(question);
    }

    LoadBalancer loadBalancer(String name) {
        return client.createLoadBalancer(l -> l.name(name).subnets(in("subnet-a"), in("subnet-b")))
                .loadBalancers()
                .getFirst();
    }

    TargetGroup targetGroup(String name) {
        return client.createTargetGroup(g -> g.name(name)
                        .protocol("HTTP")
                        .port(80)
                        .vpcId(in(FakeNetworking.VPC))
                        .targetType("ip"))
                .targetGroups()
                .getFirst();
    }

    Listener listener(LoadBalancer loadBalancer, int port, Action action) {
        return client.createListener(l -> l.loadBalancerArn(loadBalancer.loadBalancerArn())
                        .port(port)
                        .protocol("HTTP")
                        .defaultActions(action))
                .listeners()
                .getFirst();
    }

    Rule rule(Listener listener, int priority, String path, Action action) {
        return client.createRule(r -> r.listenerArn(listener.listenerArn())
                        .priority(priority)
                        .conditions(c -> c.field("path-pattern").values(path))
                        .actions(action))
                .rules()
                .getFirst();
    }

    void register(TargetGroup group, String ip, int port) {
        client.registerTargets(r ->
                r.targetGroupArn(group.targetGroupArn()).targets(t -> t.id(ip).port(port)));
    }

    void deregister(TargetGroup group, String ip, int port) {
        client.deregisterTargets(r ->
                r.targetGroupArn(group.targetGroupArn()).targets(t -> t.id(ip).port(port)));
    }

    TargetHealth health(TargetGroup group, String ip, int port) {
        return client.describeTargetHealth(r -> r.targetGroupArn(group.targetGroupArn())
                        .targets(t -> t.id(ip).port(port)))
                .targetHealthDescriptions()
                .getFirst()
                .targetHealth();
    }

    String state(TargetGroup group, String ip, int port) {
        return health(group, ip, port).stateAsString();
    }

    static Action forward(TargetGroup group) {
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .targetGroupArn(group.targetGroupArn())
                .build();
    }

    static Action answer(int status) {
        return Action.builder()
                .type(ActionTypeEnum.FIXED_RESPONSE)
                .fixedResponseConfig(f -> f.statusCode(Integer.toString(status)).contentType("text/plain"))
                .build();
    }
}
