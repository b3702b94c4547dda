package dev.hakoniwa.ecs;

import dev.hakoniwa.aws.WireRequest;
import dev.hakoniwa.aws.WireResponse;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.ecs.cluster.CapacityProviders;
import dev.hakoniwa.ecs.cluster.ClusterApi;
import dev.hakoniwa.ecs.cluster.Clusters;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitionApi;
import dev.hakoniwa.ecs.taskdefinition.TaskDefinitions;
import dev.hakoniwa.testing.InMemoryAws;
import dev.hakoniwa.testing.Shipped;
import dev.hakoniwa.testing.TestTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.EcsClient;

/// What ECS keeps without tasks and services, behind the real client and the true wire.
public final class TestEcs {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final Scope SCOPE = new Scope(new AccountId("123456789012"), new Region("us-east-1"));

    private final Tables tables = new Tables();
    private final Time time = Time.stopped(START);
    private final AccountSettings settings = new AccountSettings(tables);
    private final Clusters clusters = new Clusters(tables, time, time);
    private final TaskDefinitions definitions = new TaskDefinitions(tables, time);
    private final InMemoryAws aws = InMemoryAws.of(
            tables,
            time,
            new EcsApi()
                    .clusters(new ClusterApi(clusters, settings))
                    .capacityProviders(new CapacityProviders(clusters))
                    .taskDefinitions(new TaskDefinitionApi(definitions, time))
                    .accountSettings(settings)
                    .tags(new ResourceTags(List.of(clusters, definitions)))
                    .operations());
    private final TestTime testTime = new TestTime(time);

    public EcsClient client() {
        return aws.client(EcsClient.builder(), SCOPE);
    }

    public EcsClient client(String account, String region) {
        return aws.client(EcsClient.builder(), new Scope(new AccountId(account), new Region(region)));
    }

    /// A text with the account that is really called in the place of each that it names.
    public String in(String text) {
        return aws.accounts().in(text);
    }

    /// How many container instances each cluster has by itself: what is shipped runs EC2, too.
    public int instances() {
        return Shipped.isPlayed() ? 1 : 0;
    }

    /// Sends a body as it is, in the name of the client's account.
    public WireResponse send(String operation, byte[] body) {
        var headers = Map.of(
                "X-Amz-Target",
                EcsApi.SERVICE.target() + "." + operation,
                "Content-Type",
                "application/x-amz-json-1.1",
                "Authorization",
                in("AWS4-HMAC-SHA256 Credential=%s/20260101/us-east-1/ecs/aws4_request".formatted(SCOPE.account())));
        return aws.answer(new WireRequest("POST", "/", "", headers, body));
    }

    public Clusters clusters() {
        return Shipped.notWith(clusters);
    }

    public TaskDefinitions definitions() {
        return Shipped.notWith(definitions);
    }

    public Tables tables() {
        return Shipped.notWith(tables);
    }

    public TestTime time() {
        return testTime;
    }
}
