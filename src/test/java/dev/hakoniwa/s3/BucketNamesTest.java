package dev.hakoniwa.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hakoniwa.aws.AwsError;
import dev.hakoniwa.aws.Call;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.testing.InJvm;
import dev.hakoniwa.testing.InMemoryAws;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names that the SDK's own client would not send.
@InJvm("requests that no client sends")
final class BucketNamesTest {
    private final Tables tables = new Tables();
    private final BucketOperations operations =
            new BucketOperations(new Buckets(tables), Time.stopped(InMemoryS3.START));

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Files", "a_b", "a..b", "-files", "192.168.0.1"})
    void aNameHasItsRules(String name) {
        var failure = catchThrowableOfType(AwsError.class, () -> tables.write(() -> create(name)));

        assertThat(failure.code()).isEqualTo("InvalidBucketName");
        assertThat(failure.message()).isEqualTo("The specified bucket is not valid.");
    }

    private void create(String name) {
        var call = new Call(InMemoryAws.SCOPE, "test", "arn:aws:iam::000000000000:root", "request", "");
        operations.create(call, new Sent("PUT", name, "", Map.of(), Map.of(), new byte[0]));
    }
}
