package dev.hakoniwa.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Carries an SDK client's requests to a router without any network.
public final class InMemoryHttpClient implements SdkHttpClient {
    private final Function<WireRequest, WireResponse> server;

    public InMemoryHttpClient(Function<WireRequest, WireResponse> server) {
        this.server = server;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return toSdk(server.apply(toWire(request)));
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public void close() {}

    @Override
    public String clientName() {
        return "in-memory";
    }

    private static WireRequest toWire(HttpExecuteRequest request) throws IOException {
        SdkHttpRequest http = request.httpRequest();
        var headers = new LinkedHashMap<String, String>();
        http.forEachHeader((name, values) -> headers.put(name, String.join(",", values)));
        var body = new byte[0];
        if (request.contentStreamProvider().isPresent()) {
            try (var stream = request.contentStreamProvider().get().newStream()) {
                body = stream.readAllBytes();
            }
        }
        return new WireRequest(
                http.method().name(),
                http.encodedPath(),
                http.encodedQueryParameters().orElse(""),
                headers,
                body);
    }

    private static HttpExecuteResponse toSdk(WireResponse response) {
        var http = SdkHttpResponse.builder().statusCode(response.status());
        response.headers().forEach(http::appendHeader);
        if (!response.headers().containsKey("Content-Length")) {
            http.appendHeader("Content-Length", Integer.toString(response.body().length));
        }
        return HttpExecuteResponse.builder()
                .response(http.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(response.body())))
                .build();
    }
}
