package dev.hakoniwa.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.proxy.LoadBalancer.Attributes;
import dev.hakoniwa.proxy.LoadBalancer.ForwardedFor;
import dev.hakoniwa.proxy.TargetGroup.Algorithm;
import dev.hakoniwa.proxy.TargetGroup.Balancing;
import dev.hakoniwa.proxy.TargetGroup.MinimumHealthy;
import dev.hakoniwa.proxy.TargetGroup.Stickiness;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidConfigurationRequestException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

@WireTest
final class AttributesTest {
    private final FakeDataPlane dataPlane = new FakeDataPlane();
    private final TestElb elb = TestElb.over(dataPlane, new FakeProbes());
    private final ElasticLoadBalancingV2Client client = elb.client();
    private final String web = elb.loadBalancer("web").loadBalancerArn();
    private final String blue = elb.targetGroup("blue").targetGroupArn();

    @Test
    void aLoadBalancerHasAwssDefaults() {
        assertThat(ofLoadBalancer())
                .containsEntry("deletion_protection.enabled", "false")
                .containsEntry("access_logs.s3.enabled", "false")
                .containsEntry("access_logs.s3.bucket", "")
                .containsEntry("idle_timeout.timeout_seconds", "60")
                .containsEntry("client_keep_alive.seconds", "3600")
                .containsEntry("routing.http2.enabled", "true")
                .containsEntry("routing.http.desync_mitigation_mode", "defensive")
                .containsEntry("routing.http.xff_header_processing.mode", "append")
                .containsEntry("load_balancing.cross_zone.enabled", "true")
                .containsEntry("zonal_shift.config.enabled", "false")
                .hasSize(23);
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void aLoadBalancerIsServedByTheDefaults() {
        assertThat(dataPlane.loadBalancer(web).attributes()).isEqualTo(Attributes.DEFAULT);
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void aLoadBalancersAttributesReachTheDataPlane() {
        client.modifyLoadBalancerAttributes(m -> m.loadBalancerArn(web)
                .attributes(
                        a -> a.key("idle_timeout.timeout_seconds").value("4000"),
                        a -> a.key("client_keep_alive.seconds").value("60"),
                        a -> a.key("routing.http.xff_header_processing.mode").value("remove"),
                        a -> a.key("routing.http.xff_client_port.enabled").value("true"),
                        a -> a.key("routing.http.preserve_host_header.enabled").value("true")));

        assertThat(dataPlane.loadBalancer(web).attributes())
                .isEqualTo(new Attributes(
                        Duration.ofSeconds(4000), Duration.ofSeconds(60), ForwardedFor.REMOVE, true, true));
        assertThat(ofLoadBalancer())
                .containsEntry("idle_timeout.timeout_seconds", "4000")
                .hasSize(23);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "nonsense | 1 | Load balancer attribute key 'nonsense' is not recognized",
                "idle_timeout.timeout_seconds | 0 | 'idle_timeout.timeout_seconds' value '0' must be between '1-4000' inclusive",
                "idle_timeout.timeout_seconds | x | 'idle_timeout.timeout_seconds' value 'x' must be between '1-4000' inclusive",
                "deletion_protection.enabled | yes | 'deletion_protection.enabled' value 'yes' must be one of [true, false]",
                "routing.http.desync_mitigation_mode | lax | 'routing.http.desync_mitigation_mode' value 'lax' must be one of [monitor, defensive, strictest]",
            })
    void aLoadBalancersAttributesAreChecked(String key, String value, String message) {
        assertThatThrownBy(() -> client.modifyLoadBalancerAttributes(
                        m -> m.loadBalancerArn(web).attributes(a -> a.key(key).value(value))))
                .hasMessageStartingWith(message);
    }

    @Test
    void crossZoneBalancingStaysOn() {
        assertThatThrownBy(() -> client.modifyLoadBalancerAttributes(m -> m.loadBalancerArn(web)
                        .attributes(
                                a -> a.key("load_balancing.cross_zone.enabled").value("false"))))
                .isInstanceOf(InvalidConfigurationRequestException.class);
    }

    @Test
    void aTargetGroupHasAwssDefaults() {
        assertThat(ofTargetGroup())
                .containsEntry("deregistration_delay.timeout_seconds", "300")
                .containsEntry("stickiness.enabled", "false")
                .containsEntry("stickiness.type", "lb_cookie")
                .containsEntry("stickiness.lb_cookie.duration_seconds", "86400")
                .containsEntry("stickiness.app_cookie.cookie_name", "")
                .containsEntry("stickiness.app_cookie.duration_seconds", "86400")
                .containsEntry("load_balancing.algorithm.type", "round_robin")
                .containsEntry("load_balancing.algorithm.anomaly_mitigation", "off")
                .containsEntry("slow_start.duration_seconds", "0")
                .containsEntry("load_balancing.cross_zone.enabled", "use_load_balancer_configuration")
                .containsEntry("target_group_health.dns_failover.minimum_healthy_targets.count", "1")
                .containsEntry("target_group_health.dns_failover.minimum_healthy_targets.percentage", "off")
                .containsEntry("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1")
                .containsEntry("target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "off")
                .hasSize(14);
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void aTargetGroupIsServedByTheDefaults() {
        assertThat(dataPlane.targetGroup(blue).balancing()).isEqualTo(Balancing.DEFAULT);
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void aTargetGroupsAttributesReachTheDataPlane() {
        set("stickiness.enabled", "true");
        set("stickiness.lb_cookie.duration_seconds", "60");
        set("load_balancing.algorithm.type", "least_outstanding_requests");
        set("target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "50");

        assertThat(dataPlane.targetGroup(blue).balancing())
                .isEqualTo(new Balancing(
                        Algorithm.LEAST_OUTSTANDING_REQUESTS,
                        new Stickiness.LoadBalancerCookie(Duration.ofMinutes(1)),
                        Duration.ZERO,
                        new MinimumHealthy(1, 50)));
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void stickinessMayFollowAnApplicationsCookie() {
        client.modifyTargetGroupAttributes(m -> m.targetGroupArn(blue)
                .attributes(
                        a -> a.key("stickiness.enabled").value("true"),
                        a -> a.key("stickiness.type").value("app_cookie"),
                        a -> a.key("stickiness.app_cookie.cookie_name").value("SESSION"),
                        a -> a.key("stickiness.app_cookie.duration_seconds").value("10")));

        assertThat(dataPlane.targetGroup(blue).balancing().stickiness())
                .isEqualTo(new Stickiness.ApplicationCookie("SESSION", Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "nonsense | 1 | Target group attribute key 'nonsense' is not recognized",
                "deregistration_delay.timeout_seconds | 9999 | 'deregistration_delay.timeout_seconds' value '9999' must be between '0-3600' inclusive",
                "slow_start.duration_seconds | 29 | 'slow_start.duration_seconds' value '29' must be '0' or between '30-900' inclusive",
                "stickiness.type | other | Stickiness type 'other' must be one of [app_cookie, lb_cookie, source_ip]",
                "stickiness.type | source_ip | Stickiness type 'source_ip' is not supported for target groups with the HTTP protocol",
                "stickiness.app_cookie.cookie_name | AWSALB | The application cookie name 'AWSALB' is reserved",
                "load_balancing.algorithm.anomaly_mitigation | on | Anomaly mitigation is supported only with",
            })
    void aTargetGroupsAttributesAreChecked(String key, String value, String message) {
        assertThatThrownBy(() -> set(key, value)).hasMessageStartingWith(message);
    }

    @Test
    void attributesMustGoTogether() {
        set("slow_start.duration_seconds", "30");
        set("stickiness.type", "app_cookie");

        assertThatThrownBy(() -> set("load_balancing.algorithm.type", "weighted_random"))
                .isInstanceOf(InvalidConfigurationRequestException.class);
        assertThatThrownBy(() -> set("stickiness.enabled", "true"))
                .hasMessageStartingWith(
                        "You must set an application cookie name to enable stickiness of type 'app_cookie'");
        assertThat(ofTargetGroup()).containsEntry("stickiness.enabled", "false");
    }

    @Test
    void aListenerHasAttributesToo() {
        var listener =
                elb.listener(client.describeLoadBalancers().loadBalancers().getFirst(), 80, TestElb.answer(200));
        var key = "routing.http.response.x_frame_options.header_value";

        client.modifyListenerAttributes(m ->
                m.listenerArn(listener.listenerArn()).attributes(a -> a.key(key).value("DENY")));

        var attributes =
                client.describeListenerAttributes(d -> d.listenerArn(listener.listenerArn())).attributes().stream()
                        .collect(Collectors.toMap(ListenerAttribute::key, ListenerAttribute::value));
        assertThat(attributes)
                .containsEntry("routing.http.response.server.enabled", "true")
                .containsEntry("routing.http.response.strict_transport_security.header_value", "")
                .containsEntry(key, "DENY")
                .hasSize(11);
        assertThatThrownBy(() -> client.modifyListenerAttributes(m -> m.listenerArn(listener.listenerArn())
                        .attributes(a -> a.key("tcp.idle_timeout.seconds").value("60"))))
                .hasMessageStartingWith("Listener attribute key 'tcp.idle_timeout.seconds' is not recognized");
    }

    @Test
    void attributesGoWithTheirResource() {
        client.modifyLoadBalancerAttributes(m -> m.loadBalancerArn(web)
                .attributes(a -> a.key("idle_timeout.timeout_seconds").value("5")));

        client.deleteLoadBalancer(d -> d.loadBalancerArn(web));

        assertThatThrownBy(this::ofLoadBalancer)
                .isInstanceOf(LoadBalancerNotFoundException.class)
                .hasMessageStartingWith("Load balancer '%s' not found".formatted(web));
    }

    private void set(String key, String value) {
        client.modifyTargetGroupAttributes(
                m -> m.targetGroupArn(blue).attributes(a -> a.key(key).value(value)));
    }

    private Map<String, String> ofLoadBalancer() {
        return client.describeLoadBalancerAttributes(d -> d.loadBalancerArn(web)).attributes().stream()
                .collect(Collectors.toMap(LoadBalancerAttribute::key, LoadBalancerAttribute::value));
    }

    private Map<String, String> ofTargetGroup() {
        return client.describeTargetGroupAttributes(d -> d.targetGroupArn(blue)).attributes().stream()
                .collect(Collectors.toMap(TargetGroupAttribute::key, TargetGroupAttribute::value));
    }
}
