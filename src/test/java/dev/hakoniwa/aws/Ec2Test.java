package dev.hakoniwa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;

final class Ec2Test {
    private final Wire wire = new Wire();

    @Test
    void listsAreFlat() {
        wire.ec2(
                "Action=DescribeSubnets&SubnetId.1=a&SubnetId.2=b&Filter.1.Name=vpc-id&Filter.1.Value.1=x&Filter.1.Value.2=y"
                        + "&MaxResults=5&DryRun=true");

        var request = wire.received(DescribeSubnetsRequest.class);
        assertThat(request.subnetIds()).containsExactly("a", "b");
        assertThat(request.filters().getFirst().name()).isEqualTo("vpc-id");
        assertThat(request.filters().getFirst().values()).containsExactly("x", "y");
        assertThat(request.maxResults()).isEqualTo(5);
        assertThat(request.dryRun()).isTrue();
    }

    @Test
    void anAnswerHasNoWrapper() {
        var response = wire.ec2("Action=DescribeSubnets");

        assertThat(response.headers()).containsEntry("Content-Type", "text/xml;charset=UTF-8");
        assertThat(Wire.text(response)).isEqualTo("""
                        <?xml version="1.0" encoding="UTF-8"?>
                        <DescribeSubnetsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">\
                        <requestId>%s</requestId><subnetSet><item><tagSet></tagSet><subnetId>subnet-1</subnetId></item>\
                        </subnetSet></DescribeSubnetsResponse>""".formatted(wire.call().requestId()));
    }

    @Test
    void nothingToSayIsTrue() {
        var response = wire.ec2("Action=DeleteSubnet&SubnetId=subnet-1");

        assertThat(wire.received(DeleteSubnetRequest.class).subnetId()).isEqualTo("subnet-1");
        assertThat(Wire.text(response)).contains("</requestId><return>true</return></DeleteSubnetResponse>");
    }

    @Test
    void anErrorHasItsOwnForm() {
        var response = wire.ec2("Action=DescribeVpcs&VpcId.1=vpc-1");

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response))
                .isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Response><Errors><Error><Code>InvalidVpcID.NotFound</Code>\
                <Message>The vpc ID 'vpc-1' does not exist</Message></Error></Errors>\
                <RequestID>%s</RequestID></Response>""".formatted(response.headers().get("x-amzn-RequestId")));
    }

    @Test
    void anUnknownOperationIsNamed() {
        var response = wire.ec2("Action=RunInstances");

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response))
                .contains("<Code>InvalidAction</Code>")
                .contains("The operation ec2.RunInstances is not available in Hakoniwa.");
    }

    @Test
    void aValueThatIsNoneOfItsTypeIsNamed() {
        var response = wire.ec2("Action=DescribeSubnets&MaxResults=many");

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response))
                .contains("<Code>InvalidParameterValue</Code>"
                        + "<Message>Value (many) for parameter MaxResults is invalid.</Message>");
    }

    @Test
    void errorsOfTheFrameworkHaveItsFormToo() {
        var headers =
                Map.of("Content-Type", Wire.FORM, "Authorization", RoutingTest.signed("AKID", "eu-west-1", "ec2"));

        var response = wire.send(Wire.post("/", headers, Wire.bytes("SubnetId.1=%zz")));

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response)).contains("<Response><Errors><Error><Code>MalformedQueryString</Code>");
    }
}
