package dev.hakoniwa.aws;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/// What browsers ask before a page may call an emulator. Only pages of this machine may: the emulator runs containers,
/// and any page of the web could otherwise have it run some.
final class Cors {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|.*\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final String ALLOWED_HEADERS = String.join(
            ",",
            "authorization",
            "content-type",
            "content-encoding",
            "accept",
            "smithy-protocol",
            "x-amz-content-sha256",
            "x-amz-date",
            "x-amz-security-token",
            "x-amz-target",
            "x-amz-user-agent",
            "x-amzn-query-mode",
            "x-amzn-trace-id",
            "amz-sdk-invocation-id",
            "amz-sdk-request");
    private static final String EXPOSED_HEADERS = "x-amzn-requestid,x-amzn-errortype,x-amzn-query-error,date";

    private Cors() {}

    /// Whether the request comes from a page that may not send it.
    static boolean isForeign(WireRequest request) {
        return request.header("origin")
                .filter(origin -> !isOfThisMachine(origin))
                .isPresent();
    }

    static WireResponse preflight(WireRequest request) {
        var response = new WireResponse(
                204,
                Map.of(
                        "Access-Control-Allow-Methods",
                        "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS",
                        "Access-Control-Allow-Headers",
                        ALLOWED_HEADERS,
                        "Access-Control-Max-Age",
                        "86400"),
                new byte[0]);
        return allow(request, response);
    }

    /// The answer, for the page that asked to read it.
    static WireResponse allow(WireRequest request, WireResponse response) {
        return response.with(
                        "Access-Control-Allow-Origin", request.header("origin").orElse("*"))
                .with("Access-Control-Expose-Headers", EXPOSED_HEADERS)
                .with("Vary", "Origin");
    }

    private static boolean isOfThisMachine(String origin) {
        try {
            var host = URI.create(origin).getHost();
            return host != null && LOOPBACK.matcher(host).matches();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
