package dev.hakoniwa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;

final class QueryTest {
    private final Wire wire = new Wire();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Names.member.1=a&Names.member.2=b+c",
                "Names.member.2=b%20c&Names.member.1=a",
                "Names.member.10=b+c&Names.member.7=a",
                "Names.1=a&Names.2=b+c"
            })
    void elementsComeInTheOrderOfTheirNumbers(String names) {
        wire.elb("Action=DescribeTargetGroups&" + names);

        assertThat(wire.received(DescribeTargetGroupsRequest.class).names()).containsExactly("a", "b c");
    }

    @Test
    void whatWasNotSentIsNotEmpty() {
        wire.elb("Action=DescribeTargetGroups&Names=");

        var request = wire.received(DescribeTargetGroupsRequest.class);
        assertThat(request.hasNames()).isTrue();
        assertThat(request.names()).isEmpty();
        assertThat(request.hasTargetGroupArns()).isFalse();
    }

    @Test
    void structuresInListsInStructures() {
        wire.form("""
                Action=PutMetricData&Version=2010-08-01&Namespace=n&MetricData.member.1.MetricName=m\
                &MetricData.member.1.Dimensions.member.1.Name=a&MetricData.member.1.Dimensions.member.1.Value=b\
                &MetricData.member.1.Values.member.1=1.5&MetricData.member.1.Timestamp=2026-01-02T03%3A04%3A05Z""");

        var datum = wire.received(PutMetricDataRequest.class).metricData().getFirst();
        assertThat(datum.dimensions().getFirst().value()).isEqualTo("b");
        assertThat(datum.values()).containsExactly(1.5);
        assertThat(datum.timestamp()).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void anAnswerIsWrapped() {
        var response = wire.elb("Action=DescribeTargetGroups");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Content-Type", "text/xml");
        assertThat(Wire.text(response)).isEqualTo("""
                        <DescribeTargetGroupsResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">\
                        <DescribeTargetGroupsResult><TargetGroups><member>\
                        <TargetGroupName>&lt;a&gt; &amp; &quot;b&quot;&#xD;</TargetGroupName><Port>80</Port>\
                        <LoadBalancerArns></LoadBalancerArns></member></TargetGroups></DescribeTargetGroupsResult>\
                        <ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata></DescribeTargetGroupsResponse>""".formatted(wire.call().requestId()));
    }

    @Test
    void anEmptyResultIsThereToo() {
        var response = wire.elb("Action=DeleteRule&RuleArn=a");

        assertThat(Wire.text(response)).contains("<DeleteRuleResult></DeleteRuleResult><ResponseMetadata>");
    }

    @Test
    void anErrorIsTheSenders() {
        var response = wire.elb("Action=CreateTargetGroup&Name=a");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.headers()).containsEntry("Content-Type", "text/xml");
        assertThat(Wire.text(response))
                .isEqualTo("""
                        <ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><Error>\
                        <Type>Sender</Type><Code>DuplicateTargetGroupName</Code>\
                        <Message>A target group with the same name '&lt;a&gt;' exists</Message></Error>\
                        <RequestId>%s</RequestId></ErrorResponse>""".formatted(response.headers().get("x-amzn-RequestId")));
    }

    @Test
    void anErrorHasItsOwnCodeHere() {
        var response = wire.form("Action=DeleteAlarms&Version=2010-08-01");

        assertThat(response.status()).isEqualTo(404);
        assertThat(Wire.text(response)).contains("<Code>ResourceNotFound</Code>");
    }

    @Test
    void aFaultOfOursIsTheReceivers() {
        var response = wire.elb("Action=DescribeTags");

        assertThat(response.status()).isEqualTo(500);
        assertThat(Wire.text(response))
                .contains("<Type>Receiver</Type><Code>InternalFailure</Code>")
                .doesNotContain("secret");
    }

    @Test
    void anUnknownOperationIsNamed() {
        var response = wire.elb("Action=DescribeTrustStores");

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response))
                .contains("<Code>InvalidAction</Code><Message>The operation elasticloadbalancing.DescribeTrustStores"
                        + " is not available in Hakoniwa.</Message>");
    }

    @Test
    void anUnknownServiceIsNamedBySignature() {
        var authorization = RoutingTest.signed("AKID", "eu-west-1", "autoscaling");
        var headers = Map.of("Content-Type", Wire.FORM, "Authorization", authorization);

        var response =
                wire.send(Wire.post("/", headers, Wire.bytes("Action=CreateAutoScalingGroup&Version=2011-01-01")));

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response)).contains("The operation autoscaling.CreateAutoScalingGroup is not available");
    }

    @Test
    void anActionIsNeeded() {
        var response = wire.elb("Names.member.1=a");

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response)).contains("<Code>MissingAction</Code>");
    }

    @ParameterizedTest
    @CsvSource({
        "PageSize=abc, MalformedInput, STRING_VALUE can not be converted to an Integer",
        "PageSize=, MalformedInput, STRING_VALUE can not be converted to an Integer",
        "PageSize=99999999999, MalformedInput, STRING_VALUE can not be converted to an Integer",
        "PageSize=%zz, MalformedQueryString, The query string contains a syntax error",
        "PageSize=%, MalformedQueryString, The query string contains a syntax error"
    })
    void whatCannotBeReadIsRefused(String field, String code, String message) {
        var response = wire.elb("Action=DescribeTargetGroups&" + field);

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response)).contains("<Code>" + code + "</Code><Message>" + message + "</Message>");
        assertThat(wire.wasCalled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", ""})
    void aBooleanIsTrueOrFalse(String value) {
        var response = wire.form(
                "Action=GetMetricData&Version=2010-08-01" + "&MetricDataQueries.member.1.ReturnData=" + value);

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response)).contains("STRING_VALUE cannot be converted to Boolean");
    }

    @Test
    void unknownFieldsAreLeftOut() {
        wire.form(
                "Action=GetMetricData&Version=2010-08-01&StartTime=1767323045&Colour=x&MetricDataQueries.member.x.Id=1"
                        + "&MetricDataQueries.member.99999999999.Id=1&LabelOptions.Timezone.a.b.c=1&=&&=x&a");

        var request = wire.received(GetMetricDataRequest.class);
        assertThat(request.startTime()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(request.metricDataQueries()).isEmpty();
    }

    @Test
    void namesThatNestTooDeepAreLeftOut() {
        var response = wire.elb("Action=DescribeTargetGroups&" + "a.".repeat(200_000) + "b=1");

        assertThat(response.status()).isEqualTo(200);
    }
}
