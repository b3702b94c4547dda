package dev.hakoniwa.testing;

import dev.hakoniwa.aws.Callers;
import dev.hakoniwa.aws.Credentials;
import dev.hakoniwa.aws.InMemoryHttpClient;
import dev.hakoniwa.aws.Operations;
import dev.hakoniwa.aws.Router;
import dev.hakoniwa.aws.WireRequest;
import dev.hakoniwa.aws.WireResponse;
import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

/// SDK clients of some services' tables of operations, with the true wire between them and no network; or of what is
/// shipped, where tests are played with that.
public final class InMemoryAws {
    /// Where and as whom clients call unless told otherwise.
    public static final Scope SCOPE = new Scope(new AccountId("000000000000"), new Region("us-east-1"));

    private final Router router;
    private final Accounts accounts = new Accounts();

    public InMemoryAws(Tables tables, InstantSource clock, Credentials credentials, Operations... services) {
        var byService = Arrays.stream(services)
                .collect(Collectors.toMap(
                        Operations::service,
                        Function.<Operations>identity().andThen(o -> (Supplier<Operations>) () -> o)));
        router = new Router(byService, tables, new Callers(SCOPE, credentials), Ids.random(), clock);
    }

    /// Services whose callers are the root users of the accounts that their access keys spell.
    public static InMemoryAws of(Tables tables, InstantSource clock, Operations... services) {
        return new InMemoryAws(tables, clock, Credentials.rootOfAccounts(SCOPE.account()), services);
    }

    /// The accounts that clients call as.
    public Accounts accounts() {
        return accounts;
    }

    /// Sends a request as it is.
    public WireResponse answer(WireRequest request) {
        return Shipped.isPlayed() ? Shipped.answer(request) : router.answer(request);
    }

    /// A client of [#SCOPE].
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, SCOPE);
    }

    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, Scope scope) {
        return client(
                builder,
                scope.region(),
                AwsBasicCredentials.create(accounts.of(scope.account().value()), "secret"));
    }

    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, Region region, AwsCredentials credentials) {
        return builder.httpClient(Shipped.isPlayed() ? Shipped.client() : new InMemoryHttpClient(router::answer))
                .endpointOverride(Shipped.isPlayed() ? Shipped.endpoint() : URI.create("http://localhost"))
                .region(software.amazon.awssdk.regions.Region.of(region.name()))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }
}
