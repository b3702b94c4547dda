package dev.hakoniwa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CorsTest {
    private final Wire wire = new Wire();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3000",
                "https://localhost",
                "http://app.localhost:8080",
                "http://127.0.0.1:5173",
                "http://[::1]:3000"
            })
    void aPageOfThisMachineMayAsk(String origin) {
        var response = wire.send(preflight(origin));

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers())
                .containsEntry("Access-Control-Allow-Origin", origin)
                .hasEntrySatisfying(
                        "Access-Control-Allow-Methods",
                        methods -> assertThat(methods).contains("POST"))
                .hasEntrySatisfying(
                        "Access-Control-Allow-Headers",
                        headers -> assertThat(headers)
                                .contains(
                                        "authorization",
                                        "content-type",
                                        "x-amz-target",
                                        "x-amz-date",
                                        "smithy-protocol"));
    }

    @Test
    void itMayReadTheAnswer() {
        var request = Wire.with(
                Wire.post("/", Map.of("X-Amz-Target", Wire.ECS + "CreateCluster"), Wire.bytes("{}")),
                "Origin",
                "http://localhost:3000");

        var response = wire.send(request);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .containsEntry("Access-Control-Allow-Origin", "http://localhost:3000")
                .hasEntrySatisfying(
                        "Access-Control-Expose-Headers",
                        headers -> assertThat(headers).contains("x-amzn-requestid", "x-amzn-errortype"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://notlocalhost",
                "null",
                "::::"
            })
    void otherPagesMayNeitherAskNorCall(String origin) {
        var asked = wire.send(preflight(origin));
        var called = wire.send(Wire.post(
                "/",
                Map.of("Content-Type", Wire.FORM, "Origin", origin),
                Wire.bytes("Action=DescribeSubnets&Version=2016-11-15")));

        assertThat(asked.status()).isEqualTo(403);
        assertThat(asked.headers()).doesNotContainKey("Access-Control-Allow-Origin");
        assertThat(called.status()).isEqualTo(403);
        assertThat(wire.wasCalled()).isFalse();
    }

    private static WireRequest preflight(String origin) {
        return new WireRequest(
                "OPTIONS",
                "/",
                "",
                Map.of(
                        "Origin", origin,
                        "Access-Control-Request-Method", "POST",
                        "Access-Control-Request-Headers", "authorization,x-amz-target"),
                new byte[0]);
    }
}
