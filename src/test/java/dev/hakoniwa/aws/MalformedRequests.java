package dev.hakoniwa.aws;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Requests that are wrong in some way, out of a seed: good ones of every protocol, spoilt.
public final class MalformedRequests {
    private static final List<String> JUNK = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "-1e-400",
            "9".repeat(400),
            "9".repeat(2_000),
            "0.0000000000000000000000000000000000000000001",
            "\"\"",
            "\"text\"",
            "\"\\ud800\"",
            "\"" + "x".repeat(5_000) + "\"",
            "[]",
            "[[]]",
            "[null]",
            "{}",
            "{\"a\": {}}",
            "{\"\": 1}",
            "{\"0\": [0]}",
            "NaN",
            "undefined",
            "'single'",
            "[1,]",
            "}",
            "\u0000");
    private static final List<String> HEADERS = List.of(
            "Content-Type",
            "Authorization",
            "X-Amz-Target",
            "Content-Encoding",
            "smithy-protocol",
            "Host",
            "Accept",
            "x-amzn-query-mode",
            "X-Amz-Date");
    private static final List<String> VALUES = List.of(
            "",
            ".",
            "..",
            "gzip",
            "rpc-v2-cbor",
            "text/plain",
            "application/json",
            Wire.JSON,
            Wire.FORM,
            "application/cbor",
            "multipart/form-data; boundary=x",
            "AmazonEC2ContainerServiceV20141113.",
            ".CreateCluster",
            "AWS4-HMAC-SHA256 Credential=////",
            "AWS4-HMAC-SHA256 Credential=a/b/c/d/e/f, Signature=",
            "Basic :::",
            "true",
            "\u0000\u0001\uffff",
            "x".repeat(10_000));

    private final Random random;

    private MalformedRequests(long seed) {
        random = new Random(seed);
    }

    public static Stream<WireRequest> seeded(long seed) {
        var requests = new MalformedRequests(seed);
        return Stream.generate(requests::next);
    }

    private WireRequest next() {
        var request = oneOf(good());
        UnaryOperator<WireRequest> spoil = oneOf(List.of(
                this::truncated,
                this::flipped,
                this::binary,
                this::junkForAValue,
                this::nested,
                this::otherHeader,
                this::otherPlace,
                this::garbage));
        return random.nextInt(4) == 0 ? otherHeader(spoil.apply(request)) : spoil.apply(request);
    }

    private static List<WireRequest> good() {
        return List.of(
                json("CreateCluster", """
                        {"clusterName": "a", "settings": [{"name": "containerInsights", "value": "enabled"}],
                         "configuration": {"executeCommandConfiguration": {"logging": "NONE"}}, "tags": []}"""),
                json("CreateService", """
                        {"serviceName": "a", "desiredCount": 1, "enableECSManagedTags": true, "loadBalancers": [{"containerPort": 80}],
                         "deploymentConfiguration": {"canaryConfiguration": {"canaryPercent": 0.5}, "lifecycleHooks": [{"hookDetails": {"a": 1}}]}}"""),
                json("RegisterTaskDefinition", """
                        {"family": "a", "containerDefinitions": [{"name": "b", "dockerLabels": {"c": "d"}, "command": ["e"]}]}"""),
                form("Action=DescribeTargetGroups&Version=2015-12-01&Names.member.1=a&PageSize=5&Marker=x%20y"),
                form(
                        "Action=DescribeSubnets&Version=2016-11-15&Filter.1.Name=a&Filter.1.Value.1=b&MaxResults=5&DryRun=false"),
                form(
                        "Action=GetMetricData&Version=2010-08-01&StartTime=2026-01-02T03:04:05Z"
                                + "&MetricDataQueries.member.1.MetricStat.Period=60&MetricDataQueries.member.1.ReturnData=true"),
                cbor("DescribeAlarms", "a16a4d61785265636f72647305"),
                cbor("GetMetricData", "bf69537461727454696d65c11a6957352561789f8101ffff"));
    }

    private WireRequest truncated(WireRequest request) {
        return body(request, Arrays.copyOf(request.body(), random.nextInt(request.body().length)));
    }

    private WireRequest flipped(WireRequest request) {
        var bytes = request.body().clone();
        for (var left = 1 + random.nextInt(8); left > 0; left--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return body(request, bytes);
    }

    private WireRequest binary(WireRequest request) {
        var bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        return body(request, bytes);
    }

    /// Puts junk where a JSON or form value begins, and behind the first byte of CBOR.
    private WireRequest junkForAValue(WireRequest request) {
        var text = Wire.text(new WireResponse(200, Map.of(), request.body()));
        var places = text.chars().filter(c -> c == ':' || c == '=').count();
        var bytes = new ByteArrayOutputStream();
        var place = places == 0 ? 0 : random.nextLong(places);
        for (var part : text.splitWithDelimiters("[:=]", 0)) {
            bytes.writeBytes(Wire.bytes(part));
            if (part.length() == 1 && ":=".contains(part) && place-- == 0) {
                bytes.writeBytes(Wire.bytes(oneOf(JUNK)));
            }
        }
        return body(request, bytes.toByteArray());
    }

    private WireRequest nested(WireRequest request) {
        var deep = oneOf(List.of("[", "{\"a\":", "{\"configuration\":", "\u0081", "a.", "%5B", "(", "\u00c1"));
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Arrays.copyOf(request.body(), random.nextInt(request.body().length)));
        bytes.writeBytes(deep.repeat(1 + random.nextInt(20_000)).getBytes(StandardCharsets.ISO_8859_1));
        return body(request, bytes.toByteArray());
    }

    private WireRequest otherHeader(WireRequest request) {
        var headers = new HashMap<>(request.headers());
        headers.put(oneOf(HEADERS).toLowerCase(Locale.ROOT), oneOf(VALUES));
        return new WireRequest(request.method(), request.path(), request.query(), headers, request.body());
    }

    private WireRequest otherPlace(WireRequest request) {
        var path = oneOf(
                List.of("", "/", "//", "/service//operation/", "/service/a/operation/b", "/%zz", "/\u0000", "/../.."));
        var query = oneOf(
                List.of("", "Action", "Action=", "Action=%", "Action=x&Version=%f", "a=b&&&=", "X-Amz-Credential=%2F"));
        var method = oneOf(List.of("GET", "PUT", "DELETE", "HEAD", "", "NONSENSE"));
        return new WireRequest(method, path, query, request.headers(), request.body());
    }

    private WireRequest garbage(WireRequest request) {
        var bytes = new byte[random.nextInt(20) == 0 ? 1 << 20 : 1 << 12];
        random.nextBytes(bytes);
        System.arraycopy(request.body(), 0, bytes, 0, Math.min(random.nextInt(40), request.body().length));
        return body(request, bytes);
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static WireRequest body(WireRequest request, byte[] body) {
        return new WireRequest(request.method(), request.path(), request.query(), request.headers(), body);
    }

    private static WireRequest json(String operation, String body) {
        return Wire.post(
                "/", Map.of("X-Amz-Target", Wire.ECS + operation, "Content-Type", Wire.JSON), Wire.bytes(body));
    }

    private static WireRequest form(String fields) {
        return Wire.post("/", Map.of("Content-Type", Wire.FORM), Wire.bytes(fields));
    }

    private static WireRequest cbor(String operation, String hexadecimal) {
        var body = HexFormat.of().parseHex(hexadecimal);
        var path = "/service/" + Wire.CLOUDWATCH + "/operation/" + operation;
        return Wire.post(path, Map.of("smithy-protocol", "rpc-v2-cbor", "Content-Type", "application/cbor"), body);
    }
}
