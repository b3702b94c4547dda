package dev.hakoniwa.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CertificateNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateListenerException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidConfigurationRequestException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAssociationLimitException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyListenersException;

@WireTest
final class ListenersTest {
    private final FakeDataPlane dataPlane = new FakeDataPlane();
    private final TestElb elb = TestElb.over(dataPlane, new FakeProbes());
    private final ElasticLoadBalancingV2Client client = elb.client();
    private final String unknown = elb.in(
            "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/web/0123456789abcdef/0123456789abcdef");
    private final LoadBalancer web = elb.loadBalancer("web");

    @Test
    void aNewListenerHasADefaultRule() {
        var group = elb.targetGroup("blue");

        var listener = elb.listener(web, 80, TestElb.forward(group));

        var prefix = web.loadBalancerArn().replace(":loadbalancer/", ":listener/");
        assertThat(listener.listenerArn()).matches(prefix + "/[0-9a-f]{16}");
        assertThat(listener.loadBalancerArn()).isEqualTo(web.loadBalancerArn());
        var rule = rules(listener).getFirst();
        assertThat(rule.ruleArn())
                .matches(listener.listenerArn().replace(":listener/", ":listener-rule/") + "/[0-9a-f]{16}");
        assertThat(rule.priority()).isEqualTo("default");
        assertThat(rule.isDefault()).isTrue();
        assertThat(rule.hasConditions()).isTrue();
        assertThat(rule.conditions()).isEmpty();
        assertThat(rule.actions()).isEqualTo(listener.defaultActions());
    }

    @Test
    void aSingleGroupIsToldInBothForms() {
        var group = elb.targetGroup("blue");

        var action =
                elb.listener(web, 80, TestElb.forward(group)).defaultActions().getFirst();

        assertThat(action.targetGroupArn()).isEqualTo(group.targetGroupArn());
        assertThat(action.forwardConfig().targetGroups())
                .singleElement()
                .satisfies(tuple -> assertThat(tuple.targetGroupArn()).isEqualTo(group.targetGroupArn()))
                .satisfies(tuple -> assertThat(tuple.weight()).isEqualTo(1));
        assertThat(action.forwardConfig().targetGroupStickinessConfig().enabled())
                .isFalse();
    }

    @Test
    void theSameAgainIsTheSameOneAndAnotherOnThePortIsRefused() {
        var first = elb.listener(web, 80, TestElb.answer(200));

        assertThat(elb.listener(web, 80, TestElb.answer(200))).isEqualTo(first);
        assertThatThrownBy(() -> elb.listener(web, 80, TestElb.answer(404)))
                .isInstanceOf(DuplicateListenerException.class)
                .hasMessageStartingWith("A listener already exists on this port for this load balancer '%s'"
                        .formatted(web.loadBalancerArn()));
    }

    @Test
    void whatMustBeSaidMustBeSaid() {
        refused(l -> l.port(null), "A listener port must be specified");
        refused(l -> l.protocol((String) null), "A listener protocol must be specified");
        refused(l -> l.protocol("TCP"), "Listener protocol 'TCP' must be one of 'HTTPS, HTTP'");
        refused(
                l -> l.protocol("FTP"),
                "1 validation error detected: Value 'FTP' at 'protocol' failed to satisfy constraint: Member must "
                        + "satisfy enum value set: [HTTP, HTTPS, ");
        refused(
                l -> l.port(0),
                "1 validation error detected: Value '0' at 'port' failed to satisfy constraint: Member must have "
                        + "value greater than or equal to 1");
        refused(
                l -> l.defaultActions((List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Action>) null),
                "1 validation error detected: Value null at 'defaultActions' failed to satisfy constraint: Member must "
                        + "not be null");
    }

    @Test
    void thereAreNoCertificatesForHttps() {
        assertThatThrownBy(() -> create(l -> l.protocol("HTTPS")))
                .isInstanceOf(InvalidConfigurationRequestException.class)
                .hasMessageStartingWith("You must provide a list containing exactly one certificate if the listener "
                        + "protocol is HTTPS.");
        assertThatThrownBy(() -> create(l -> l.protocol("HTTPS").certificates(c -> c.certificateArn("arn:aws:acm:x"))))
                .isInstanceOf(CertificateNotFoundException.class)
                .hasMessageStartingWith("Certificate 'arn:aws:acm:x' not found");
    }

    @Test
    void aLoadBalancerThatIsNotThereHasNoListeners() {
        var gone = elb.loadBalancer("gone").loadBalancerArn();
        client.deleteLoadBalancer(d -> d.loadBalancerArn(gone));

        assertThatThrownBy(() -> create(l -> l.loadBalancerArn(gone)))
                .isInstanceOf(LoadBalancerNotFoundException.class)
                .hasMessageStartingWith("Load balancer '%s' not found".formatted(gone));
        assertThatThrownBy(() -> client.describeListeners(d -> d.loadBalancerArn(gone)))
                .isInstanceOf(LoadBalancerNotFoundException.class);
    }

    @Test
    void aTargetGroupMustBeThereInTheSameVpcAndServeNoOtherLoadBalancer() {
        var taken = elb.targetGroup("taken");
        elb.listener(elb.loadBalancer("other"), 80, TestElb.forward(taken));
        var elsewhere = client.createTargetGroup(
                        g -> g.name("far").protocol("HTTP").port(80).vpcId(elb.in(FakeNetworking.OTHER_VPC)))
                .targetGroups()
                .getFirst();
        var gone = elb.targetGroup("gone");
        client.deleteTargetGroup(d -> d.targetGroupArn(gone.targetGroupArn()));

        assertThatThrownBy(() -> elb.listener(web, 80, TestElb.forward(taken)))
                .isInstanceOf(TargetGroupAssociationLimitException.class)
                .hasMessageStartingWith("The following target groups cannot be associated with more than one load "
                        + "balancer: " + taken.targetGroupArn());
        assertThatThrownBy(() -> elb.listener(web, 80, TestElb.forward(elsewhere)))
                .isInstanceOf(InvalidConfigurationRequestException.class)
                .hasMessageStartingWith("The following target groups cannot be used with load balancer");
        assertThatThrownBy(() -> elb.listener(web, 80, TestElb.forward(gone)))
                .isInstanceOf(TargetGroupNotFoundException.class)
                .hasMessageStartingWith("Target groups '%s' not found".formatted(gone.targetGroupArn()));
        assertThat(client.describeListeners(d -> d.loadBalancerArn(web.loadBalancerArn()))
                        .listeners())
                .isEmpty();
    }

    @Test
    void theyAreFoundByArnByLoadBalancerAndInPages() {
        var listeners = IntStream.of(80, 81, 82)
                .mapToObj(port -> elb.listener(web, port, TestElb.answer(200)))
                .toList();

        var pages = client.describeListenersPaginator(
                d -> d.loadBalancerArn(web.loadBalancerArn()).pageSize(2));

        assertThat(pages.listeners()).containsExactlyInAnyOrderElementsOf(listeners);
        assertThat(client.describeListeners(d -> d.listenerArns(listeners.get(1).listenerArn()))
                        .listeners())
                .containsExactly(listeners.get(1));
        assertThatThrownBy(() -> client.describeListeners(d -> {}))
                .hasMessageStartingWith("You must specify either listener ARNs or a load balancer ARN");
        assertThatThrownBy(() -> client.describeListeners(d -> d.listenerArns(unknown)))
                .isInstanceOf(ListenerNotFoundException.class)
                .hasMessageStartingWith("One or more listeners not found");
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void modifyingChangesOnlyWhatIsSaid() {
        var listener = elb.listener(web, 80, TestElb.answer(200));
        elb.listener(web, 81, TestElb.answer(200));

        var moved = client.modifyListener(
                        m -> m.listenerArn(listener.listenerArn()).port(8080))
                .listeners()
                .getFirst();
        var answering = client.modifyListener(
                        m -> m.listenerArn(listener.listenerArn()).defaultActions(TestElb.answer(404)))
                .listeners()
                .getFirst();

        assertThat(moved).isEqualTo(listener.copy(l -> l.port(8080)));
        assertThat(answering).isEqualTo(moved.copy(l -> l.defaultActions(TestElb.answer(404))));
        assertThat(rules(listener).getFirst().actions()).containsExactly(TestElb.answer(404));
        assertThat(dataPlane.loadBalancer(web.loadBalancerArn()).listeners())
                .extracting(dev.hakoniwa.proxy.Listener::port)
                .containsExactlyInAnyOrder(8080, 81);
        assertThatThrownBy(() -> client.modifyListener(
                        m -> m.listenerArn(listener.listenerArn()).port(81)))
                .isInstanceOf(DuplicateListenerException.class);
        assertThatThrownBy(
                        () -> client.modifyListener(m -> m.listenerArn(unknown).port(81)))
                .isInstanceOf(ListenerNotFoundException.class)
                .hasMessageStartingWith("Listener '%s' not found".formatted(unknown));
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void aDeletedOneIsGone() {
        var listener = elb.listener(web, 80, TestElb.answer(200));

        client.deleteListener(d -> d.listenerArn(listener.listenerArn()));

        assertThat(dataPlane.loadBalancer(web.loadBalancerArn()).listeners()).isEmpty();
        assertThatThrownBy(() -> rules(listener)).isInstanceOf(ListenerNotFoundException.class);
        assertThatThrownBy(() -> client.deleteListener(d -> d.listenerArn(listener.listenerArn())))
                .isInstanceOf(ListenerNotFoundException.class);
    }

    @Test
    void fiftyAreEnough() {
        IntStream.range(1000, 1050).forEach(port -> elb.listener(web, port, TestElb.answer(200)));

        assertThatThrownBy(() -> elb.listener(web, 2000, TestElb.answer(200)))
                .isInstanceOf(TooManyListenersException.class);
    }

    private List<Rule> rules(Listener listener) {
        return client.describeRules(d -> d.listenerArn(listener.listenerArn())).rules();
    }

    private void refused(Consumer<CreateListenerRequest.Builder> change, String message) {
        assertThatThrownBy(() -> create(change)).hasMessageStartingWith(message);
    }

    private Listener create(Consumer<CreateListenerRequest.Builder> change) {
        var request = CreateListenerRequest.builder()
                .loadBalancerArn(web.loadBalancerArn())
                .port(80)
                .protocol("HTTP")
                .defaultActions(TestElb.answer(200));
        change.accept(request);
        return client.createListener(request.build()).listeners().getFirst();
    }
}
