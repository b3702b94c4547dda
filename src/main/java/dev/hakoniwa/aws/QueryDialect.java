package dev.hakoniwa.aws;

import dev.hakoniwa.aws.shapes.Form;
import dev.hakoniwa.aws.shapes.Malformed;
import dev.hakoniwa.aws.shapes.Xml;
import software.amazon.awssdk.core.SdkPojo;

/// awsQuery: form fields in, XML out.
record QueryDialect(Exchange exchange, Form form) implements Dialect {
    private static final String XML = "text/xml";

    @Override
    public void read(SdkPojo builder) {
        exchange.shapes().readQuery(form, builder, exchange.name());
    }

    @Override
    public WireResponse answer(SdkPojo response) {
        var operation = exchange.operation();
        var xml = Xml.ofQuery()
                .open(operation + "Response", exchange.service().namespace())
                .open(operation + "Result")
                .members(response)
                .close(operation + "Result")
                .open("ResponseMetadata")
                .text("RequestId", exchange.requestId())
                .close("ResponseMetadata")
                .close(operation + "Response");
        return WireResponse.of(200, XML, xml.bytes());
    }

    @Override
    public WireResponse error(AwsError error) {
        var xml = Xml.ofQuery()
                .open("ErrorResponse", exchange.service().namespace())
                .open("Error")
                .text("Type", error.type())
                .text("Code", error.queryCode())
                .text("Message", error.message());
        error.members().forEach((name, value) -> xml.text(name, value.toString()));
        xml.close("Error").text("RequestId", exchange.requestId()).close("ErrorResponse");
        return WireResponse.of(error.status(), XML, xml.bytes());
    }

    @Override
    public AwsError unknownOperation(String message) {
        return AwsError.client("InvalidAction", message);
    }

    @Override
    public AwsError malformed(Malformed malformed) {
        return AwsError.client("MalformedInput", malformed.message());
    }

    @Override
    public AwsError failure(String message) {
        return AwsError.of("InternalFailure", 500, message);
    }
}
