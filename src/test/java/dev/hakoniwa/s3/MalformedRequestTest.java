package dev.hakoniwa.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.aws.Callers;
import dev.hakoniwa.aws.Router;
import dev.hakoniwa.aws.WireRequest;
import dev.hakoniwa.core.Events;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.InMemoryAws;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What no client of S3 sends.
@InJvm("a router")
final class MalformedRequestTest {
    private static final String SIGNATURE = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, "
            + "SignedHeaders=host, Signature=00";
    private static final List<String> METHODS = List.of("GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "");
    private static final List<String> PATHS = List.of(
            "/",
            "",
            "//",
            "/files",
            "/files/",
            "/files/a",
            "/files//a",
            "/%",
            "/files/%zz",
            "/files/%00",
            "/%ff/%fe",
            "/a?b");
    private static final List<String> QUERIES = List.of(
            "",
            "&",
            "=",
            "list-type=2&max-keys=99999999999",
            "max-keys=x",
            "delete",
            "location",
            "acl",
            "%=%",
            "prefix=%ff",
            "list-type=2&continuation-token=%F0%9F",
            "delimiter=/&marker=%00",
            "uploads",
            "x-id=PutObject");
    private static final Map<String, List<String>> HEADERS = Map.of(
            "host", List.of("localhost", ".localhost", "s3.", ".s3.", "files.localhost:1:2", ""),
            "range", List.of("bytes=-", "bytes=9-1", "bytes=99999999999999999999-", "bytes=0-0,2-3", "x"),
            "content-md5", List.of("", "x", "AAAA"),
            "x-amz-content-sha256",
                    List.of("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "UNSIGNED-PAYLOAD", "0".repeat(64), ""),
            "if-modified-since", List.of("", "yesterday", "Thu, 01 Jan 2026 00:00:00 GMT"),
            "if-none-match", List.of("*", ",", "\"x\""),
            "x-amz-checksum-crc32", List.of("", "x"),
            "content-encoding", List.of("aws-chunked", ",,,", "gzip"));
    private static final List<String> BODIES = List.of(
            "",
            "<",
            "<Delete/>",
            "<a><Key>b</Key>",
            "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><Key>&y;</Key>",
            "5\r\n123",
            "\0");

    private final Tables tables = new Tables();
    private final Time time = Time.stopped(InMemoryS3.START);
    private final S3 s3 =
            new S3(new Foundation(tables, time, time, (_, action) -> action.run(), Ids.random(), new Events()));
    private final Router router =
            new Router(Map.of(S3.SERVICE, s3::operations), tables, Callers.of(InMemoryAws.SCOPE), Ids.random(), time);

    @Test
    void itIsTheCallersFault() {
        router.answer(new WireRequest("PUT", "/files", "", Map.of("authorization", SIGNATURE), new byte[0]));
        router.answer(new WireRequest("PUT", "/files/a", "", Map.of("authorization", SIGNATURE), new byte[] {1}));

        var random = new Random(7);
        for (var i = 0; i < 2_000; i++) {
            var request = request(random);
            var answer = router.answer(request);

            assertThat(answer.status()).as("%s", request).isNotEqualTo(500).isBetween(200, 501);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("dev.hakoniwa", "root:");
        }
    }

    private static WireRequest request(Random random) {
        var headers = new HashMap<String, String>();
        headers.put("authorization", SIGNATURE);
        HEADERS.forEach((name, values) -> {
            if (random.nextInt(4) == 0) {
                headers.put(name, one(values, random));
            }
        });
        var body = one(BODIES, random).getBytes(StandardCharsets.UTF_8);
        return new WireRequest(one(METHODS, random), one(PATHS, random), one(QUERIES, random), headers, body);
    }

    private static String one(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
