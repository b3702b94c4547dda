package dev.hakoniwa.s3;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Answers as S3 gives them.
final class Answers {
    private static final byte[] NOTHING = {};

    private Answers() {}

    static WireResponse empty(int status) {
        return new WireResponse(status, Map.of(), NOTHING);
    }

    static WireResponse empty(int status, Map<String, String> headers) {
        return new WireResponse(status, headers, NOTHING);
    }

    static WireResponse xml(Xml document) {
        return new WireResponse(
                200,
                Map.of("Content-Type", "application/xml"),
                document.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// An answer to HEAD has no body that could tell more than the status does.
    static WireResponse error(AwsError error, Sent request, Call call) {
        if (request.method().equals("HEAD") || error.status() == 304) {
            return empty(error.status());
        }
        var document = Xml.bare("Error", xml -> {
            xml.element("Code", error.code()).element("Message", error.message());
            error.members().forEach((name, value) -> xml.element(name, value));
            xml.element("Resource", "/" + request.bucket() + (request.key().isEmpty() ? "" : "/" + request.key()))
                    .element("RequestId", call.requestId());
        });
        return new WireResponse(
                error.status(),
                Map.of("Content-Type", "application/xml"),
                document.toString().getBytes(StandardCharsets.UTF_8));
    }

    static WireResponse with(WireResponse answer, String header, String value) {
        var headers = new HashMap<>(answer.headers());
        headers.put(header, value);
        return new WireResponse(answer.status(), headers, answer.body());
    }
}
