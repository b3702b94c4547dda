package dev.hakoniwa.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.Shipped;
import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidTargetException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyTargetsException;

/// What may be a target, and what may not.
@WireTest
final class TargetRegistrationTest {
    /// An address in the default VPC.
    private static final String IP = Shipped.isPlayed() ? "172.31.0.10" : "127.0.0.1";

    private final TestElb elb = TestElb.over(new FakeDataPlane(), new FakeProbes());
    private final ElasticLoadBalancingV2Client client = elb.client();
    private final TargetGroup group = elb.targetGroup("blue");

    @Test
    void deregisteringWhatIsNotThereIsNoError() {
        elb.deregister(group, IP, 80);

        assertThat(elb.state(group, IP, 80)).isEqualTo("unused");
    }

    @Test
    void badTargetsAreRefusedAndChangeNothing() {
        assertThatThrownBy(() -> client.registerTargets(r -> r.targetGroupArn(group.targetGroupArn())
                        .targets(t -> t.id(IP), t -> t.id(IP).port(70_000))))
                .hasMessageStartingWith("1 validation error detected: Value '70000' at 'targets.2.member.port' failed "
                        + "to satisfy constraint: Member must have value less than or equal to 65535");
        assertThatThrownBy(() -> client.registerTargets(
                        r -> r.targetGroupArn(group.targetGroupArn()).targets(t -> t.id(IP), t -> t.id("8.8.8.8"))))
                .isInstanceOf(InvalidTargetException.class);
        assertThat(client.describeTargetHealth(d -> d.targetGroupArn(group.targetGroupArn()))
                        .targetHealthDescriptions())
                .isEmpty();
    }

    @Test
    void aThousandTargetsAreEnough() {
        client.registerTargets(r -> r.targetGroupArn(group.targetGroupArn()).targets(targets(1000)));

        assertThatThrownBy(() -> elb.register(group, IP, 1001)).isInstanceOf(TooManyTargetsException.class);
    }

    private static List<TargetDescription> targets(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(port -> TargetDescription.builder().id(IP).port(port).build())
                .toList();
    }
}
