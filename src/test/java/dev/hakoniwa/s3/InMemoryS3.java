package dev.hakoniwa.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Events;
import dev.hakoniwa.core.Foundation;
import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.testing.InMemoryAws;
import dev.hakoniwa.testing.Shipped;
import dev.hakoniwa.testing.TestTime;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// S3 with the SDK's clients in front of it.
final class InMemoryS3 {
    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    static final Scope IRELAND = new Scope(new AccountId("000000000000"), new Region("eu-west-1"));
    static final Scope OTHER_ACCOUNT = new Scope(new AccountId("111111111111"), new Region("us-east-1"));

    private final Time inside = Time.stopped(START);
    private final Foundation foundation =
            new Foundation(new Tables(), inside, inside, (_, action) -> action.run(), Ids.random(), new Events());
    private final S3 s3 = new S3(foundation);
    private final InMemoryAws aws = InMemoryAws.of(foundation.tables(), inside, s3.operations());

    final TestTime time = new TestTime(inside);

    /// Names the bucket in the path.
    final S3Client client = aws.client(S3Client.builder().forcePathStyle(true));

    /// Names the bucket in the host.
    final S3Client virtualHosts = aws.client(S3Client.builder());

    S3 s3() {
        return Shipped.notWith(s3);
    }

    S3Client in(Scope scope) {
        return aws.client(S3Client.builder().forcePathStyle(true), scope);
    }

    void put(String bucket, String key, String content) {
        client.putObject(p -> p.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    ResponseBytes<GetObjectResponse> get(String bucket, String key) {
        return client.getObjectAsBytes(g -> g.bucket(bucket).key(key));
    }

    static void assertFails(ThrowingCallable call, int status, String code, String message) {
        var failure = catchThrowableOfType(S3Exception.class, call);
        assertThat(failure).as("the call fails").isNotNull();
        assertThat(failure.statusCode()).isEqualTo(status);
        assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo(message);
    }
}
