package dev.hakoniwa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateTargetGroupNameException;

/// What the SDK's clients make of our answers.
final class RealClientsTest {
    private final Wire wire = new Wire();
    private final AtomicReference<WireRequest> sent = new AtomicReference<>();

    @Test
    void ecsErrorsAreTyped() {
        var ecs = client(EcsClient.builder());

        assertThatThrownBy(() -> ecs.deleteCluster(c -> c.cluster("a")))
                .isInstanceOf(ClusterNotFoundException.class)
                .hasMessageStartingWith("Cluster not found.")
                .asInstanceOf(InstanceOfAssertFactories.type(AwsServiceException.class))
                .satisfies(error -> assertThat(error.requestId()).hasSize(36))
                .satisfies(error -> assertThat(error.statusCode()).isEqualTo(400));
    }

    @Test
    void whatIsNotAvailableSaysSo() {
        var ecs = client(EcsClient.builder());

        assertThatThrownBy(ecs::listServices)
                .isInstanceOf(EcsException.class)
                .hasMessageStartingWith("The operation ecs.ListServices is not available in Hakoniwa.");
    }

    @Test
    void elbErrorsAreTyped() {
        var elb = client(ElasticLoadBalancingV2Client.builder());

        assertThatThrownBy(() -> elb.createTargetGroup(g -> g.name("a")))
                .isInstanceOf(DuplicateTargetGroupNameException.class)
                .hasMessageStartingWith("A target group with the same name '<a>' exists");
    }

    @Test
    void ec2ErrorsHaveTheirCode() {
        var ec2 = client(Ec2Client.builder());

        assertThatThrownBy(ec2::describeVpcs)
                .asInstanceOf(InstanceOfAssertFactories.type(AwsServiceException.class))
                .satisfies(
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidVpcID.NotFound"))
                .satisfies(error -> assertThat(error.requestId()).hasSize(36));
    }

    @Test
    void cloudWatchErrorsHaveTheCodeOfOld() {
        var cloudWatch = client(CloudWatchClient.builder());

        assertThatThrownBy(() -> cloudWatch.deleteAlarms(a -> a.alarmNames("a")))
                .isInstanceOf(CloudWatchException.class)
                .hasMessageStartingWith("No such alarm");
    }

    @Test
    void manyMetricsComeCompressed() {
        var datum = MetricDatum.builder().metricName("m").value(1.0).build();
        var cloudWatch = client(CloudWatchClient.builder());

        cloudWatch.putMetricData(m -> m.namespace("n").metricData(Collections.nCopies(1_000, datum)));

        assertThat(sent.get().header("content-encoding")).hasValue("gzip");
        assertThat(wire.received(PutMetricDataRequest.class).metricData()).hasSize(1_000);
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.httpClient(new InMemoryHttpClient(this::answer))
                .endpointOverride(URI.create("http://localhost:4566"))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("123456789012", "x")))
                .build();
    }

    private WireResponse answer(WireRequest request) {
        sent.set(request);
        return wire.send(request);
    }
}
