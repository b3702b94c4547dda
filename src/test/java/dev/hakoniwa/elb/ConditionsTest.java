package dev.hakoniwa.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.proxy.Condition;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.Shipped;
import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

@WireTest
final class ConditionsTest {
    private static final String LONG = "/" + "a".repeat(128);

    private final FakeDataPlane dataPlane = new FakeDataPlane();
    private final TestElb elb = TestElb.over(dataPlane, new FakeProbes());
    private final ElasticLoadBalancingV2Client client = elb.client();
    private final LoadBalancer web = elb.loadBalancer("web");
    private final Listener listener = elb.listener(web, 80, TestElb.answer(404));

    @Test
    @InJvm("looks at what the data plane was told")
    void pathsAndHostsAreToldInBothForms() {
        var path = create(c -> c.field("path-pattern").values("/img/*"));
        var host = create(c -> c.field("host-header").hostHeaderConfig(h -> h.values("*.example.com", "a.b")));

        assertThat(path.values()).containsExactly("/img/*");
        assertThat(path.pathPatternConfig().values()).containsExactly("/img/*");
        assertThat(host.values()).containsExactly("*.example.com", "a.b");
        assertThat(host.hostHeaderConfig().values()).containsExactly("*.example.com", "a.b");
        assertThat(routed())
                .containsExactly(
                        new Condition.PathPattern(List.of("/img/*"), List.of()),
                        new Condition.HostHeader(List.of("*.example.com", "a.b"), List.of()));
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void theOtherFieldsAreToldAsTheyWereSaid() {
        create(c -> c.field("http-header")
                .httpHeaderConfig(h -> h.httpHeaderName("X-Version").values("2*")));
        create(c -> c.field("http-request-method").httpRequestMethodConfig(m -> m.values("GET", "HEAD")));
        create(c -> c.field("query-string")
                .queryStringConfig(q -> q.values(v -> v.key("v").value("1"), v -> v.value("*beta*"))));
        create(c -> c.field("source-ip").sourceIpConfig(s -> s.values("10.0.0.0/8", "2001:db8::/32")));

        assertThat(routed())
                .containsExactly(
                        new Condition.HttpHeader("X-Version", List.of("2*"), List.of()),
                        new Condition.HttpRequestMethod(List.of("GET", "HEAD")),
                        new Condition.QueryString(List.of(
                                new Condition.QueryString.Pair("v", "1"),
                                new Condition.QueryString.Pair(null, "*beta*"))),
                        new Condition.SourceIp(List.of("10.0.0.0/8", "2001:db8::/32")));
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void valuesMayBeRegularExpressions() {
        var path = create(c -> c.field("path-pattern").pathPatternConfig(p -> p.regexValues("^/v[0-9]+/")));

        assertThat(path.pathPatternConfig().regexValues()).containsExactly("^/v[0-9]+/");
        assertThat(routed().getFirst())
                .isInstanceOfSatisfying(
                        Condition.PathPattern.class,
                        p -> assertThat(p.regexValues())
                                .extracting(Object::toString)
                                .containsExactly("^/v[0-9]+/"));
    }

    @Test
    void aRegularExpressionMustBeOne() {
        refused(
                c -> c.field("path-pattern").pathPatternConfig(p -> p.regexValues("[")),
                "The regular expression '[' is not valid");
    }

    @Test
    void aFieldMustBeOneOfSix() {
        refused(
                c -> c.field("cookie").values("a"),
                "Condition field 'cookie' must be one of '[path-pattern, host-header, http-header, "
                        + "http-request-method, query-string, source-ip]'");
    }

    @Test
    void aValueMustBeSaid() {
        refused(c -> c.field("path-pattern"), "A condition value must be specified");
        refused(c -> c.field("host-header").hostHeaderConfig(h -> h.values(List.of())), "A condition value must be");
        refused(c -> c.field("http-header"), "A 'HttpHeaderConfig' must be specified with 'http-header'");
        refused(
                c -> c.field("http-request-method"),
                "A 'HttpRequestMethodConfig' must be specified with 'http-request-method'");
        refused(c -> c.field("query-string"), "A 'QueryStringConfig' must be specified with 'query-string'");
        refused(
                c -> c.field("query-string").queryStringConfig(q -> q.values(v -> v.key("a"))),
                "A 'Value' must be specified in 'QueryStringKeyValuePair'");
        refused(c -> c.field("source-ip"), "A 'SourceIpConfig' must be specified with 'source-ip'");
        refused(
                c -> c.field("source-ip").sourceIpConfig(s -> s.values(List.of())),
                "A 'source-ip' value must be specified");
        refused(
                c -> c.field("source-ip").values("10.0.0.0/8"),
                "The 'Values' field is not compatible with 'source-ip'");
    }

    @Test
    void valuesHaveForms() {
        refused(c -> c.field("path-pattern").values(LONG), "The 'path-pattern' value is too long; the limit is '128'");
        refused(c -> c.field("path-pattern").values("/a b"), "The 'path-pattern' value '/a b' contains invalid");
        refused(c -> c.field("host-header").values("web"), "The 'host-header' value 'web' must contain at least one");
        refused(
                c -> c.field("host-header").values("a.b", "c.d"),
                "The 'host-header' field contains too many values; the limit is '1'");
        refused(
                c -> c.field("http-request-method").httpRequestMethodConfig(m -> m.values("get")),
                "The 'http-request-method' value is invalid; the allowed characters are A-Z, hyphen and underscore");
        refused(
                c -> c.field("http-header")
                        .httpHeaderConfig(h -> h.httpHeaderName(LONG).values("a")),
                "The 'HttpHeaderName' value is too long; the limit is '40'");
        refused(
                c -> c.field("source-ip").sourceIpConfig(s -> s.values("10.0.0.1")),
                "The 'source-ip' value '10.0.0.1' must be in CIDR format");
        refused(
                c -> c.field("source-ip").sourceIpConfig(s -> s.values("10.0/8")),
                "The 'source-ip' value '10.0/8' must be in CIDR format");
        refused(
                c -> c.field("path-pattern").values("/a").pathPatternConfig(p -> p.values("/b")),
                "You cannot provide both Values and 'PathPatternConfig' for a condition of type 'path-pattern'");
    }

    @Test
    void aRuleHasFiveValuesAndFiveWildcardsAtMost() {
        refused(
                c -> c.field("path-pattern").pathPatternConfig(p -> p.values("/1", "/2", "/3", "/4", "/5", "/6")),
                "A rule can only have '5' condition values");
        refused(
                c -> c.field("path-pattern").pathPatternConfig(p -> p.values("/*/*/*", "/*/*/*")),
                "A rule can only have '5' condition wildcards");
        create(c -> c.field("query-string")
                .queryStringConfig(q -> q.values(v -> v.value("\\*\\?\\*\\?\\*\\*"), v -> v.value("?????"))));
    }

    @Test
    void someFieldsMayBeSaidOnce() {
        assertThatThrownBy(() -> client.createRule(r -> r.listenerArn(listener.listenerArn())
                        .priority(1)
                        .conditions(
                                c -> c.field("path-pattern").values("/a"),
                                c -> c.field("path-pattern").values("/b"))
                        .actions(TestElb.answer(200))))
                .hasMessageStartingWith("A rule can only have one 'path-pattern' condition");
    }

    @Test
    void aRuleNeedsACondition() {
        assertThatThrownBy(() -> client.createRule(r -> r.listenerArn(listener.listenerArn())
                        .priority(1)
                        .conditions(List.of())
                        .actions(TestElb.answer(200))))
                .hasMessageStartingWith("A condition must be specified");
    }

    private void refused(Consumer<RuleCondition.Builder> condition, String message) {
        assertThatThrownBy(() -> create(condition)).hasMessageStartingWith(message);
        assertThat(rules()).isEqualTo(1);
        if (!Shipped.isPlayed()) {
            assertThat(routed()).isEmpty();
        }
    }

    private RuleCondition create(Consumer<RuleCondition.Builder> condition) {
        return client.createRule(r -> r.listenerArn(listener.listenerArn())
                        .priority(rules())
                        .conditions(condition)
                        .actions(TestElb.answer(200)))
                .rules()
                .getFirst()
                .conditions()
                .getFirst();
    }

    /// How many there are, the default one included.
    private int rules() {
        return client.describeRules(r -> r.listenerArn(listener.listenerArn()))
                .rules()
                .size();
    }

    private List<Condition> routed() {
        return dataPlane.loadBalancer(web.loadBalancerArn()).listeners().getFirst().rules().stream()
                .map(rule -> rule.conditions().getFirst())
                .toList();
    }
}
