package dev.hakoniwa.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateTagKeysException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TooManyTagsException;

@WireTest
final class TagsTest {
    private final TestElb elb = TestElb.over(new FakeDataPlane(), new FakeProbes());
    private final ElasticLoadBalancingV2Client client = elb.client();

    @Test
    void everyResourceIsMadeWithItsTags() {
        var tag = tag("team", "a");
        var web = client.createLoadBalancer(l -> l.name("web")
                        .subnets(elb.in("subnet-a"), elb.in("subnet-b"))
                        .tags(tag))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
        var group = client.createTargetGroup(g -> g.name("blue")
                        .protocol("HTTP")
                        .port(80)
                        .vpcId(elb.in(FakeNetworking.VPC))
                        .tags(tag))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
        var listener = client.createListener(l -> l.loadBalancerArn(web)
                        .port(80)
                        .protocol("HTTP")
                        .defaultActions(TestElb.answer(200))
                        .tags(tag))
                .listeners()
                .getFirst()
                .listenerArn();
        var rule = client.createRule(r -> r.listenerArn(listener)
                        .priority(1)
                        .conditions(c -> c.field("path-pattern").values("/a"))
                        .actions(TestElb.answer(200))
                        .tags(tag))
                .rules()
                .getFirst()
                .ruleArn();

        var descriptions = client.describeTags(d -> d.resourceArns(web, group, listener, rule))
                .tagDescriptions();

        assertThat(descriptions).extracting(TagDescription::resourceArn).containsExactly(web, group, listener, rule);
        assertThat(descriptions)
                .allSatisfy(description -> assertThat(description.tags()).containsExactly(tag));
    }

    @Test
    void tagsAreAddedReplacedAndRemoved() {
        var web = elb.loadBalancer("web").loadBalancerArn();
        var blue = elb.targetGroup("blue").targetGroupArn();

        client.addTags(a -> a.resourceArns(web, blue).tags(tag("a", "1"), tag("b", "2")));
        client.addTags(a -> a.resourceArns(web).tags(tag("a", "3"), tag("c", "")));
        client.removeTags(r -> r.resourceArns(web).tagKeys("b", "none"));

        assertThat(tags(web)).containsExactly(tag("a", "3"), tag("c", ""));
        assertThat(tags(blue)).containsExactly(tag("a", "1"), tag("b", "2"));
    }

    @Test
    void tagsHaveLimits() {
        var web = elb.loadBalancer("web").loadBalancerArn();
        var fiftyOne = IntStream.range(0, 51).mapToObj(i -> tag("k" + i, "v")).toList();

        assertThatThrownBy(() -> client.addTags(a -> a.resourceArns(web).tags(fiftyOne)))
                .isInstanceOf(TooManyTagsException.class);
        assertThatThrownBy(() -> client.addTags(a -> a.resourceArns(web).tags(tag("a", "1"), tag("a", "2"))))
                .isInstanceOf(DuplicateTagKeysException.class);
        assertThatThrownBy(() -> client.addTags(a -> a.resourceArns(web).tags(tag("aws:a", "1"))))
                .hasMessageStartingWith("Tag keys cannot begin with 'aws:'");
        assertThatThrownBy(() -> client.addTags(a -> a.resourceArns(web).tags(tag("a".repeat(129), "1"))))
                .hasMessageContaining("Member must have length less than or equal to 128");
        assertThatThrownBy(() -> client.addTags(a -> a.resourceArns(web).tags(tag("a", "#"))))
                .hasMessageContaining("Member must satisfy regular expression pattern: ^([\\p{L}");
        assertThat(tags(web)).isEmpty();
    }

    @Test
    void whatIsTaggedMustBeThere() {
        var web = elb.loadBalancer("web").loadBalancerArn();
        client.deleteLoadBalancer(d -> d.loadBalancerArn(web));

        assertThatThrownBy(() -> tags(web)).isInstanceOf(LoadBalancerNotFoundException.class);
        assertThatThrownBy(() -> tags("web")).hasMessageStartingWith("'web' is not a valid ARN");
    }

    @Test
    void aNewResourceOfTheSameNameHasNoneOfTheOldTags() {
        var web = elb.loadBalancer("web").loadBalancerArn();
        client.addTags(a -> a.resourceArns(web).tags(tag("a", "1")));
        client.deleteLoadBalancer(d -> d.loadBalancerArn(web));

        assertThat(tags(elb.loadBalancer("web").loadBalancerArn())).isEmpty();
    }

    private List<Tag> tags(String arn) {
        return client.describeTags(d -> d.resourceArns(arn))
                .tagDescriptions()
                .getFirst()
                .tags();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
