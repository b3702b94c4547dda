package dev.hakoniwa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterResponse;

final class JsonTest {
    private static final Service ECS = Service.json("ecs", "AmazonEC2ContainerServiceV20141113", "2014-11-13");

    private final Router router = new Router(
            Map.of(
                    ECS,
                    () -> Operations.of(ECS)
                            .on("CreateCluster", CreateClusterRequest::builder, this::create)
                            .on("DeleteCluster", DeleteClusterRequest::builder, this::delete)),
            new Tables(),
            Callers.of(new Scope(new AccountId("000000000000"), new Region("us-east-1"))),
            Ids.random(),
            InstantSource.fixed(Instant.EPOCH));

    private final EcsClient ecs = EcsClient.builder()
            .httpClient(new InMemoryHttpClient(router::answer))
            .endpointOverride(URI.create("http://localhost"))
            .region(software.amazon.awssdk.regions.Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("123456789012", "x")))
            .build();

    @Test
    void anOperationIsAnswered() {
        var cluster = ecs.createCluster(c -> c.clusterName("a")).cluster();

        assertThat(cluster.clusterName()).isEqualTo("a");
        assertThat(cluster.clusterArn()).isEqualTo("arn:aws:ecs:eu-west-1:123456789012:cluster/a");
    }

    @Test
    void anErrorIsTyped() {
        assertThatThrownBy(() -> ecs.deleteCluster(c -> c.cluster("a")))
                .isInstanceOf(ClusterNotFoundException.class)
                .hasMessageStartingWith("Cluster not found.");
    }

    private CreateClusterResponse create(Call call, CreateClusterRequest request) {
        var cluster = Cluster.builder()
                .clusterName(request.clusterName())
                .clusterArn(call.arn("ecs", "cluster/" + request.clusterName()).toString());
        return CreateClusterResponse.builder().cluster(cluster.build()).build();
    }

    private DeleteClusterResponse delete(Call call, DeleteClusterRequest request) {
        throw AwsError.client("ClusterNotFoundException", "Cluster not found.");
    }
}
