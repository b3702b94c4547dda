package dev.hakoniwa.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.proxy.Action.FixedResponse;
import dev.hakoniwa.proxy.Action.Forward;
import dev.hakoniwa.proxy.Action.Location;
import dev.hakoniwa.proxy.Action.Redirect;
import dev.hakoniwa.proxy.Action.WeightedGroup;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidLoadBalancerActionException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyUniqueTargetGroupsPerLoadBalancerException;

@WireTest
final class ActionsTest {
    private final FakeDataPlane dataPlane = new FakeDataPlane();
    private final TestElb elb = TestElb.over(dataPlane, new FakeProbes());
    private final ElasticLoadBalancingV2Client client = elb.client();
    private final LoadBalancer web = elb.loadBalancer("web");

    @Test
    @InJvm("looks at what the data plane was told")
    void requestsAreSharedOutByWeight() {
        var blue = elb.targetGroup("blue");
        var green = elb.targetGroup("green");

        var action = act(a -> a.type("forward")
                .forwardConfig(f -> f.targetGroups(tuple(blue, 90), tuple(green, 10))
                        .targetGroupStickinessConfig(s -> s.enabled(true).durationSeconds(60))));

        assertThat(action.targetGroupArn()).isNull();
        assertThat(action.forwardConfig().targetGroups()).containsExactly(tuple(blue, 90), tuple(green, 10));
        assertThat(routed())
                .isEqualTo(new Forward(
                        List.of(
                                new WeightedGroup(blue.targetGroupArn(), 90),
                                new WeightedGroup(green.targetGroupArn(), 10)),
                        Duration.ofMinutes(1)));
    }

    @Test
    void forwardsHaveLimits() {
        var blue = elb.targetGroup("blue");
        var green = elb.targetGroup("green");
        refused(
                a -> a.type("forward").forwardConfig(f -> f.targetGroups(tuple(blue, 1000))),
                "Target group weight '1000' must be between '0-999' inclusive");
        refused(
                a -> a.type("forward")
                        .forwardConfig(f -> f.targetGroups(tuple(blue, 1))
                                .targetGroupStickinessConfig(
                                        s -> s.enabled(true).durationSeconds(604_801))),
                "Target group stickiness duration '604801' must be between '1-604800' inclusive");
        refused(
                a -> a.type("forward")
                        .targetGroupArn(green.targetGroupArn())
                        .forwardConfig(f -> f.targetGroups(tuple(blue, 1))),
                "You can specify only one target group in both 'TargetGroupArn' and 'ForwardConfig'");
        refused(
                a -> a.type("forward"),
                "For actions of type 'forward', you must specify the following fields: 'TargetGroupArn'");
        refused(a -> a.type("forward").targetGroupArn("blue"), "'blue' is not a valid target group ARN");
        refused(
                a -> a.type("forward").forwardConfig(f -> f.targetGroups(tuple(blue, 1), tuple(blue, 2))),
                "Target group '%s' was provided multiple times".formatted(blue.targetGroupArn()));
    }

    @Test
    void aForwardToSixGroupsIsRefused() {
        var groups = IntStream.range(0, 6)
                .mapToObj(i -> tuple(elb.targetGroup("g" + i), 1))
                .toList();

        assertThatThrownBy(() -> act(a -> a.type("forward").forwardConfig(f -> f.targetGroups(groups))))
                .extracting(LoadBalancersTest::code)
                .isEqualTo("TooManyTargetGroups");
    }

    @Test
    void aLoadBalancerUsesAHundredGroupsAtMost() {
        var listener = elb.listener(web, 80, TestElb.answer(200));
        IntStream.range(0, 20).forEach(i -> elb.rule(listener, i + 1, "/a", five(i)));

        assertThatThrownBy(() -> elb.rule(listener, 50, "/b", TestElb.forward(elb.targetGroup("more"))))
                .isInstanceOf(TooManyUniqueTargetGroupsPerLoadBalancerException.class);
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void aRedirectKeepsWhatItDoesNotChange() {
        var action = act(a -> a.type("redirect")
                .redirectConfig(r -> r.protocol("HTTPS").port("443").statusCode("HTTP_301")));

        assertThat(action.redirectConfig().host()).isEqualTo("#{host}");
        assertThat(action.redirectConfig().path()).isEqualTo("/#{path}");
        assertThat(action.redirectConfig().query()).isEqualTo("#{query}");
        assertThat(routed())
                .isEqualTo(new Redirect(301, new Location("HTTPS", "#{host}", "443", "/#{path}", "#{query}")));
    }

    @Test
    void redirectsHaveForms() {
        refused(
                a -> a.type("redirect"),
                "For actions of type 'redirect', you must specify the following fields: 'RedirectConfig'");
        refused(
                a -> a.type("redirect")
                        .redirectConfig(r -> r.statusCode("HTTP_302").query("a=b")),
                "The redirect configuration is not valid because it creates a loop.");
        refused(
                a -> a.type("redirect")
                        .redirectConfig(
                                r -> r.statusCode("HTTP_302").protocol("HTTP").port("80")),
                "The redirect configuration is not valid because it creates a loop.");
        refused(
                a -> a.type("redirect")
                        .redirectConfig(r -> r.statusCode("HTTP_302").path("up")),
                "The redirect path 'up' must start with a '/' character");
        refused(
                a -> a.type("redirect")
                        .redirectConfig(r -> r.statusCode("HTTP_302").port("99999")),
                "The redirect port '99999' must be '#{port}' or between '1-65535' inclusive");
        refused(
                a -> a.type("redirect")
                        .redirectConfig(r -> r.statusCode("HTTP_302").host("a\r\nX-Evil: 1")),
                "The redirect host 'a\r\nX-Evil: 1' contains invalid characters");
        refused(
                a -> a.type("redirect")
                        .redirectConfig(r -> r.statusCode("HTTP_307").protocol("ftp")),
                "2 validation errors detected: Value 'ftp' at 'defaultActions.1.member.redirectConfig.protocol' failed "
                        + "to satisfy constraint: Member must satisfy regular expression pattern: "
                        + "^(HTTPS?|#\\{protocol\\})$; Value 'HTTP_307' at "
                        + "'defaultActions.1.member.redirectConfig.statusCode' failed to satisfy constraint: Member "
                        + "must satisfy enum value set: [HTTP_301, HTTP_302]");
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void aFixedResponseIsAnswered() {
        act(a -> a.type("fixed-response")
                .fixedResponseConfig(
                        f -> f.statusCode("503").contentType("text/plain").messageBody("closed")));

        assertThat(routed()).isEqualTo(new FixedResponse(503, "text/plain", "closed"));
    }

    @Test
    void fixedResponsesHaveForms() {
        refused(
                a -> a.type("fixed-response").fixedResponseConfig(f -> f.statusCode("302")),
                "1 validation error detected: Value '302' at 'defaultActions.1.member.fixedResponseConfig.statusCode' "
                        + "failed to satisfy constraint: Member must satisfy regular expression pattern: "
                        + "^(2|4|5)\\d\\d$");
        refused(
                a -> a.type("fixed-response")
                        .fixedResponseConfig(f -> f.statusCode("200").contentType("image/png")),
                "The ContentType must be one of:'text/html', 'application/json', 'application/javascript', "
                        + "'text/css', 'text/plain'");
        refused(
                a -> a.type("fixed-response")
                        .fixedResponseConfig(f -> f.statusCode("200").messageBody("a".repeat(1025))),
                "1 validation error detected: Value 'aaa");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authenticate-oidc", "authenticate-cognito", "jwt-validation"})
    void authenticationIsForHttps(String type) {
        assertThatThrownBy(() -> act(a -> a.type(type).order(1)))
                .isInstanceOf(InvalidLoadBalancerActionException.class)
                .hasMessageStartingWith("Actions of type '%s' are supported only by HTTPS listeners".formatted(type));
    }

    @Test
    void aTypeMustBeOneOfSix() {
        refused(
                a -> a.type("drop"),
                "1 validation error detected: Value 'drop' at 'defaultActions.1.member.type' failed to satisfy "
                        + "constraint: Member must satisfy enum value set: [forward, authenticate-oidc, "
                        + "authenticate-cognito, redirect, fixed-response, jwt-validation]");
    }

    @Test
    void aRuleDoesOneThing() {
        assertThatThrownBy(() -> client.createListener(l -> l.loadBalancerArn(web.loadBalancerArn())
                        .port(80)
                        .protocol("HTTP")
                        .defaultActions(TestElb.answer(200), TestElb.answer(404))))
                .isInstanceOf(InvalidLoadBalancerActionException.class);
    }

    private Action five(int number) {
        var groups = IntStream.range(0, 5)
                .mapToObj(i -> tuple(elb.targetGroup("g%d-%d".formatted(number, i)), 1))
                .toList();
        return Action.builder()
                .type("forward")
                .forwardConfig(f -> f.targetGroups(groups))
                .build();
    }

    private void refused(Consumer<Action.Builder> action, String message) {
        assertThatThrownBy(() -> act(action)).hasMessageStartingWith(message);
    }

    private Action act(Consumer<Action.Builder> action) {
        return elb.listener(web, 80, Action.builder().applyMutation(action).build())
                .defaultActions()
                .getFirst();
    }

    private dev.hakoniwa.proxy.Action routed() {
        return dataPlane
                .loadBalancer(web.loadBalancerArn())
                .listeners()
                .getFirst()
                .defaultAction();
    }

    private static TargetGroupTuple tuple(TargetGroup group, int weight) {
        return TargetGroupTuple.builder()
                .targetGroupArn(group.targetGroupArn())
                .weight(weight)
                .build();
    }
}
