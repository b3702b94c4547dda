package dev.hakoniwa.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.proxy.Condition;
import dev.hakoniwa.proxy.Transform;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.OperationNotPermittedException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyRulesException;

@WireTest
final class RulesTest {
    private final FakeDataPlane dataPlane = new FakeDataPlane();
    private final TestElb elb = TestElb.over(dataPlane, new FakeProbes());
    private final ElasticLoadBalancingV2Client client = elb.client();
    private final String unknown =
            elb.in("arn:aws:elasticloadbalancing:us-east-1:000000000000:listener-rule/app/web/0123456789abcdef"
                    + "/0123456789abcdef/0123456789abcdef");
    private final LoadBalancer web = elb.loadBalancer("web");
    private final Listener listener = elb.listener(web, 80, TestElb.answer(404));

    @Test
    @InJvm("looks at what the data plane was told")
    void rulesAreToldInTheOrderOfTheirPrioritiesTheDefaultLast() {
        rule(100, "/c");
        rule(9, "/a");
        rule(10, "/b");

        var pages = client.describeRulesPaginator(
                d -> d.listenerArn(listener.listenerArn()).pageSize(2));

        assertThat(rules()).extracting(Rule::priority).containsExactly("9", "10", "100", "default");
        assertThat(pages.rules()).containsExactlyElementsOf(rules());
        assertThat(dataPlane
                        .loadBalancer(web.loadBalancerArn())
                        .listeners()
                        .getFirst()
                        .rules())
                .extracting(rule -> rule.conditions().getFirst())
                .containsExactly(path("/a"), path("/b"), path("/c"));
    }

    @Test
    void aPriorityIsGivenOnce() {
        rule(5, "/a");

        assertThatThrownBy(() -> rule(5, "/b"))
                .isInstanceOf(PriorityInUseException.class)
                .hasMessageStartingWith("Priority '5' is currently in use");
        assertThatThrownBy(() -> rule(0, "/b"))
                .hasMessageStartingWith("1 validation error detected: Value '0' at 'priority'");
        assertThatThrownBy(() -> rule(50_001, "/b"))
                .hasMessageStartingWith("1 validation error detected: Value '50001' at 'priority'");
    }

    @Test
    void rulesAreFoundByArn() {
        var a = rule(1, "/a");

        assertThat(client.describeRules(d -> d.ruleArns(a.ruleArn())).rules()).containsExactly(a);
        assertThatThrownBy(() -> client.describeRules(d -> d.ruleArns(unknown)))
                .isInstanceOf(RuleNotFoundException.class)
                .hasMessageStartingWith("One or more rules not found");
        assertThatThrownBy(() -> client.describeRules(d -> {}))
                .hasMessageStartingWith("You must specify either listener rule ARNs or a listener ARN");
        assertThatThrownBy(
                        () -> client.describeRules(d -> d.ruleArns(a.ruleArn()).listenerArn(listener.listenerArn())))
                .hasMessageStartingWith("Listener rule ARNs and a listener ARN cannot be specified at the same time");
    }

    @Test
    void modifyingReplacesWhatIsSaidAsAWhole() {
        var rule = rule(1, "/a");

        var moved = client.modifyRule(m -> m.ruleArn(rule.ruleArn())
                        .conditions(c -> c.field("host-header").values("a.example.com")))
                .rules()
                .getFirst();
        var answering = client.modifyRule(m -> m.ruleArn(rule.ruleArn()).actions(TestElb.answer(500)))
                .rules()
                .getFirst();

        assertThat(moved.conditions())
                .singleElement()
                .satisfies(c -> assertThat(c.field()).isEqualTo("host-header"));
        assertThat(answering.conditions()).isEqualTo(moved.conditions());
        assertThat(answering.actions()).containsExactly(TestElb.answer(500));
        assertThatThrownBy(() -> client.modifyRule(m -> m.ruleArn(rule.ruleArn())))
                .hasMessageStartingWith("Either conditions or actions must be specified");
        assertThatThrownBy(() -> client.modifyRule(m -> m.ruleArn(unknown).actions(TestElb.answer(500))))
                .isInstanceOf(RuleNotFoundException.class);
    }

    @Test
    void theDefaultRuleStays() {
        var arn = rules().getLast().ruleArn();

        assertThatThrownBy(() -> client.deleteRule(d -> d.ruleArn(arn)))
                .isInstanceOf(OperationNotPermittedException.class)
                .hasMessageStartingWith("Default rule '%s' cannot be deleted".formatted(arn));
        assertThatThrownBy(() -> client.modifyRule(m -> m.ruleArn(arn).actions(TestElb.answer(500))))
                .isInstanceOf(OperationNotPermittedException.class);
        assertThatThrownBy(() -> client.setRulePriorities(
                        s -> s.rulePriorities(p -> p.ruleArn(arn).priority(1))))
                .isInstanceOf(OperationNotPermittedException.class);
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void aDeletedRuleIsGone() {
        var rule = rule(1, "/a");

        client.deleteRule(d -> d.ruleArn(rule.ruleArn()));

        assertThat(rules()).hasSize(1);
        assertThat(dataPlane
                        .loadBalancer(web.loadBalancerArn())
                        .listeners()
                        .getFirst()
                        .rules())
                .isEmpty();
        assertThatThrownBy(() -> client.deleteRule(d -> d.ruleArn(rule.ruleArn())))
                .isInstanceOf(RuleNotFoundException.class);
    }

    @Test
    void rulesCanChangePlaces() {
        var a = rule(1, "/a").ruleArn();
        var b = rule(2, "/b").ruleArn();
        var c = rule(3, "/c").ruleArn();

        client.setRulePriorities(s -> s.rulePriorities(
                p -> p.ruleArn(a).priority(2), p -> p.ruleArn(b).priority(1)));

        assertThat(rules()).extracting(Rule::ruleArn).startsWith(b, a, c);
        assertThatThrownBy(() -> client.setRulePriorities(
                        s -> s.rulePriorities(p -> p.ruleArn(a).priority(3))))
                .isInstanceOf(PriorityInUseException.class)
                .hasMessageStartingWith("Priority '3' is currently in use");
        assertThatThrownBy(() -> client.setRulePriorities(s -> s.rulePriorities(
                        p -> p.ruleArn(a).priority(7), p -> p.ruleArn(b).priority(7))))
                .hasMessageStartingWith("Priority '7' was provided multiple times");
        assertThat(rules()).extracting(Rule::priority).containsExactly("1", "2", "3", "default");
    }

    @Test
    void aListenerThatIsNotThereHasNoRules() {
        client.deleteListener(d -> d.listenerArn(listener.listenerArn()));

        assertThatThrownBy(() -> rule(1, "/a"))
                .isInstanceOf(ListenerNotFoundException.class)
                .hasMessageStartingWith("Listener '%s' not found".formatted(listener.listenerArn()));
    }

    @Test
    void aHundredAreEnough() {
        IntStream.rangeClosed(1, 100).forEach(priority -> rule(priority, "/a"));

        assertThatThrownBy(() -> rule(101, "/a")).isInstanceOf(TooManyRulesException.class);
    }

    @Test
    @InJvm("looks at what the data plane was told")
    void requestsAreRewritten() {
        var rule = client.createRule(r -> r.listenerArn(listener.listenerArn())
                        .priority(1)
                        .conditions(c -> c.field("path-pattern").values("/old/*"))
                        .actions(TestElb.answer(200))
                        .transforms(
                                t -> t.type("url-rewrite")
                                        .urlRewriteConfig(u -> u.rewrites(
                                                w -> w.regex("^/old/(.*)$").replace("/$1"))),
                                t -> t.type("host-header-rewrite")
                                        .hostHeaderRewriteConfig(h ->
                                                h.rewrites(w -> w.regex("^a\\.").replace("b.")))))
                .rules()
                .getFirst();

        assertThat(rule.transforms()).hasSize(2);
        assertThat(dataPlane
                        .loadBalancer(web.loadBalancerArn())
                        .listeners()
                        .getFirst()
                        .rules()
                        .getFirst()
                        .transforms())
                .hasAtLeastOneElementOfType(Transform.UrlRewrite.class)
                .hasAtLeastOneElementOfType(Transform.HostHeaderRewrite.class);
        var reset = client.modifyRule(m -> m.ruleArn(rule.ruleArn()).resetTransforms(true))
                .rules()
                .getFirst();
        assertThat(reset.transforms()).isEmpty();
        assertThatThrownBy(() -> client.modifyRule(m -> m.ruleArn(rule.ruleArn())
                        .transforms(t -> t.type("url-rewrite")
                                .urlRewriteConfig(
                                        u -> u.rewrites(w -> w.regex("(").replace("/"))))))
                .hasMessageStartingWith("The regular expression '(' is not valid");
        assertThatThrownBy(() -> client.modifyRule(m -> m.ruleArn(rule.ruleArn())
                        .transforms(t -> t.type("url-rewrite")
                                .urlRewriteConfig(
                                        u -> u.rewrites(w -> w.regex("^/(.*)").replace("/$2"))))))
                .hasMessageStartingWith("The replacement '/$2' refers to a capture group");
    }

    private Rule rule(int priority, String path) {
        return elb.rule(listener, priority, path, TestElb.answer(200));
    }

    private List<Rule> rules() {
        return client.describeRules(d -> d.listenerArn(listener.listenerArn())).rules();
    }

    private static Condition path(String pattern) {
        return new Condition.PathPattern(List.of(pattern), List.of());
    }
}
