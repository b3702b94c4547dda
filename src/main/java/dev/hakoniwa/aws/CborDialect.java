package dev.hakoniwa.aws;

import dev.hakoniwa.aws.shapes.Malformed;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/// rpc-v2-cbor. Every answer names the protocol in a header, or clients don't look at it.
record CborDialect(Exchange exchange) implements Dialect {
    static final String HEADER = "smithy-protocol";
    static final String NAME = "rpc-v2-cbor";
    private static final String CBOR = "application/cbor";

    @Override
    public void read(SdkPojo builder) {
        exchange.shapes().readCbor(exchange.body(), builder, exchange.name());
    }

    @Override
    public WireResponse answer(SdkPojo response) {
        if (response.sdkFields().isEmpty()) {
            return new WireResponse(200, Map.of(HEADER, NAME), new byte[0]);
        }
        return WireResponse.of(200, CBOR, exchange.shapes().writeCbor(response)).with(HEADER, NAME);
    }

    @Override
    public WireResponse error(AwsError error) {
        var body = new LinkedHashMap<String, Object>();
        body.put("__type", exchange.service().absolute(error.code()));
        body.put("message", error.message());
        body.putAll(error.members());
        var response = WireResponse.of(error.status(), CBOR, exchange.shapes().writeCbor(body))
                .with(HEADER, NAME);
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
}
