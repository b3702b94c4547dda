package dev.hakoniwa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

final class JsonTest {
    private final Wire wire = new Wire();

    @Test
    void whatWasNotSentIsNotEmpty() {
        wire.json("CreateCluster", """
                {"clusterName": "a", "tags": []}""");

        var request = wire.received(CreateClusterRequest.class);
        assertThat(request.hasTags()).isTrue();
        assertThat(request.tags()).isEmpty();
        assertThat(request.hasSettings()).isFalse();
    }

    @Test
    void nullIsNotSent() {
        wire.json("CreateCluster", """
                {"clusterName": null, "tags": null, "settings": [null], "configuration": null}""");

        var request = wire.received(CreateClusterRequest.class);
        assertThat(request.clusterName()).isNull();
        assertThat(request.hasTags()).isFalse();
        assertThat(request.settings()).isEmpty();
    }

    @Test
    void whatIsSetEmptyIsWrittenAndWhatIsNotSetIsNot() {
        var response = wire.json("CreateCluster", "{}");

        assertThat(Wire.text(response)).isEqualTo("""
                {"cluster":{"clusterName":"a","tags":[]}}""");
    }

    @Test
    void anEmptyBodyIsAnEmptyRequest() {
        var response = wire.json("CreateCluster", "");

        assertThat(response.status()).isEqualTo(200);
        assertThat(wire.received(CreateClusterRequest.class))
                .isEqualTo(CreateClusterRequest.builder().build());
    }

    @Test
    void ofDuplicateMembersTheLastHolds() {
        wire.json("CreateCluster", """
                {"clusterName": "a", "clusterName": "b"}""");

        assertThat(wire.received(CreateClusterRequest.class).clusterName()).isEqualTo("b");
    }

    @Test
    void unknownMembersAreLeftOut() {
        wire.json("CreateCluster", """
                {"colour": {"deep": [1, {"x": 2}]}, "clusterName": "a", "__type": "x"}""");

        assertThat(wire.received(CreateClusterRequest.class).clusterName()).isEqualTo("a");
    }

    @Test
    void memberNamesAreCaseSensitive() {
        wire.json("CreateCluster", """
                {"ClusterName": "a"}""");

        assertThat(wire.received(CreateClusterRequest.class).clusterName()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"serviceName": 5}                   | NUMBER_VALUE cannot be converted to String
                    {"serviceName": 5.5}                 | DECIMAL_VALUE cannot be converted to String
                    {"serviceName": true}                | TRUE_VALUE cannot be converted to String
                    {"serviceName": {}}                  | Start of structure or map found where not expected.
                    {"serviceName": ["a"]}               | Start of list found where not expected
                    {"desiredCount": "5"}                | STRING_VALUE can not be converted to an Integer
                    {"desiredCount": 2147483648}         | NUMBER_VALUE can not be converted to an Integer
                    {"desiredCount": 99999999999999999999999} | NUMBER_VALUE can not be converted to an Integer
                    {"desiredCount": 1.5}                | DECIMAL_VALUE can not be converted to an Integer
                    {"desiredCount": false}              | FALSE_VALUE can not be converted to an Integer
                    {"enableExecuteCommand": "true"}     | STRING_VALUE cannot be converted to Boolean
                    {"loadBalancers": "a"}               | Expected list or null
                    {"loadBalancers": {}}                | Start of structure or map found where not expected.
                    {"loadBalancers": ["a"]}             | Expected null
                    {"deploymentConfiguration": "a"}     | Expected null
                    {"deploymentConfiguration": []}      | Start of list found where not expected
                    {"serviceName"                       | Unexpected token received from parser
                    {"serviceName": "a                   | Unexpected token received from parser
                    {"serviceName": "a"                  | Unexpected token received from parser
                    {"serviceName": NaN}                 | Unexpected token received from parser
                    nonsense                             | Unexpected token received from parser
                    {} {}                                | Unexpected token after the end of the request
                    "text"                               | Unexpected token at the start of the request
                    []                                   | Start of list found where not expected
                    """)
    void aWrongTypeIsSaidInTheWordsOfAws(String body, String message) {
        var response = wire.json("CreateService", body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response))
                .isEqualTo("{\"__type\":\"SerializationException\",\"message\":\"" + message + "\"}");
        assertThat(wire.wasCalled()).isFalse();
    }

    @Test
    void maps() {
        wire.json("RegisterTaskDefinition", """
                {"containerDefinitions": [{"dockerLabels": {"a": "1", "b": null, "": "2"}}]}""");

        var container = wire.received(RegisterTaskDefinitionRequest.class)
                .containerDefinitions()
                .getFirst();
        assertThat(container.dockerLabels()).isEqualTo(Map.of("a", "1", "", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "\"infinite\"", "{}"})
    void aDoubleHasItsRange(String value) {
        var response = wire.json("CreateService", """
                {"deploymentConfiguration": {"canaryConfiguration": {"canaryPercent": %s}}}""".formatted(value));

        assertThat(response.status()).isEqualTo(400);
    }

    @Test
    void documentsAreKeptAsTheyAre() {
        wire.json("CreateService", """
                {"deploymentConfiguration": {"lifecycleHooks": [{"hookDetails": {"a": [1, 2.5, "x", null, true, {}]}}]}}""");

        var hook = wire.received(CreateServiceRequest.class)
                .deploymentConfiguration()
                .lifecycleHooks()
                .getFirst();
        assertThat(hook.hookDetails().toString()).contains("2.5").contains("x");
    }

    @Test
    void whatNestsTooDeepIsRefused() {
        var known = "{\"deploymentConfiguration\": ".repeat(100_000);
        var unknown = "{\"a\": " + "[".repeat(100_000);

        assertThat(wire.json("CreateService", known).status()).isEqualTo(400);
        assertThat(wire.json("CreateService", unknown).status()).isEqualTo(400);
        assertThat(wire.json("CreateService", "{}").status()).isEqualTo(200);
    }

    @Test
    void anErrorHasItsShortNameAndItsMembers() {
        var response = wire.json("DeleteCluster", "{}");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.headers()).containsEntry("Content-Type", "application/x-amz-json-1.1");
        assertThat(Wire.text(response)).isEqualTo("""
                {"__type":"ClusterNotFoundException","message":"Cluster not found.","resourceIds":["a"]}""");
    }

    @Test
    void anUnknownOperationIsNamed() {
        var response = wire.json("CreateDaemon", "{}");

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response)).isEqualTo("""
                {"__type":"UnknownOperationException",\
                "message":"The operation ecs.CreateDaemon is not available in Hakoniwa."}""");
    }

    @Test
    void anUnknownServiceIsNamed() {
        var response = wire.send(Wire.post("/", Map.of("X-Amz-Target", "TrentService.CreateKey"), Wire.bytes("{}")));

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response)).isEqualTo("""
                {"__type":"UnknownOperationException",\
                "message":"The operation TrentService.CreateKey is not available in Hakoniwa."}""");
    }

    @Test
    void aFaultOfOursIsAnsweredWithoutItsSecrets() {
        var response = wire.json("ListClusters", "{}");

        assertThat(response.status()).isEqualTo(500);
        assertThat(Wire.text(response))
                .startsWith("{\"__type\":\"ServerException\"")
                .doesNotContain("secret")
                .doesNotContain("IllegalState");
    }

    @Test
    void theAnswerIsOfTheVersionThatWasSpoken() {
        var headers = Map.of("X-Amz-Target", Wire.ECS + "CreateCluster", "Content-Type", "application/x-amz-json-1.0");

        var response = wire.send(Wire.post("/", headers, Wire.bytes("{}")));

        assertThat(response.headers()).containsEntry("Content-Type", "application/x-amz-json-1.0");
    }

    @Test
    void theFirstVersionSpellsErrorsInFullAndTellsTheirQueryCode() {
        var headers = Map.of("X-Amz-Target", Wire.CLOUDWATCH + ".DeleteAlarms", "x-amzn-query-mode", "true");

        var response = wire.send(Wire.post("/", headers, Wire.bytes("{}")));

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers()).containsEntry("x-amzn-query-error", "ResourceNotFound;Sender");
        assertThat(Wire.text(response)).contains("com.amazonaws.cloudwatch#ResourceNotFoundException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1767323045.25",
                "1.76732304525E9",
                "\"2026-01-02T03:04:05.250Z\"",
                "\"2026-01-02T05:04:05.25+02:00\"",
                "\"1767323045.25\""
            })
    void aTimestampMayBeSpelledInManyWays(String spelled) {
        wire.send(Wire.post(
                "/",
                Map.of("X-Amz-Target", Wire.CLOUDWATCH + ".GetMetricData"),
                Wire.bytes("{\"StartTime\": " + spelled + "}")));

        var request = wire.received(GetMetricDataRequest.class);
        assertThat(request.startTime()).isEqualTo(Instant.parse("2026-01-02T03:04:05.250Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e30",
                "1e999999999",
                "-1e300",
                "9223372036854775807",
                "\"tomorrow\"",
                "\"\"",
                "true",
                "[]",
                "\"2026-13-02T03:04:05Z\""
            })
    void whatIsNoTimestampIsRefused(String spelled) {
        var response = wire.send(Wire.post(
                "/",
                Map.of("X-Amz-Target", Wire.CLOUDWATCH + ".GetMetricData"),
                Wire.bytes("{\"StartTime\": " + spelled + "}")));

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response)).contains("SerializationException");
    }
}
