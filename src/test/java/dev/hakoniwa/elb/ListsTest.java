package dev.hakoniwa.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hakoniwa.aws.WireRequest;
import dev.hakoniwa.testing.WireTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SslPolicyNotFoundException;

@WireTest
final class ListsTest {
    private final TestElb elb = TestElb.over(new FakeDataPlane(), new FakeProbes());
    private final ElasticLoadBalancingV2Client client = elb.client();

    @Test
    void anAccountHasAwssQuotas() {
        assertThat(client.describeAccountLimits(d -> {}).limits())
                .extracting(Limit::name, Limit::max)
                .contains(
                        tuple("application-load-balancers", "50"),
                        tuple("listeners-per-application-load-balancer", "50"),
                        tuple("rules-per-application-load-balancer", "100"),
                        tuple("target-groups", "3000"),
                        tuple("targets-per-target-group", "1000"));
    }

    @Test
    void aSecurityPolicyTellsItsProtocolsAndCiphers() {
        var policy = client.describeSSLPolicies(d -> d.names("ELBSecurityPolicy-TLS13-1-2-2021-06"))
                .sslPolicies()
                .getFirst();

        assertThat(policy.sslProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(policy.ciphers())
                .extracting(cipher -> cipher.priority() + " " + cipher.name())
                .startsWith("1 TLS_AES_128_GCM_SHA256", "2 TLS_AES_256_GCM_SHA384")
                .endsWith("11 ECDHE-RSA-AES256-SHA384")
                .hasSize(11);
    }

    @Test
    void securityPoliciesAreListedAndFoundByName() {
        assertThat(client.describeSSLPolicies(d -> {}).sslPolicies())
                .extracting(policy -> policy.name())
                .contains("ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-FS-1-2-Res-2020-10")
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> client.describeSSLPolicies(d -> d.names("none")))
                .isInstanceOf(SslPolicyNotFoundException.class);
    }

    @Test
    void anErrorIsWrittenAsAwsWritesIt() {
        var answer = send("Action=DescribeLoadBalancers&Version=2015-12-01&Names.member.1=none");

        assertThat(answer)
                .contains("<ErrorResponse xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\">")
                .contains("<Type>Sender</Type><Code>LoadBalancerNotFound</Code>"
                        + "<Message>One or more load balancers not found</Message>");
    }

    @Test
    void anAnswerIsWrittenAsAwsWritesIt() {
        elb.targetGroup("blue");

        var answer = send("Action=DescribeTargetGroups&Version=2015-12-01");

        assertThat(answer)
                .contains(
                        "<DescribeTargetGroupsResponse xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\">"
                                + "<DescribeTargetGroupsResult><TargetGroups><member>")
                .containsPattern("<LoadBalancerArns(/>|></LoadBalancerArns>)")
                .contains("<Matcher><HttpCode>200</HttpCode></Matcher>")
                .contains("</DescribeTargetGroupsResult><ResponseMetadata><RequestId>");
    }

    /// What no SDK would send gets an error of AWS's and no fault of ours.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Action=CreateLoadBalancer",
                "Action=CreateLoadBalancer&Name=",
                "Action=CreateTargetGroup&Name=a&Port=99999999999",
                "Action=CreateTargetGroup&Name=a&Protocol=HTTP&Port=x",
                "Action=CreateListener",
                "Action=CreateListener&LoadBalancerArn=x&Port=80&Protocol=HTTP",
                "Action=CreateRule",
                "Action=CreateRule&Priority=1&Conditions.member.1.Field=path-pattern&Actions.member.1.Type=forward",
                "Action=ModifyRule",
                "Action=ModifyListener",
                "Action=ModifyTargetGroup",
                "Action=SetRulePriorities",
                "Action=SetRulePriorities&RulePriorities.member.1.Priority=1",
                "Action=RegisterTargets",
                "Action=RegisterTargets&TargetGroupArn=x&Targets.member.1.Port=1",
                "Action=DeregisterTargets",
                "Action=DescribeTargetHealth",
                "Action=DescribeTags",
                "Action=AddTags",
                "Action=AddTags&ResourceArns.member.1=x&Tags.member.1.Value=x",
                "Action=ModifyLoadBalancerAttributes",
                "Action=ModifyTargetGroupAttributes&TargetGroupArn=x",
                "Action=ModifyListenerAttributes",
                "Action=SetSubnets",
                "Action=SetSecurityGroups",
                "Action=SetIpAddressType",
                "Action=DeleteLoadBalancer",
                "Action=DeleteTargetGroup",
                "Action=DescribeCapacityReservation",
            })
    void whatIsMissingOrWrongIsSaid(String form) {
        var answer = send(form + "&Version=2015-12-01");

        assertThat(answer).contains("<Type>Sender</Type>").doesNotContain("Exception");
    }

    private String send(String form) {
        var headers = Map.of(
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                elb.in("AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/elasticloadbalancing/aws4_request, "
                        + "SignedHeaders=host, Signature=0"));
        var request = new WireRequest("POST", "/", "", headers, form.getBytes(StandardCharsets.UTF_8));
        return new String(elb.answer(request).body(), StandardCharsets.UTF_8);
    }
}
