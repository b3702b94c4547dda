package dev.hakoniwa.aws;

import dev.hakoniwa.aws.shapes.Form;
import dev.hakoniwa.aws.shapes.Malformed;
import dev.hakoniwa.aws.shapes.Xml;
import software.amazon.awssdk.core.SdkPojo;

/// ec2Query: form fields in, XML without a wrapper for the result out.
record Ec2Dialect(Exchange exchange, Form form) implements Dialect {
    private static final String XML = "text/xml;charset=UTF-8";

    @Override
    public void read(SdkPojo builder) {
        exchange.shapes().readEc2Query(form, builder, exchange.name());
    }

    @Override
    public WireResponse answer(SdkPojo response) {
        var root = exchange.operation() + "Response";
        var xml = Xml.ofEc2().open(root, exchange.service().namespace()).text("requestId", exchange.requestId());
        if (response.sdkFields().isEmpty()) {
            xml.text("return", "true");
        }
        return WireResponse.of(200, XML, xml.members(response).close(root).bytes());
    }

    @Override
    public WireResponse error(AwsError error) {
        var xml = Xml.ofEc2()
                .open("Response")
                .open("Errors")
                .open("Error")
                .text("Code", error.queryCode())
                .text("Message", error.message())
                .close("Error")
                .close("Errors")
                .text("RequestID", exchange.requestId())
                .close("Response");
        return WireResponse.of(error.status(), XML, xml.bytes());
    }

    @Override
    public AwsError unknownOperation(String message) {
        return AwsError.client("InvalidAction", message);
    }

    @Override
    public AwsError malformed(Malformed malformed) {
        var code = malformed.isOneValue() ? "InvalidParameterValue" : "InvalidQueryParameter";
        return AwsError.client(code, malformed.message());
    }

    @Override
    public AwsError failure(String message) {
        return AwsError.of("InternalError", 500, message);
    }
}
