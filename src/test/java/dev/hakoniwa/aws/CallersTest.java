package dev.hakoniwa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.aws.Credentials.Caller;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallersTest {
    private static final Scope USUAL = new Scope(new AccountId("000000000000"), new Region("us-east-1"));

    private final Callers callers = Callers.of(USUAL);

    @Test
    void theSignatureTellsTheRegion() {
        var call = call(RoutingTest.signed("AKIAIOSFODNN7EXAMPLE", "ap-southeast-7", "ecs"));

        assertThat(call.region().name()).isEqualTo("ap-southeast-7");
        assertThat(call.account().value()).isEqualTo("000000000000");
        assertThat(call.accessKeyId()).isEqualTo("AKIAIOSFODNN7EXAMPLE");
        assertThat(call.principal()).isEqualTo("arn:aws:iam::000000000000:root");
    }

    @Test
    void aKeyOfTwelveDigitsIsAnAccount() {
        var call = call(RoutingTest.signed("123456789012", "us-east-1", "ecs"));

        assertThat(call.account().value()).isEqualTo("123456789012");
        assertThat(call.principal()).isEqualTo("arn:aws:iam::123456789012:root");
    }

    @Test
    void aPresignedRequestIsSignedToo() {
        var query =
                "Action=GetCallerIdentity&X-Amz-Credential=123456789012%2F20260102%2Feu-west-1%2Fsts%2Faws4_request";

        var call = callers.call(new WireRequest("GET", "/", query, Map.of(), new byte[0]), "id");

        assertThat(call.account().value()).isEqualTo("123456789012");
        assertThat(call.region().name()).isEqualTo("eu-west-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic dXNlcjpwYXNz",
                "Bearer abc",
                "AWS4-HMAC-SHA256",
                "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=abc",
                "AWS4-HMAC-SHA256 Credential=key/20260102/NO REGION/ecs/aws4_request",
                "AWS4-HMAC-SHA256 Credential=key/20260102/../ecs/aws4_request"
            })
    void whatIsNoSignatureLeavesTheUsualAccountAndRegion(String authorization) {
        var call = call(authorization);

        assertThat(call.scope()).isEqualTo(USUAL);
    }

    @Test
    void othersMayKnowWhoseAKeyIs() {
        var role = new Caller(new AccountId("111111111111"), "arn:aws:sts::111111111111:assumed-role/web/abc");
        var knowing = new Callers(USUAL, _ -> role);
        var request =
                Wire.post("/", Map.of("Authorization", RoutingTest.signed("ASIA1", "us-east-1", "ecs")), new byte[0]);

        var call = knowing.call(request, "id");

        assertThat(call.account().value()).isEqualTo("111111111111");
        assertThat(call.principal()).isEqualTo("arn:aws:sts::111111111111:assumed-role/web/abc");
    }

    private Call call(String authorization) {
        return callers.call(Wire.post("/", Map.of("Authorization", authorization), new byte[0]), "id");
    }
}
