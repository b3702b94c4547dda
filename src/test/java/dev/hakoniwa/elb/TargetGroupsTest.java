package dev.hakoniwa.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.proxy.TargetGroup.Version;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateTargetGroupNameException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidConfigurationRequestException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ResourceInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

@WireTest
final class TargetGroupsTest {
    private final FakeDataPlane dataPlane = new FakeDataPlane();
    private final TestElb elb = TestElb.over(dataPlane, new FakeProbes());
    private final ElasticLoadBalancingV2Client client = elb.client();
    private final String unknown =
            elb.in("arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/none/0123456789abcdef");

    @Test
    @InJvm("looks at what the data plane was told")
    void aNewGroupHasAwssDefaults() {
        var blue = create(g -> g.targetType((String) null));

        assertThat(blue.targetGroupArn())
                .matches(elb.in("arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/blue/[0-9a-f]{16}"));
        assertThat(blue.targetTypeAsString()).isEqualTo("instance");
        assertThat(blue.protocolVersion()).isEqualTo("HTTP1");
        assertThat(blue.ipAddressTypeAsString()).isEqualTo("ipv4");
        assertThat(blue.healthCheckEnabled()).isTrue();
        assertThat(blue.healthCheckProtocolAsString()).isEqualTo("HTTP");
        assertThat(blue.healthCheckPort()).isEqualTo("traffic-port");
        assertThat(blue.healthCheckPath()).isEqualTo("/");
        assertThat(blue.healthCheckIntervalSeconds()).isEqualTo(30);
        assertThat(blue.healthCheckTimeoutSeconds()).isEqualTo(5);
        assertThat(blue.healthyThresholdCount()).isEqualTo(5);
        assertThat(blue.unhealthyThresholdCount()).isEqualTo(2);
        assertThat(blue.matcher().httpCode()).isEqualTo("200");
        assertThat(blue.loadBalancerArns()).isEmpty();
        assertThat(dataPlane.targetGroup(blue.targetGroupArn()).version()).isEqualTo(Version.HTTP1);
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void whatIsAskedForIsKept() {
        var blue = create(g -> g.protocol("HTTPS")
                .port(8443)
                .healthCheckProtocol("HTTPS")
                .healthCheckPort("9000")
                .healthCheckPath("/up?deep=1")
                .healthCheckIntervalSeconds(10)
                .healthCheckTimeoutSeconds(9)
                .healthyThresholdCount(2)
                .unhealthyThresholdCount(10)
                .matcher(m -> m.httpCode("200-299")));

        assertThat(client.describeTargetGroups(d -> d.targetGroupArns(blue.targetGroupArn()))
                        .targetGroups())
                .containsExactly(blue);
        assertThat(blue.healthCheckPath()).isEqualTo("/up?deep=1");
        assertThat(blue.matcher().httpCode()).isEqualTo("200-299");
        assertThat(dataPlane.targetGroup(blue.targetGroupArn()).tls()).isTrue();
    }

    @Test
    void theSameAgainIsTheSameOneAndAnotherIsRefused() {
        var blue = create(g -> g.protocolVersion(""));

        assertThat(create(g -> {})).isEqualTo(blue);
        assertThatThrownBy(() -> create(g -> g.port(81)))
                .isInstanceOf(DuplicateTargetGroupNameException.class)
                .hasMessageStartingWith("A target group with the same name 'blue' exists, but with different settings");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a23456789012345678901234567890123 | cannot be longer than '32' characters",
                "a.b | can only contain characters that are alphanumeric characters or hyphens(-)",
                "-ab | cannot begin or end with '-'",
            })
    void aBadNameIsRefused(String name, String message) {
        assertThatThrownBy(() -> create(g -> g.name(name)))
                .hasMessageStartingWith("Target group name '" + name + "' " + message);
    }

    @Test
    void whatMustBeSaidMustBeSaid() {
        refused(g -> g.protocol((String) null), "A protocol must be specified");
        refused(g -> g.port(null), "A port must be specified");
        refused(g -> g.vpcId(null), "A VPC ID must be specified");
        refused(g -> g.vpcId("vpc-none"), "The VPC ID 'vpc-none' is not found");
        refused(
                g -> g.protocol("FTP"),
                "1 validation error detected: Value 'FTP' at 'protocol' failed to satisfy constraint: Member must "
                        + "satisfy enum value set: [HTTP, HTTPS, TCP, ");
    }

    @Test
    void healthChecksHaveLimits() {
        refused(
                g -> g.healthCheckTimeoutSeconds(30),
                "Health check timeout '30' must be smaller than the interval '30'");
        refused(
                g -> g.healthCheckIntervalSeconds(4),
                "1 validation error detected: Value '4' at 'healthCheckIntervalSeconds' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 5");
        refused(
                g -> g.matcher(m -> m.httpCode("500")),
                "Health check matcher HTTP code '500' must be within '200-499' inclusive");
        refused(g -> g.matcher(m -> m.httpCode("")), "Health check matcher HTTP code cannot be empty");
        refused(g -> g.matcher(m -> m.httpCode("ok")), "Health check matcher HTTP code 'ok' must be a code");
        refused(g -> g.healthCheckPath("up"), "Health check path 'up' must begin with a '/' character");
        refused(
                g -> g.healthCheckPort("0"),
                "Health check port '0' must be 'traffic-port' or between '1-65535' inclusive");
        refused(
                g -> g.healthCheckEnabled(false),
                "Health check enabled must be true for target groups with target type 'ip'");
        refused(
                g -> g.healthCheckProtocol("TCP"),
                "Health check protocol 'TCP' is not supported for target groups with the protocol HTTP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lambda", "alb"})
    void otherTargetTypesAreNotThereYet(String type) {
        assertThatThrownBy(() -> create(g -> g.targetType(type)))
                .isInstanceOf(InvalidConfigurationRequestException.class)
                .hasMessageStartingWith("Target groups with target type '%s' are not available".formatted(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP", "TLS", "UDP", "TCP_UDP", "GENEVE"})
    void protocolsOfOtherLoadBalancersAreNotThereYet(String protocol) {
        assertThatThrownBy(() -> create(g -> g.protocol(protocol)))
                .isInstanceOf(InvalidConfigurationRequestException.class)
                .hasMessageStartingWith("Target groups with the protocol %s are not available".formatted(protocol));
    }

    @Test
    void otherProtocolVersionsAreNotThereYet() {
        refused(g -> g.protocolVersion("GRPC"), "Target groups with the protocol version GRPC are not available");
        refused(g -> g.protocolVersion("HTTP3"), "Protocol version 'HTTP3' must be one of 'GRPC, HTTP1, HTTP2'");
    }

    @Test
    void theyAreFoundByArnNameLoadBalancerAndInPages() {
        var groups = List.of("a", "b", "c").stream().map(elb::targetGroup).toList();
        var web = elb.loadBalancer("web");
        elb.listener(web, 80, TestElb.forward(groups.get(1)));

        var ofWeb = client.describeTargetGroups(d -> d.loadBalancerArn(web.loadBalancerArn()))
                .targetGroups();
        var pages = client.describeTargetGroupsPaginator(d -> d.pageSize(2));

        assertThat(ofWeb).extracting(TargetGroup::targetGroupName).containsExactly("b");
        assertThat(ofWeb.getFirst().loadBalancerArns()).containsExactly(web.loadBalancerArn());
        assertThat(client.describeTargetGroups(d -> d.names("c", "a")).targetGroups())
                .extracting(TargetGroup::targetGroupName)
                .containsExactly("c", "a");
        assertThat(pages.targetGroups()).hasSize(3);
        assertThatThrownBy(() -> client.describeTargetGroups(d -> d.names("a").targetGroupArns(unknown)))
                .hasMessageStartingWith("Target group names, target group ARNs, and a load balancer ARN cannot be "
                        + "specified at the same time");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> client.describeTargetGroups(d -> d.names("none")))
                .isInstanceOf(TargetGroupNotFoundException.class)
                .hasMessageStartingWith("One or more target groups not found");
        assertThatThrownBy(() -> client.modifyTargetGroup(m -> m.targetGroupArn(unknown)))
                .isInstanceOf(TargetGroupNotFoundException.class);
        assertThatThrownBy(() -> client.describeTargetGroups(d -> d.targetGroupArns("blue")))
                .hasMessageStartingWith("'blue' is not a valid target group ARN");
        assertThatThrownBy(() -> client.describeTargetGroups(
                        d -> d.loadBalancerArn(unknown.replace("targetgroup/", "loadbalancer/app/"))))
                .isInstanceOf(LoadBalancerNotFoundException.class);
    }

    @Test
    void modifyingChangesOnlyWhatIsSaid() {
        var blue = create(g -> g.healthCheckPath("/up"));

        var changed = client.modifyTargetGroup(
                        m -> m.targetGroupArn(blue.targetGroupArn()).healthyThresholdCount(3))
                .targetGroups()
                .getFirst();

        assertThat(changed).isEqualTo(blue.copy(g -> g.healthyThresholdCount(3)));
        assertThatThrownBy(() -> client.modifyTargetGroup(
                        m -> m.targetGroupArn(blue.targetGroupArn()).healthCheckIntervalSeconds(5)))
                .hasMessageStartingWith("Health check timeout '5' must be smaller than the interval '5'");
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void oneThatIsUsedIsNotDeleted() {
        var blue = create(g -> {});
        var listener = elb.listener(elb.loadBalancer("web"), 80, TestElb.forward(blue));

        assertThatThrownBy(() -> client.deleteTargetGroup(d -> d.targetGroupArn(blue.targetGroupArn())))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageStartingWith("Target group '%s' is currently in use by a listener or a rule"
                        .formatted(blue.targetGroupArn()));
        client.deleteListener(d -> d.listenerArn(listener.listenerArn()));
        client.deleteTargetGroup(d -> d.targetGroupArn(blue.targetGroupArn()));
        client.deleteTargetGroup(d -> d.targetGroupArn(blue.targetGroupArn()));
        assertThat(client.describeTargetGroups().targetGroups()).isEmpty();
        assertThat(dataPlane.targetGroup(blue.targetGroupArn())).isNull();
    }

    private void refused(Consumer<CreateTargetGroupRequest.Builder> change, String message) {
        assertThatThrownBy(() -> create(change))
                .isInstanceOf(ElasticLoadBalancingV2Exception.class)
                .hasMessageStartingWith(message);
    }

    private TargetGroup create(Consumer<CreateTargetGroupRequest.Builder> change) {
        var request = CreateTargetGroupRequest.builder()
                .name("blue")
                .protocol("HTTP")
                .port(80)
                .vpcId(elb.in(FakeNetworking.VPC))
                .targetType("ip");
        change.accept(request);
        return client.createTargetGroup(request.build()).targetGroups().getFirst();
    }
}
