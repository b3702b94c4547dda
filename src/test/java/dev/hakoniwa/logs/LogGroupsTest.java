package dev.hakoniwa.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.core.AccountId;
import dev.hakoniwa.core.Region;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.testing.WireTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroupClass;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

@WireTest
final class LogGroupsTest {
    private final InMemoryLogs aws = InMemoryLogs.create();
    private final CloudWatchLogsClient logs = aws.client;

    @Test
    void aGroupIsDescribedAsItWasMade() {
        logs.createLogGroup(
                g -> g.logGroupName("/ecs/web").kmsKeyId(aws.in("arn:aws:kms:us-east-1:000000000000:key/k")));

        var group = logs.describeLogGroups().logGroups().getFirst();

        assertThat(group.logGroupName()).isEqualTo("/ecs/web");
        assertThat(group.creationTime()).isEqualTo(aws.now);
        assertThat(group.arn()).isEqualTo(aws.in("arn:aws:logs:us-east-1:000000000000:log-group:/ecs/web:*"));
        assertThat(group.logGroupArn()).isEqualTo(aws.in("arn:aws:logs:us-east-1:000000000000:log-group:/ecs/web"));
        assertThat(group.logGroupClass()).isEqualTo(LogGroupClass.STANDARD);
        assertThat(group.metricFilterCount()).isZero();
        assertThat(group.storedBytes()).isZero();
        assertThat(group.retentionInDays()).isNull();
        assertThat(group.kmsKeyId()).isEqualTo(aws.in("arn:aws:kms:us-east-1:000000000000:key/k"));
    }

    @Test
    void aNameIsTakenOnce() {
        logs.createLogGroup(g -> g.logGroupName("a"));

        assertThatThrownBy(() -> logs.createLogGroup(g -> g.logGroupName("a")))
                .isInstanceOf(ResourceAlreadyExistsException.class)
                .hasMessageStartingWith("The specified log group already exists");
    }

    @Test
    void aNameHasAForm() {
        assertInvalid(
                () -> logs.createLogGroup(g -> g.logGroupName("a b")),
                "1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+");
        assertInvalid(
                () -> logs.createLogGroup(g -> g.logGroupName("a".repeat(513))),
                "1 validation error detected: Value '" + "a".repeat(513) + "' at 'logGroupName' failed to satisfy "
                        + "constraint: Member must have length less than or equal to 512");
        assertInvalid(
                () -> logs.createLogGroup(g -> g.logGroupName(null)),
                "1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: "
                        + "Member must not be null");
        assertInvalid(() -> logs.createLogGroup(g -> g.logGroupName("aws/x")), "Log groups starting with AWS/");
    }

    @Test
    void deletingTakesTheStreamsAlong() {
        aws.withStreams("a", "s");
        logs.deleteLogGroup(g -> g.logGroupName("a"));
        logs.createLogGroup(g -> g.logGroupName("a"));

        var streams = logs.describeLogStreams(s -> s.logGroupName("a")).logStreams();

        assertThat(streams).isEmpty();
    }

    @Test
    void aGroupThatIsNotThereCannotBeUsed() {
        assertNotFound(() -> logs.deleteLogGroup(g -> g.logGroupName("a")));
        assertNotFound(() -> logs.createLogStream(g -> g.logGroupName("a").logStreamName("s")));
        assertNotFound(() -> logs.describeLogStreams(g -> g.logGroupName("a")));
        assertNotFound(() -> logs.putRetentionPolicy(g -> g.logGroupName("a").retentionInDays(7)));
        assertNotFound(() -> logs.deleteRetentionPolicy(g -> g.logGroupName("a")));
        assertNotFound(() -> logs.getLogEvents(g -> g.logGroupName("a").logStreamName("s")));
        assertNotFound(() -> logs.filterLogEvents(g -> g.logGroupName("a")));
        assertNotFound(() -> logs.listTagsForResource(g -> g.resourceArn(arn("a"))));
    }

    @Test
    void aProtectedGroupStays() {
        logs.createLogGroup(g -> g.logGroupName("a").deletionProtectionEnabled(true));

        assertThatThrownBy(() -> logs.deleteLogGroup(g -> g.logGroupName("a")))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
        logs.putLogGroupDeletionProtection(g -> g.logGroupIdentifier("a").deletionProtectionEnabled(false));
        logs.deleteLogGroup(g -> g.logGroupName("a"));
        assertThat(logs.describeLogGroups().logGroups()).isEmpty();
    }

    @Test
    void groupsAreListedByNameInPages() {
        IntStream.range(0, 120).forEach(i -> logs.createLogGroup(g -> g.logGroupName("g%03d".formatted(119 - i))));

        var pages = logs.describeLogGroupsPaginator(g -> {}).stream().toList();

        assertThat(pages).extracting(p -> p.logGroups().size()).containsExactly(50, 50, 20);
        assertThat(pages.stream().flatMap(p -> p.logGroups().stream()))
                .extracting(LogGroup::logGroupName)
                .isSorted()
                .hasSize(120);
    }

    @Test
    void groupsAreFoundByPrefixPartAndClass() {
        for (var name : List.of("/ecs/web", "/ecs/worker", "/lambda/web")) {
            logs.createLogGroup(g -> g.logGroupName(name));
        }
        logs.createLogGroup(g -> g.logGroupName("/rare").logGroupClass(LogGroupClass.INFREQUENT_ACCESS));

        assertThat(logs.describeLogGroups(g -> g.logGroupNamePrefix("/ecs/")).logGroups())
                .extracting(LogGroup::logGroupName)
                .containsExactly("/ecs/web", "/ecs/worker");
        assertThat(logs.describeLogGroups(g -> g.logGroupNamePattern("web")).logGroups())
                .extracting(LogGroup::logGroupName)
                .containsExactly("/ecs/web", "/lambda/web");
        assertThat(logs.describeLogGroups(g -> g.logGroupClass(LogGroupClass.INFREQUENT_ACCESS))
                        .logGroups())
                .extracting(LogGroup::logGroupName)
                .containsExactly("/rare");
        assertThat(logs.describeLogGroups(g -> g.logGroupIdentifiers(arn("/ecs/web"), "/rare", "/none"))
                        .logGroups())
                .extracting(LogGroup::logGroupName)
                .containsExactly("/ecs/web", "/rare");
        assertInvalid(
                () -> logs.describeLogGroups(g -> g.logGroupNamePrefix("a").logGroupNamePattern("b")),
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }

    @Test
    void wrongPagesAreRefused() {
        assertInvalid(() -> logs.describeLogGroups(g -> g.nextToken("x")), "The specified nextToken is invalid.");
        assertInvalid(
                () -> logs.describeLogGroups(g -> g.limit(51)),
                "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: "
                        + "Member must have value less than or equal to 50");
    }

    @Test
    void scopesDoNotSeeOneAnother() {
        var there = aws.clientOf(new Scope(new AccountId("111111111111"), new Region("us-east-1")));
        var elsewhere = aws.clientOf(new Scope(InMemoryLogs.SCOPE.account(), new Region("eu-west-1")));
        logs.createLogGroup(g -> g.logGroupName("a"));

        assertThat(there.describeLogGroups().logGroups()).isEmpty();
        assertThat(elsewhere.describeLogGroups().logGroups()).isEmpty();
        assertNotFound(() -> there.listTagsForResource(g -> g.resourceArn(arn("a"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 30, 365, 3653})
    void retentionIsSetAndTakenAway(int days) {
        logs.createLogGroup(g -> g.logGroupName("a"));

        logs.putRetentionPolicy(g -> g.logGroupName("a").retentionInDays(days));
        assertThat(logs.describeLogGroups().logGroups().getFirst().retentionInDays())
                .isEqualTo(days);

        logs.deleteRetentionPolicy(g -> g.logGroupName("a"));
        assertThat(logs.describeLogGroups().logGroups().getFirst().retentionInDays())
                .isNull();
    }

    @Test
    void retentionHasFixedSteps() {
        logs.createLogGroup(g -> g.logGroupName("a"));

        assertInvalid(
                () -> logs.putRetentionPolicy(g -> g.logGroupName("a").retentionInDays(2)),
                "1 validation error detected: Value '2' at 'retentionInDays' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [1, 3, 5, 7, 14,");
    }

    @Test
    @SuppressWarnings("deprecation")
    void tagsAreKeptByArnAndByName() {
        logs.createLogGroup(g -> g.logGroupName("a").tags(Map.of("k", "v")));

        logs.tagResource(t -> t.resourceArn(arn("a")).tags(Map.of("b", "1", "k", "w")));
        logs.tagLogGroup(t -> t.logGroupName("a").tags(Map.of("c", "2")));
        logs.untagResource(t -> t.resourceArn(arn("a") + ":*").tagKeys("b"));

        assertThat(logs.listTagsForResource(t -> t.resourceArn(arn("a"))).tags())
                .isEqualTo(Map.of("k", "w", "c", "2"));
        logs.untagLogGroup(t -> t.logGroupName("a").tags("c"));
        assertThat(logs.listTagsLogGroup(t -> t.logGroupName("a")).tags()).isEqualTo(Map.of("k", "w"));
    }

    @Test
    @SuppressWarnings("deprecation")
    void wrongTagsAreRefused() {
        logs.createLogGroup(g -> g.logGroupName("a"));

        assertInvalid(
                () -> logs.tagLogGroup(t -> t.logGroupName("a").tags(Map.of("aws:x", "1"))),
                "Tag keys starting with 'aws:' are reserved for AWS use.");
        assertInvalid(
                () -> logs.tagLogGroup(t -> t.logGroupName("a").tags(Map.of("", "1"))),
                "2 validation errors detected: ");
        assertInvalid(() -> logs.tagResource(t -> t.resourceArn("x").tags(Map.of("k", "1"))), "Invalid resource ARN");
        assertThat(logs.listTagsLogGroup(t -> t.logGroupName("a")).tags()).isEmpty();
    }

    private String arn(String group) {
        return aws.in("arn:aws:logs:us-east-1:000000000000:log-group:") + group;
    }

    private static void assertNotFound(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageStartingWith("The specified log group does not exist.");
    }

    private static void assertInvalid(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidParameterException.class).hasMessageStartingWith(message);
    }
}
