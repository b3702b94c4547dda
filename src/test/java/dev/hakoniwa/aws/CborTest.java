package dev.hakoniwa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;

final class CborTest {
    private static final HexFormat HEX = HexFormat.of();

    private final Wire wire = new Wire();

    @ParameterizedTest
    @CsvSource({
        "a1 69 StartTime c1 1a69573525, whole seconds",
        "a1 69 StartTime c1 fb41da55cd49400000, a double",
        "bf 69 StartTime c1 1a69573525 ff, a map of indefinite length",
        "bf 7f 65 Start 64 Time ff c1 1a69573525 ff, a name in pieces",
        "a2 67 unknown 9f a0 80 ff 69 StartTime c1 1a69573525, an unknown member before it",
        "a2 69 NextToken f7 69 StartTime c1 1a69573525, an undefined one before it"
    })
    void aTimestampIsAMoment(String body, String spelling) {
        var response = wire.cbor("GetMetricData", cbor(body));

        assertThat(response.status()).as(spelling).isEqualTo(200);
        assertThat(wire.received(GetMetricDataRequest.class).startTime()).isEqualTo("2026-01-02T03:01:57Z");
    }

    @ParameterizedTest
    @CsvSource({
        "f93e00, 1.5",
        "fa3fc00000, 1.5",
        "fb3ff8000000000000, 1.5",
        "01, 1",
        "20, -1",
        "f97c00, Infinity",
        "f97e00, NaN",
        "c48221190f, 0",
        "c249010000000000000000, 1.8446744073709552E19"
    })
    void aNumberHasManySizes(String number, double expected) {
        var response = wire.cbor("PutMetricData", cbor("a1 6a MetricData 81 a1 65 Value " + number));

        assertThat(response.status()).isIn(200, 400);
        assertThat(wire.wasCalled() ? value() : expected).isCloseTo(expected, within(0.0));
    }

    @Test
    void textAndListsMayHaveNoLengthOfTheirOwn() {
        wire.cbor("DescribeAlarms", cbor("bf 6a AlarmNames 9f 7f 61 a 61 b ff 61 c ff ff"));

        assertThat(wire.received(DescribeAlarmsRequest.class).alarmNames()).containsExactly("ab", "c");
    }

    @Test
    void whatWasNotSentIsNotEmpty() {
        wire.cbor("DescribeAlarms", cbor("a2 6a AlarmNames 80 6a AlarmTypes f6"));

        var request = wire.received(DescribeAlarmsRequest.class);
        assertThat(request.hasAlarmNames()).isTrue();
        assertThat(request.hasAlarmTypes()).isFalse();
    }

    @Test
    void anAnswerNamesTheProtocol() throws IOException {
        var response = wire.cbor("DescribeAlarms", new byte[0]);

        assertThat(response.headers())
                .containsEntry("smithy-protocol", "rpc-v2-cbor")
                .containsEntry("Content-Type", "application/cbor");
        assertThat(read(response).at("/MetricAlarms/0/Threshold").asDouble()).isEqualTo(0.5);
    }

    @Test
    void nothingToSayIsNoBody() {
        var response = wire.cbor("PutMetricData", new byte[0]);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers())
                .containsEntry("smithy-protocol", "rpc-v2-cbor")
                .doesNotContainKey("Content-Type");
    }

    @Test
    void anErrorHasItsFullName() throws IOException {
        var response = wire.cbor("DeleteAlarms", new byte[0]);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers())
                .containsEntry("smithy-protocol", "rpc-v2-cbor")
                .containsEntry("Content-Type", "application/cbor")
                .doesNotContainKeys("x-amzn-query-error", "x-amzn-errortype");
        assertThat(read(response).path("__type").asText())
                .isEqualTo("com.amazonaws.cloudwatch#ResourceNotFoundException");
        assertThat(read(response).path("message").asText()).isEqualTo("No such alarm");
    }

    @Test
    void anErrorTellsItsQueryCodeToWhoAsks() {
        var path = "/service/" + Wire.CLOUDWATCH + "/operation/DeleteAlarms";
        var headers = Map.of("smithy-protocol", "rpc-v2-cbor", "x-amzn-query-mode", "true");

        var response = wire.send(Wire.post(path, headers, new byte[0]));

        assertThat(response.headers()).containsEntry("x-amzn-query-error", "ResourceNotFound;Sender");
    }

    @Test
    void anUnknownOperationIsNamed() throws IOException {
        var response = wire.cbor("PutDashboard", new byte[0]);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.headers()).containsEntry("smithy-protocol", "rpc-v2-cbor");
        assertThat(read(response).path("__type").asText()).endsWith("UnknownOperationException");
        assertThat(read(response).path("message").asText())
                .isEqualTo("The operation monitoring.PutDashboard is not available in Hakoniwa.");
    }

    @Test
    void aServiceWithoutCborIsUnknownThere() throws IOException {
        var path = "/service/AmazonEC2ContainerServiceV20141113/operation/CreateCluster";

        var response = wire.send(Wire.post(path, Map.of("smithy-protocol", "rpc-v2-cbor"), new byte[0]));

        assertThat(response.status()).isEqualTo(400);
        assertThat(read(response).path("__type").asText()).isEqualTo("UnknownOperationException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1",
                "ff",
                "80",
                "01",
                "a1 6a AlarmNames 9f",
                "a1 6a AlarmNames 61 a",
                "a1 6a AlarmNames a0",
                "a1 6a AlarmNames 81 01",
                "a1 6a AlarmNames 81 41ff",
                "a1 6a MaxRecords 61 1",
                "a1 6a MaxRecords 1b7fffffffffffffff",
                "a1 6a MaxRecords f93e00",
                "a0 a0",
                "a1 6a AlarmNames 9b7fffffffffffffff",
                "7b 7fffffffffffffff"
            })
    void whatCannotBeReadIsRefused(String body) throws IOException {
        var response = wire.cbor("DescribeAlarms", cbor(body));

        assertThat(response.status()).isEqualTo(400);
        assertThat(read(response).path("__type").asText()).isEqualTo("com.amazonaws.cloudwatch#SerializationException");
        assertThat(wire.wasCalled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c1 f97e00",
                "c1 f97c00",
                "c1 1b7fffffffffffffff",
                "f5",
                "c4 82 1a7fffffff 01",
                "c1 c4 82 3a7fffffff 01"
            })
    void whatIsNoTimestampIsRefusedOrTheEpoch(String moment) {
        var response = wire.cbor("GetMetricData", cbor("a1 69 StartTime " + moment));

        assertThat(response.status()).isIn(200, 400);
    }

    @Test
    void whatNestsTooDeepIsRefused() {
        var response = wire.cbor("DescribeAlarms", cbor("a1 61 a " + "81 ".repeat(100_000) + "01"));

        assertThat(response.status()).isEqualTo(400);
    }

    private double value() {
        return wire.received(PutMetricDataRequest.class).metricData().getFirst().value();
    }

    private static JsonNode read(WireResponse response) throws IOException {
        return new CBORMapper().readTree(response.body());
    }

    /// Bytes as hexadecimal digits, and words as they are.
    private static byte[] cbor(String text) {
        var bytes = new ByteArrayOutputStream();
        for (var part : text.split(" ", -1)) {
            var hex = part.matches("([0-9a-f]{2})+");
            bytes.writeBytes(hex ? HEX.parseHex(part) : part.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }
}
