package dev.hakoniwa.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/// Every operation of the README's table is there, in what is shipped, and takes a request that says nothing for what
/// it is. S3's clients refuse such requests themselves: there an object is kept and given back.
final class EveryOperationTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z0-9]+) \\| \\d+ \\| (.*) \\|$");

    private static RunningEmulator emulator;
    private static Map<String, SdkClient> clients;

    @BeforeAll
    static void start() {
        emulator = RunningEmulator.start("--engine", "simulated");
        clients = Map.of(
                "ec2", emulator.client(Ec2Client.builder()),
                "ecr", emulator.client(EcrClient.builder()),
                "ecs", emulator.client(EcsClient.builder()),
                "elasticloadbalancing", emulator.client(ElasticLoadBalancingV2Client.builder()),
                "iam", emulator.client(IamClient.builder()),
                "logs", emulator.client(CloudWatchLogsClient.builder()),
                "secretsmanager", emulator.client(SecretsManagerClient.builder()),
                "ssm", emulator.client(SsmClient.builder()),
                "sts", emulator.client(StsClient.builder()));
    }

    @AfterAll
    static void end() {
        clients.values().forEach(SdkClient::close);
        emulator.close();
    }

    @TestFactory
    Stream<DynamicTest> everyOperationAnswersARequestThatSaysNothing() throws IOException {
        var rows = ROW.matcher(Files.readString(Path.of("README.md"))).results().toList();

        assertThat(rows).extracting(row -> row.group(1)).containsAll(clients.keySet());
        return rows.stream().filter(row -> !row.group(1).equals("s3")).flatMap(EveryOperationTest::operations);
    }

    @Test
    void anObjectIsKeptAndGivenBack() {
        try (var s3 = emulator.client(S3Client.builder().forcePathStyle(true))) {
            s3.createBucket(b -> b.bucket("story"));
            s3.putObject(o -> o.bucket("story").key("a/b"), RequestBody.fromString("hello"));

            assertThat(s3.getObjectAsBytes(o -> o.bucket("story").key("a/b")).asUtf8String())
                    .isEqualTo("hello");
            assertThat(s3.listObjectsV2(l -> l.bucket("story")).contents())
                    .extracting(S3Object::key)
                    .containsExactly("a/b");
            s3.deleteObject(o -> o.bucket("story").key("a/b"));
            assertThatThrownBy(() -> s3.headObject(o -> o.bucket("story").key("a/b")))
                    .isInstanceOf(NoSuchKeyException.class);
            s3.deleteBucket(b -> b.bucket("story"));
        }
    }

    private static Stream<DynamicTest> operations(MatchResult row) {
        var client = clients.get(row.group(1));
        return Arrays.stream(row.group(2).split(", "))
                .map(name -> DynamicTest.dynamicTest(row.group(1) + " " + name, () -> answers(client, name)));
    }

    private static void answers(SdkClient client, String operation) throws IllegalAccessException {
        Consumer<Object> nothing = _ -> {};
        try {
            method(client, operation).invoke(client, nothing);
        } catch (InvocationTargetException thrown) {
            if (!(thrown.getCause() instanceof SdkServiceException refusal)) {
                fail(operation, thrown.getCause());
                return;
            }
            assertThat(refusal.statusCode()).as(refusal.getMessage()).isBetween(400, 499);
            assertThat(((AwsServiceException) refusal).awsErrorDetails().errorCode())
                    .isNotIn(Set.of("UnknownOperationException", "InvalidAction"));
        }
    }

    private static Method method(SdkClient client, String operation) {
        return Arrays.stream(client.getClass().getInterfaces())
                .flatMap(api -> Arrays.stream(api.getMethods()))
                .filter(method -> method.getName().equalsIgnoreCase(operation))
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {Consumer.class}))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the SDK has no " + operation));
    }
}
