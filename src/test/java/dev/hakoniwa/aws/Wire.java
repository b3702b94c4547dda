package dev.hakoniwa.aws;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// A router with a few operations of each protocol, and raw requests to it. The operations keep the call and request
/// they got; some fail.
final class Wire {
    static final String JSON = "application/x-amz-json-1.1";
    static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    static final String ECS = "AmazonEC2ContainerServiceV20141113.";
    static final String ELB = "2015-12-01";
    static final String EC2 = "2016-11-15";
    static final String CLOUDWATCH = "GraniteServiceVersion20100801";

    private final Router router = new Router(
            Map.<Service, Supplier<Operations>>of(
                    Service.json("ecs", "AmazonEC2ContainerServiceV20141113", "2014-11-13"),
                    this::ecs,
                    Service.query(
                            "elasticloadbalancing", ELB, "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"),
                    this::elb,
                    Service.ec2Query("ec2", EC2, "http://ec2.amazonaws.com/doc/2016-11-15/"),
                    this::ec2,
                    Service.queryCompatible(
                            "monitoring",
                            CLOUDWATCH,
                            "2010-08-01",
                            "http://monitoring.amazonaws.com/doc/2010-08-01/",
                            "com.amazonaws.cloudwatch"),
                    this::cloudWatch),
            new Tables(),
            Callers.of(new Scope(new AccountId("000000000000"), new Region("us-east-1"))),
            Ids.random(),
            InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")));

    private @Nullable Call call;
    private @Nullable Object request;

    Router router() {
        return router;
    }

    WireResponse send(WireRequest raw) {
        call = null;
        request = null;
        return router.answer(raw);
    }

    WireResponse json(String operation, String body) {
        return send(post("/", Map.of("X-Amz-Target", ECS + operation, "Content-Type", JSON), bytes(body)));
    }

    WireResponse form(String fields) {
        return send(post("/", Map.of("Content-Type", FORM), bytes(fields)));
    }

    WireResponse elb(String fields) {
        return form(fields + "&Version=" + ELB);
    }

    WireResponse ec2(String fields) {
        return form(fields + "&Version=" + EC2);
    }

    WireResponse cbor(String operation, byte[] body) {
        var path = "/service/" + CLOUDWATCH + "/operation/" + operation;
        return send(post(path, Map.of("smithy-protocol", "rpc-v2-cbor", "Content-Type", "application/cbor"), body));
    }

    /// What the operation that was called got.
    <T> T received(Class<T> type) {
        return Objects.requireNonNull(type.cast(request));
    }

    boolean wasCalled() {
        return call != null;
    }

    Call call() {
        return Objects.requireNonNull(call);
    }

    static WireRequest post(String path, Map<String, String> headers, byte[] body) {
        return new WireRequest("POST", path, "", headers, body);
    }

    static WireRequest with(WireRequest request, String header, String value) {
        var headers = new HashMap<>(request.headers());
        headers.put(header, value);
        return new WireRequest(request.method(), request.path(), request.query(), headers, request.body());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(WireResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private <I, O extends SdkPojo> BiFunction<Call, I, O> kept(O response) {
        return (by, what) -> {
            call = by;
            request = what;
            return response;
        };
    }

    private <I, O extends SdkPojo> BiFunction<Call, I, O> failing(Supplier<RuntimeException> failure) {
        return (by, what) -> {
            throw failure.get();
        };
    }

    private Operations ecs() {
        var cluster = Cluster.builder().clusterName("a").tags(List.of()).build();
        return Operations.of(Service.json("ecs", "AmazonEC2ContainerServiceV20141113", "2014-11-13"))
                .on(
                        "CreateCluster",
                        CreateClusterRequest::builder,
                        kept(CreateClusterResponse.builder().cluster(cluster).build()))
                .on(
                        "CreateService",
                        CreateServiceRequest::builder,
                        kept(CreateServiceResponse.builder().build()))
                .on(
                        "RegisterTaskDefinition",
                        RegisterTaskDefinitionRequest::builder,
                        kept(RegisterTaskDefinitionResponse.builder().build()))
                .on(
                        "DeleteCluster",
                        DeleteClusterRequest::builder,
                        failing(() -> AwsError.client("ClusterNotFoundException", "Cluster not found.")
                                .with("resourceIds", List.of("a"))))
                .on("ListClusters", ListClustersRequest::builder, failing(() -> new IllegalStateException("a secret")));
    }

    private Operations elb() {
        var group = TargetGroup.builder()
                .targetGroupName("<a> & \"b\"\r")
                .loadBalancerArns(List.of())
                .port(80)
                .build();
        return Operations.of(Service.query("elasticloadbalancing", ELB, ""))
                .on(
                        "DescribeTargetGroups",
                        DescribeTargetGroupsRequest::builder,
                        kept(DescribeTargetGroupsResponse.builder()
                                .targetGroups(group)
                                .build()))
                .on(
                        "DeleteRule",
                        DeleteRuleRequest::builder,
                        kept(DeleteRuleResponse.builder().build()))
                .on(
                        "CreateTargetGroup",
                        CreateTargetGroupRequest::builder,
                        failing(() -> AwsError.client(
                                "DuplicateTargetGroupName", "A target group with the same name '<a>' exists")))
                .on("DescribeTags", DescribeTagsRequest::builder, failing(() -> new IllegalStateException("a secret")));
    }

    private Operations ec2() {
        return Operations.of(Service.ec2Query("ec2", EC2, ""))
                .on(
                        "DescribeSubnets",
                        DescribeSubnetsRequest::builder,
                        kept(DescribeSubnetsResponse.builder()
                                .subnets(Subnet.builder()
                                        .subnetId("subnet-1")
                                        .tags(List.of())
                                        .build())
                                .build()))
                .on(
                        "DeleteSubnet",
                        DeleteSubnetRequest::builder,
                        kept(DeleteSubnetResponse.builder().build()))
                .on(
                        "DescribeVpcs",
                        DescribeVpcsRequest::builder,
                        failing(() -> AwsError.client("InvalidVpcID.NotFound", "The vpc ID 'vpc-1' does not exist")));
    }

    private Operations cloudWatch() {
        return Operations.of(Service.query("monitoring", "2010-08-01", ""))
                .on(
                        "PutMetricData",
                        PutMetricDataRequest::builder,
                        kept(PutMetricDataResponse.builder().build()))
                .on(
                        "GetMetricData",
                        GetMetricDataRequest::builder,
                        kept(GetMetricDataResponse.builder().build()))
                .on(
                        "DescribeAlarms",
                        DescribeAlarmsRequest::builder,
                        kept(DescribeAlarmsResponse.builder()
                                .metricAlarms(MetricAlarm.builder()
                                        .alarmName("x")
                                        .threshold(0.5)
                                        .build())
                                .build()))
                .on(
                        "DeleteAlarms",
                        DeleteAlarmsRequest::builder,
                        failing(() -> AwsError.of("ResourceNotFoundException", 404, "No such alarm")
                                .inQuery("ResourceNotFound")));
    }
}
