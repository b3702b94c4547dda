package dev.hakoniwa.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.proxy.Address;
import dev.hakoniwa.proxy.Probe;
import dev.hakoniwa.proxy.Target;
import dev.hakoniwa.testing.InJvm;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidTargetException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

@InJvm("made-up answers to health checks")
final class TargetHealthTest {
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final String IP = "127.0.0.1";

    private final FakeDataPlane dataPlane = new FakeDataPlane();
    private final FakeProbes probes = new FakeProbes();
    private final TestElb elb = TestElb.over(dataPlane, probes);
    private final ElasticLoadBalancingV2Client client = elb.client();
    private final LoadBalancer web = elb.loadBalancer("web");
    private final TargetGroup group = elb.targetGroup("blue");

    @Test
    void aTargetOfAGroupThatNobodyUsesIsUnusedAndNotChecked() {
        elb.register(group, IP, 80);
        elb.advance(INTERVAL.multipliedBy(3));

        assertThat(elb.health(group, IP, 80))
                .isEqualTo(health(
                        "unused",
                        "Target.NotInUse",
                        "Target group is not configured to receive traffic from the load balancer"));
        assertThat(probes.sent()).isEmpty();
    }

    @Test
    void aNewTargetIsCheckedAtOnceAndHealthyWithTheFirstGoodCheck() {
        use();

        elb.register(group, IP, 80);

        assertThat(elb.health(group, IP, 80))
                .isEqualTo(TargetHealth.builder().state("healthy").build());
        assertThat(probes.sent())
                .containsExactly(new Probe.Http(new Address(IP, 80), IP, false, "/", Duration.ofSeconds(5)));
        assertThat(dataPlane.targets(group.targetGroupArn()))
                .containsExactly(new Target(IP, 80, new Address(IP, 80), Target.State.HEALTHY));
    }

    @Test
    void aTargetThatIsBeingCheckedForTheFirstTimeIsInitial() {
        use();
        probes.hold();

        elb.register(group, IP, 80);

        assertThat(elb.health(group, IP, 80))
                .isEqualTo(health("initial", "Elb.InitialHealthChecking", "Initial health checks in progress"));
    }

    @Test
    void aGroupThatComesIntoUseBeginsToBeChecked() {
        elb.register(group, IP, 80);

        use();

        assertThat(elb.state(group, IP, 80)).isEqualTo("healthy");
    }

    @Test
    void aGroupThatGoesOutOfUseIsNoLongerChecked() {
        var listener = elb.listener(web, 80, TestElb.forward(group));
        elb.register(group, IP, 80);

        client.deleteListener(d -> d.listenerArn(listener.listenerArn()));
        elb.advance(INTERVAL.multipliedBy(3));

        assertThat(elb.state(group, IP, 80)).isEqualTo("unused");
        assertThat(probes.sent()).hasSize(1);
    }

    @Test
    void aGroupThatMovesToAnotherRuleStaysHealthy() {
        var listener = elb.listener(web, 80, TestElb.forward(group));
        elb.register(group, IP, 80);
        elb.rule(listener, 1, "/a", TestElb.forward(group));

        client.modifyListener(m -> m.listenerArn(listener.listenerArn()).defaultActions(TestElb.answer(404)));

        assertThat(elb.state(group, IP, 80)).isEqualTo("healthy");
        assertThat(probes.sent()).hasSize(1);
    }

    @Test
    void checksGoOnAtTheInterval() {
        use();
        elb.register(group, IP, 80);

        elb.advance(INTERVAL.multipliedBy(10));

        assertThat(probes.sent()).hasSize(11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | Target.ResponseCodeMismatch | Health checks failed with these codes: [404]",
                "0 | Target.Timeout | Request timed out",
                "-1 | Target.FailedHealthChecks | Health checks failed",
            })
    void twoBadChecksMakeATargetUnhealthyAndFiveGoodOnesHealthyAgain(int result, String reason, String text) {
        use();
        elb.register(group, IP, 80);

        probes.answer(result(result));
        elb.advance(INTERVAL);
        var afterOne = elb.state(group, IP, 80);
        elb.advance(INTERVAL);
        var afterTwo = elb.health(group, IP, 80);
        probes.answer(200);
        elb.advance(INTERVAL.multipliedBy(4));
        var afterFourGood = elb.state(group, IP, 80);
        elb.advance(INTERVAL);

        assertThat(afterOne).isEqualTo("healthy");
        assertThat(afterTwo).isEqualTo(health("unhealthy", reason, text));
        assertThat(afterFourGood).isEqualTo("unhealthy");
        assertThat(elb.state(group, IP, 80)).isEqualTo("healthy");
    }

    @Test
    void newSettingsAreHeededAtOnce() {
        use();
        elb.register(group, IP, 8080);

        client.modifyTargetGroup(m -> m.targetGroupArn(group.targetGroupArn())
                .healthCheckPath("/up")
                .healthCheckPort("9000")
                .healthCheckProtocol("HTTPS")
                .healthCheckIntervalSeconds(10)
                .healthCheckTimeoutSeconds(3)
                .matcher(m2 -> m2.httpCode("200-299,301")));
        elb.advance(Duration.ofSeconds(100));

        assertThat(probes.sent()).hasSize(1 + 1 + 10);
        assertThat(probes.sent().getLast())
                .isEqualTo(new Probe.Http(new Address(IP, 9000), IP + ":9000", true, "/up", Duration.ofSeconds(3)));
        assertThat(describe().healthCheckPort()).isEqualTo("9000");
    }

    @ParameterizedTest
    @CsvSource({"204, healthy", "299, healthy", "301, healthy", "300, initial", "200, initial"})
    void theMatcherSaysWhichCodesAreGood(int code, String state) {
        use();
        client.modifyTargetGroup(
                m -> m.targetGroupArn(group.targetGroupArn()).matcher(m2 -> m2.httpCode("204,290-299,301")));
        probes.answer(code);

        elb.register(group, IP, 80);

        assertThat(elb.state(group, IP, 80)).isEqualTo(state);
    }

    @Test
    void aTargetThatIsNotRegisteredIsUnused() {
        assertThat(elb.health(group, IP, 80))
                .isEqualTo(health("unused", "Target.NotRegistered", "Target is not registered to the target group"));
    }

    @Test
    void theHealthCheckPortIsTheRealOneAndThePortDefaultsToTheGroups() {
        client.registerTargets(r -> r.targetGroupArn(group.targetGroupArn()).targets(t -> t.id(IP)));

        var description = describe();

        assertThat(description.target().port()).isEqualTo(80);
        assertThat(description.healthCheckPort()).isEqualTo("80");
    }

    @Test
    void aDeregisteredTargetDrainsAndIsForgottenAfterTheDelay() {
        use();
        elb.register(group, IP, 80);
        elb.register(group, "127.0.0.2", 80);

        elb.deregister(group, IP, 80);
        var draining = elb.health(group, IP, 80);
        var routed = dataPlane.targets(group.targetGroupArn());
        elb.advance(Duration.ofSeconds(299));
        var stillDraining = elb.state(group, IP, 80);
        elb.advance(Duration.ofSeconds(1));

        assertThat(draining)
                .isEqualTo(
                        health("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress"));
        assertThat(routed).extracting(Target::state).containsExactly(Target.State.DRAINING, Target.State.HEALTHY);
        assertThat(stillDraining).isEqualTo("draining");
        assertThat(elb.health(group, IP, 80).reasonAsString()).isEqualTo("Target.NotRegistered");
        assertThat(client.describeTargetHealth(d -> d.targetGroupArn(group.targetGroupArn()))
                        .targetHealthDescriptions())
                .hasSize(1);
        assertThat(dataPlane.targets(group.targetGroupArn()))
                .extracting(Target::id)
                .containsExactly("127.0.0.2");
        assertThat(dataPlane.cuts()).containsExactly(IP + ":80");
    }

    @Test
    void aDrainingTargetIsNotChecked() {
        use();
        elb.register(group, IP, 80);

        elb.deregister(group, IP, 80);
        elb.advance(INTERVAL.multipliedBy(5));

        assertThat(probes.sent()).hasSize(1);
    }

    @Test
    void registeringAgainCancelsTheDrain() {
        use();
        elb.register(group, IP, 80);
        elb.deregister(group, IP, 80);

        elb.advance(Duration.ofSeconds(100));
        elb.register(group, IP, 80);
        elb.advance(Duration.ofSeconds(400));

        assertThat(elb.state(group, IP, 80)).isEqualTo("healthy");
        assertThat(dataPlane.cuts()).isEmpty();
    }

    @Test
    void aDelayOfZeroForgetsAtOnce() {
        use();
        client.modifyTargetGroupAttributes(m -> m.targetGroupArn(group.targetGroupArn())
                .attributes(a -> a.key("deregistration_delay.timeout_seconds").value("0")));
        elb.register(group, IP, 80);

        elb.deregister(group, IP, 80);

        assertThat(elb.state(group, IP, 80)).isEqualTo("unused");
        assertThat(dataPlane.cuts()).containsExactly(IP + ":80");
    }

    @Test
    void aResultThatComesTooLateIsNobodysBusiness() {
        use();
        probes.hold();
        elb.register(group, IP, 80);

        elb.deregister(group, IP, 80);
        probes.release();
        elb.advance(INTERVAL);

        assertThat(elb.state(group, IP, 80)).isEqualTo("draining");
        assertThat(probes.sent()).hasSize(1);
    }

    @Test
    void registeringTwiceIsTheSameAsOnce() {
        use();
        elb.register(group, IP, 80);
        elb.register(group, IP, 80);

        assertThat(probes.sent()).hasSize(1);
        assertThat(dataPlane.targets(group.targetGroupArn())).hasSize(1);
    }

    @Test
    void anInstanceIsReachedAtItsAddress() {
        var instances = client.createTargetGroup(
                        g -> g.name("ec2").protocol("HTTP").port(80).vpcId(FakeNetworking.VPC))
                .targetGroups()
                .getFirst();
        elb.listener(web, 81, TestElb.forward(instances));

        client.registerTargets(r -> r.targetGroupArn(instances.targetGroupArn())
                .targets(t -> t.id(FakeNetworking.INSTANCE).port(32768)));

        assertThat(dataPlane.targets(instances.targetGroupArn()))
                .containsExactly(
                        new Target(FakeNetworking.INSTANCE, 32768, new Address(IP, 32768), Target.State.HEALTHY));
        assertThatThrownBy(() -> client.registerTargets(
                        r -> r.targetGroupArn(instances.targetGroupArn()).targets(t -> t.id("i-00000000000000000"))))
                .isInstanceOf(InvalidTargetException.class)
                .hasMessageStartingWith("The following targets are not in a running state and cannot be registered: "
                        + "'i-00000000000000000'");
        assertThatThrownBy(() -> client.registerTargets(
                        r -> r.targetGroupArn(instances.targetGroupArn()).targets(t -> t.id(IP))))
                .hasMessageStartingWith("Instance ID '127.0.0.1' is not valid");
    }

    @Test
    void anAddressOutsideTheVpcMustBePrivateAndNameItsZone() {
        assertThatThrownBy(() -> elb.register(group, "8.8.8.8", 80)).isInstanceOf(InvalidTargetException.class);
        assertThatThrownBy(() -> elb.register(group, "10.1.2.3", 80))
                .hasMessageStartingWith("You must specify a valid Availability Zone or select 'all' for all enabled "
                        + "Availability zones, since the IP address '10.1.2.3' is outside the VPC");
        assertThatThrownBy(() -> elb.register(group, "web.example.com", 80)).hasMessageContaining("not a valid IPv4");
        client.registerTargets(r -> r.targetGroupArn(group.targetGroupArn())
                .targets(t -> t.id("10.1.2.3").availabilityZone("all")));
        assertThat(describe().target().availabilityZone()).isEqualTo("all");
    }

    @Test
    void aGroupThatIsNotThereHasNoHealth() {
        client.deleteTargetGroup(d -> d.targetGroupArn(group.targetGroupArn()));

        assertThatThrownBy(() -> elb.health(group, IP, 80))
                .isInstanceOf(TargetGroupNotFoundException.class)
                .hasMessageStartingWith("One or more target groups not found");
        assertThatThrownBy(() -> elb.register(group, IP, 80)).isInstanceOf(TargetGroupNotFoundException.class);
    }

    @Test
    void aTargetTellsTheZoneOfItsAddress() {
        elb.register(group, IP, 80);

        assertThat(describe().target().availabilityZone()).isEqualTo("us-east-1a");
        assertThatThrownBy(() -> client.registerTargets(r -> r.targetGroupArn(group.targetGroupArn())
                        .targets(t -> t.id(IP).availabilityZone("all"))))
                .hasMessageStartingWith("The IP address '127.0.0.1' is within the VPC, and cannot have its "
                        + "Availability Zone overridden to 'all' from 'us-east-1a'");
    }

    @Test
    void aTargetInAnotherZoneIsUnusedUntilTheLoadBalancerIsThere() {
        use();
        elb.register(group, "127.128.0.1", 80);

        var before = elb.health(group, "127.128.0.1", 80);
        client.setSubnets(s -> s.loadBalancerArn(web.loadBalancerArn()).subnets("subnet-b", "subnet-c"));
        var there = elb.state(group, "127.128.0.1", 80);
        client.setSubnets(s -> s.loadBalancerArn(web.loadBalancerArn()).subnets("subnet-a", "subnet-b"));

        assertThat(before)
                .isEqualTo(health(
                        "unused",
                        "Target.NotInUse",
                        "Target is in an Availability Zone that is not enabled for the load balancer"));
        assertThat(there).isEqualTo("healthy");
        assertThat(elb.state(group, "127.128.0.1", 80)).isEqualTo("unused");
    }

    private void use() {
        elb.listener(web, 80, TestElb.forward(group));
    }

    private TargetHealthDescription describe() {
        return client.describeTargetHealth(d -> d.targetGroupArn(group.targetGroupArn()))
                .targetHealthDescriptions()
                .getFirst();
    }

    /// A code, 0 for a timeout, -1 for a failure.
    private static Probe.Result result(int code) {
        return switch (code) {
            case 0 -> new Probe.Result.TimedOut();
            case -1 -> new Probe.Result.Failed("refused");
            default -> new Probe.Result.Answered(code);
        };
    }

    private static TargetHealth health(String state, String reason, String description) {
        return TargetHealth.builder()
                .state(state)
                .reason(reason)
                .description(description)
                .build();
    }
}
