package dev.hakoniwa.elb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.elb.Targets.Health;
import dev.hakoniwa.elb.Targets.State;
import dev.hakoniwa.elb.Targets.Target;
import dev.hakoniwa.proxy.Address;
import dev.hakoniwa.testing.InJvm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/// What ECS asks and says of targets.
@InJvm("asks as ECS does")
final class TargetsTest {
    private static final Target TASK = new Target("127.1.2.3", 8080);

    private final FakeDataPlane dataPlane = new FakeDataPlane();
    private final FakeProbes probes = new FakeProbes();
    private final TestElb elb = TestElb.over(dataPlane, probes);
    private final Targets targets = elb.elb().targets();
    private final LoadBalancer web = elb.loadBalancer("web");
    private final String group = elb.targetGroup("blue").targetGroupArn();

    @Test
    void aGroupTellsItsTypeVpcAndLoadBalancers() {
        var before = elb.ask(() -> targets.group(TestElb.SCOPE, group));

        use();

        assertThat(before).contains(new Targets.Group(group, "ip", FakeNetworking.VPC, List.of()));
        assertThat(elb.ask(() -> targets.group(TestElb.SCOPE, group)))
                .contains(new Targets.Group(group, "ip", FakeNetworking.VPC, List.of(web.loadBalancerArn())));
        assertThat(elb.ask(() -> targets.group(TestElb.SCOPE, group + "0"))).isEmpty();
        assertThat(elb.ask(() -> targets.group(TestElb.SCOPE, "blue"))).isEmpty();
    }

    @Test
    void aTargetGoesThroughItsStates() {
        use();
        var unknown = health();
        probes.hold();
        register();
        var initial = health();
        probes.release();
        var healthy = health();
        probes.answer(502);
        elb.advance(Duration.ofMinutes(1));
        var unhealthy = health();
        deregister();

        assertThat(unknown).isEqualTo(new Health(State.UNUSED, Targets.NOT_REGISTERED, true));
        assertThat(initial).isEqualTo(new Health(State.INITIAL, "", true));
        assertThat(healthy).isEqualTo(new Health(State.HEALTHY, "", true));
        assertThat(unhealthy)
                .isEqualTo(new Health(State.UNHEALTHY, "Health checks failed with these codes: [502]", true));
        assertThat(health()).isEqualTo(new Health(State.DRAINING, "", true));
    }

    @Test
    void aDrainingTargetTellsWhetherItIsBusy() {
        use();
        register();
        deregister();

        dataPlane.inFlight(1);
        var busy = health();
        dataPlane.inFlight(0);

        assertThat(busy).isEqualTo(new Health(State.DRAINING, "", false));
        assertThat(health().idle()).isTrue();
    }

    @Test
    void aGroupThatIsGoneTakesNoTargets() {
        elb.client().deleteTargetGroup(d -> d.targetGroupArn(group));

        register();
        deregister();

        assertThat(health().state()).isEqualTo(State.UNUSED);
    }

    @Test
    void aGroupThatIsDeletedForgetsItsTargets() {
        register();

        elb.client().deleteTargetGroup(d -> d.targetGroupArn(group));

        assertThat(dataPlane.targets(group)).isEmpty();
        assertThat(elb.targetGroup("blue").targetGroupArn()).isNotEqualTo(group);
    }

    @Test
    void anInstanceIsReachedAtItsAddress() {
        var instances = elb.client()
                .createTargetGroup(g -> g.name("ec2").protocol("HTTP").port(80).vpcId(FakeNetworking.VPC))
                .targetGroups()
                .getFirst()
                .targetGroupArn();

        elb.tables()
                .write(() -> targets.register(TestElb.SCOPE, instances, new Target(FakeNetworking.INSTANCE, 32768)));

        assertThat(dataPlane.targets(instances))
                .extracting(dev.hakoniwa.proxy.Target::address)
                .containsExactly(new Address("127.0.0.1", 32768));
    }

    private void use() {
        var forward = TestElb.forward(elb.client()
                .describeTargetGroups(d -> d.targetGroupArns(group))
                .targetGroups()
                .getFirst());
        elb.listener(web, 80, forward);
    }

    private void register() {
        elb.tables().write(() -> targets.register(TestElb.SCOPE, group, TASK));
    }

    private void deregister() {
        elb.tables().write(() -> targets.deregister(TestElb.SCOPE, group, TASK));
    }

    private Health health() {
        return elb.ask(() -> targets.health(TestElb.SCOPE, group, TASK));
    }
}
