package dev.hakoniwa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;

final class RoutingTest {
    private final Wire wire = new Wire();

    @Test
    void aTargetLeadsToItsJsonService() {
        var response = wire.json("CreateCluster", "{}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Content-Type", "application/x-amz-json-1.1");
        assertThat(wire.wasCalled()).isTrue();
    }

    @Test
    void aTargetIsCaseSensitive() {
        var response = wire.send(Wire.post(
                "/", Map.of("X-Amz-Target", "amazonec2containerservicev20141113.CreateCluster"), new byte[0]));

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response)).contains("UnknownOperationException");
    }

    @Test
    void anActionLeadsToTheServiceOfItsVersion() {
        wire.form("Action=DescribeSubnets&Version=2016-11-15");

        assertThat(wire.wasCalled()).isTrue();
    }

    @Test
    void anActionInTheQueryIsOneToo() {
        var query = "Action=DescribeTargetGroups&Version=2015-12-01&Names.member.1=a%20b";

        var response = wire.send(new WireRequest("GET", "/", query, Map.of(), new byte[0]));

        assertThat(response.status()).isEqualTo(200);
        assertThat(wire.wasCalled()).isTrue();
    }

    @Test
    void withoutVersionTheSignatureTellsTheService() {
        wire.send(Wire.post(
                "/",
                Map.of("Content-Type", Wire.FORM, "Authorization", signed("AKID", "eu-west-1", "elasticloadbalancing")),
                Wire.bytes("Action=DescribeTargetGroups")));

        assertThat(wire.wasCalled()).isTrue();
    }

    @Test
    void withoutVersionAndSignatureTheHostTellsTheService() {
        wire.send(Wire.post(
                "/",
                Map.of("Content-Type", Wire.FORM, "Host", "ec2.eu-west-3.localhost:4566"),
                Wire.bytes("Action=DescribeSubnets")));

        assertThat(wire.wasCalled()).isTrue();
        assertThat(wire.call().region().name()).isEqualTo("eu-west-3");
    }

    @Test
    void olderVersionsOfEc2AreEc2() {
        wire.send(Wire.post(
                "/",
                Map.of("Content-Type", Wire.FORM, "Authorization", signed("AKID", "eu-west-1", "ec2")),
                Wire.bytes("Action=DescribeSubnets&Version=2014-06-15")));

        assertThat(wire.received(DescribeSubnetsRequest.class)).isNotNull();
    }

    @Test
    void theClassicLoadBalancersAreNotTheNewOnes() {
        var response = wire.send(Wire.post(
                "/",
                Map.of("Content-Type", Wire.FORM, "Authorization", signed("AKID", "eu-west-1", "elasticloadbalancing")),
                Wire.bytes("Action=DescribeTargetGroups&Version=2012-06-01")));

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response))
                .contains("<Code>InvalidAction</Code>")
                .contains("elasticloadbalancing-2012-06-01.DescribeTargetGroups is not available");
    }

    @Test
    void aServiceMaySpeakSeveralProtocolsWithOneTable() {
        wire.cbor("DescribeAlarms", new byte[0]);
        assertThat(wire.received(DescribeAlarmsRequest.class)).isNotNull();

        wire.form("Action=DescribeAlarms&Version=2010-08-01");
        assertThat(wire.received(DescribeAlarmsRequest.class)).isNotNull();

        var json = wire.send(Wire.post("/", Map.of("X-Amz-Target", Wire.CLOUDWATCH + ".DescribeAlarms"), new byte[0]));
        assertThat(wire.received(DescribeAlarmsRequest.class)).isNotNull();
        assertThat(json.headers()).containsEntry("Content-Type", "application/x-amz-json-1.0");
    }

    @Test
    void theCborPathMayHaveAPrefixAndANamespace() {
        var path = "/prefix/service/com.amazonaws.cloudwatch." + Wire.CLOUDWATCH + "/operation/DescribeAlarms";

        wire.send(Wire.post(path, Map.of("smithy-protocol", "rpc-v2-cbor"), new byte[0]));

        assertThat(wire.wasCalled()).isTrue();
    }

    @Test
    void cborAndATargetExcludeEachOther() {
        var path = "/service/" + Wire.CLOUDWATCH + "/operation/DescribeAlarms";
        var target = Map.of("X-Amz-Target", Wire.CLOUDWATCH + ".DescribeAlarms", "smithy-protocol", "rpc-v2-cbor");

        var response = wire.send(Wire.post(path, target, new byte[0]));

        assertThat(response.status()).isEqualTo(400);
        assertThat(wire.wasCalled()).isFalse();
    }

    @Test
    void whatIsNoAwsRequestIsNotFound() {
        var json = wire.send(new WireRequest("GET", "/", "", Map.of(), new byte[0]));
        var xml = wire.send(new WireRequest("GET", "/", "", Map.of("Accept", "text/xml"), new byte[0]));

        assertThat(json.status()).isEqualTo(404);
        assertThat(Wire.text(json)).startsWith("{\"__type\":\"UnknownOperationException\"");
        assertThat(xml.status()).isEqualTo(404);
        assertThat(Wire.text(xml)).startsWith("<ErrorResponse>");
    }

    @Test
    void everyAnswerTellsItsRequestAndTheTime() {
        var response = wire.json("CreateCluster", "{}");

        assertThat(response.headers())
                .containsEntry("x-amzn-RequestId", wire.call().requestId())
                .containsEntry("Date", "Fri, 02 Jan 2026 03:04:05 GMT");
    }

    @Test
    void theTimeThatAnswersTellMovesOn() {
        var scope = new Scope(new AccountId("000000000000"), new Region("us-east-1"));
        var time = Time.stopped(Instant.parse("2026-01-02T03:04:05.9Z"));
        var router = new Router(Map.of(), new Tables(), Callers.of(scope), Ids.random(), time);
        var request = Wire.post("/", Map.of(), new byte[0]);

        var before = router.answer(request);
        time.advance(Duration.ofMillis(100));
        var after = router.answer(request);

        assertThat(before.headers()).containsEntry("Date", "Fri, 02 Jan 2026 03:04:05 GMT");
        assertThat(after.headers()).containsEntry("Date", "Fri, 02 Jan 2026 03:04:06 GMT");
    }

    @Test
    void aTableIsBuiltOnceWhenItsServiceIsFirstCalled() {
        var built = new AtomicInteger();
        var ecs = Service.json("ecs", "Ecs", "");
        var services = new HashMap<Service, Supplier<Operations>>();
        services.put(ecs, () -> {
            built.incrementAndGet();
            return Operations.of(ecs);
        });
        var scope = new Scope(new AccountId("000000000000"), new Region("us-east-1"));
        var router = new Router(services, new Tables(), Callers.of(scope), Ids.random(), InstantSource.system());

        assertThat(built).hasValue(0);
        router.answer(Wire.post("/", Map.of("X-Amz-Target", "Ecs.A"), new byte[0]));
        router.answer(Wire.post("/", Map.of("X-Amz-Target", "Ecs.B"), new byte[0]));
        assertThat(built).hasValue(1);
    }

    @Test
    void anErrorLeavesNoTrace() {
        var tables = new Tables();
        var table = tables.<String>table("names");
        var scope = new Scope(new AccountId("000000000000"), new Region("us-east-1"));
        var ecs = Service.json("ecs", "Ecs", "");
        var operations = Operations.of(ecs).on("CreateCluster", CreateClusterRequest::builder, (call, request) -> {
            table.put(call.scope(), "a", "b");
            throw AwsError.client("ClientException", "no");
        });
        var router = new Router(
                Map.of(ecs, () -> operations), tables, Callers.of(scope), Ids.random(), InstantSource.system());

        var response = router.answer(Wire.post("/", Map.of("X-Amz-Target", "Ecs.CreateCluster"), new byte[0]));

        assertThat(response.status()).isEqualTo(400);
        assertThat(tables.write(() -> table.size(scope))).isZero();
    }

    @Test
    void everyOperationIsListed() {
        var coverage = wire.router().coverage();

        assertThat(coverage.keySet()).containsExactly("ec2", "ecs", "elasticloadbalancing", "monitoring");
        assertThat(coverage.get("ec2")).isEqualTo(List.of("DeleteSubnet", "DescribeSubnets", "DescribeVpcs"));
    }

    static String signed(String key, String region, String service) {
        return "AWS4-HMAC-SHA256 Credential=%s/20260102/%s/%s/aws4_request, SignedHeaders=host, Signature=abc"
                .formatted(key, region, service);
    }
}
