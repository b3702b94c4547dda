package dev.hakoniwa.ecs;

import dev.hakoniwa.aws.Callers;
import dev.hakoniwa.aws.InMemoryHttpClient;
import dev.hakoniwa.aws.Router;
import dev.hakoniwa.aws.WireRequest;
import dev.hakoniwa.aws.WireResponse;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.ecs.cluster.CapacityProviders;
import dev.hakoniwa.ecs.cluster.ClusterApi;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitionApi;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitions;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ecs.EcsClient;

/// What ECS keeps without tasks and services, behind the real client and the true wire.
public final class TestEcs {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final Scope SCOPE = new Scope(new AccountId("123456789012"), new Region("us-east-1"));

    private final Tables tables = new Tables();
    private final Time time = Time.stopped(START);
    private final AccountSettings settings = new AccountSettings(tables);
    private final Clusters clusters = new Clusters(tables, time, time);
    private final TaskDefinitions definitions = new TaskDefinitions(tables, time);
    private final Router router = new Router(
            Map.of(
                    EcsApi.SERVICE,
                    () -> new EcsApi()
                            .clusters(new ClusterApi(clusters, settings))
                            .capacityProviders(new CapacityProviders(clusters))
                            .taskDefinitions(new TaskDefinitionApi(definitions, time))
                            .accountSettings(settings)
                            .tags(new ResourceTags(List.of(clusters, definitions)))
                            .operations()),
            tables,
            Callers.of(SCOPE),
            Ids.random(),
            time);

    public EcsClient client() {
        return client("123456789012", "us-east-1");
    }

    public EcsClient client(String account, String region) {
        return EcsClient.builder()
                .httpClient(new InMemoryHttpClient(router::answer))
                .endpointOverride(URI.create("http://localhost"))
                .region(software.amazon.awssdk.regions.Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "secret")))
                .build();
    }

    /// Sends a body as it is.
    public WireResponse send(String operation, byte[] body) {
        var headers = Map.of(
                "X-Amz-Target",
                EcsApi.SERVICE.target() + "." + operation,
                "Content-Type",
                "application/x-amz-json-1.1");
        return router.answer(new WireRequest("POST", "/", "", headers, body));
    }

    public Clusters clusters() {
        return clusters;
    }

    public TaskDefinitions definitions() {
        return definitions;
    }

    public Tables tables() {
        return tables;
    }

    public Time time() {
        return time;
    }
}
