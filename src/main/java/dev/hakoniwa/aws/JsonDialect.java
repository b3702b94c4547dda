package dev.hakoniwa.aws;

import dev.hakoniwa.aws.shapes.Malformed;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/// awsJson 1.0 and 1.1.
record JsonDialect(Exchange exchange) implements Dialect {
    @Override
    public void read(SdkPojo builder) {
        exchange.shapes().readJson(exchange.body(), builder, exchange.name());
    }

    @Override
    public WireResponse answer(SdkPojo response) {
        return WireResponse.of(200, contentType(), exchange.shapes().writeJson(response));
    }

    @Override
    public WireResponse error(AwsError error) {
        var response =
                WireResponse.of(error.status(), contentType(), exchange.shapes().writeJson(body(error)));
        return exchange.wantsQueryErrors() ? response.with("x-amzn-query-error", error.inQueryHeader()) : response;
    }

    @Override
    public AwsError unknownOperation(String message) {
        return AwsError.client("UnknownOperationException", message);
    }

    @Override
    public AwsError malformed(Malformed malformed) {
        return AwsError.client("SerializationException", malformed.message());
    }

    @Override
    public AwsError failure(String message) {
        return AwsError.of("ServerException", 500, message);
    }

    private Map<String, Object> body(AwsError error) {
        var body = new LinkedHashMap<String, Object>();
        body.put("__type", type(error));
        body.put("message", error.message());
        body.putAll(error.members());
        return body;
    }

    /// Services of 1.1 send an error's short name, those of 1.0 its full one.
    private String type(AwsError error) {
        var full = exchange.service().speaks(Protocol.AWS_JSON_1_0);
        return full ? exchange.service().absolute(error.code()) : error.code();
    }

    private String contentType() {
        var sent = exchange.request().hasContentType("application/x-amz-json-1.0");
        var only = exchange.service().speaks(Protocol.AWS_JSON_1_0);
        return sent || only ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";
    }
}
