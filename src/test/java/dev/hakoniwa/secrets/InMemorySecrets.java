package dev.hakoniwa.secrets;

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
import dev.hakoniwa.testing.TestTime;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/// Secrets Manager and the Parameter Store with the SDK's clients in front of them.
final class InMemorySecrets {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    static final Scope ELSEWHERE = new Scope(new AccountId("111111111111"), new Region("eu-west-1"));

    private final Time inside = Time.stopped(START);
    private final Foundation foundation =
            new Foundation(new Tables(), inside, inside, (_, action) -> action.run(), Ids.random(), new Events());
    private final SecretStores stores = new SecretStores(foundation);
    private final InMemoryAws aws = InMemoryAws.of(
            foundation.tables(), inside, stores.secretsManagerOperations(), stores.parameterStoreOperations());
    final TestTime time = new TestTime(inside);
    final SecretsManagerClient secrets = aws.client(SecretsManagerClient.builder());
    final SsmClient ssm = aws.client(SsmClient.builder());

    /// A text with the account that is really called in the place of each that it names.
    String in(String text) {
        return aws.accounts().in(text);
    }

    SecretsManagerClient secretsElsewhere() {
        return aws.client(SecretsManagerClient.builder(), ELSEWHERE);
    }

    SsmClient ssmElsewhere() {
        return aws.client(SsmClient.builder(), ELSEWHERE);
    }

    static void assertFails(ThrowingCallable call, String code, String message) {
        var failure = catchThrowableOfType(AwsServiceException.class, call);
        assertThat(failure).as("the call fails").isNotNull();
        assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(failure.statusCode()).isEqualTo(400);
        assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo(message);
    }
}
