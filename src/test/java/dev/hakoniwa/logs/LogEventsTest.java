package dev.hakoniwa.logs;

import static dev.hakoniwa.logs.InMemoryLogs.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.WireTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

@WireTest
final class LogEventsTest {
    private final InMemoryLogs aws = InMemoryLogs.create().withStreams("g", "s");
    private final long now = aws.now;
    private final CloudWatchLogsClient logs = aws.client;

    @Test
    void whatWasPutIsGot() {
        aws.put("g", "s", event(now - 5, "first"), event(now, "zweite ✓"));

        var events = get().events();

        assertThat(events).extracting(OutputLogEvent::message).containsExactly("first", "zweite ✓");
        assertThat(events).extracting(OutputLogEvent::timestamp).containsExactly(now - 5, now);
        assertThat(events).extracting(OutputLogEvent::ingestionTime).containsOnly(now);
        assertThat(logs.describeLogGroups().logGroups().getFirst().storedBytes())
                .isEqualTo(5 + 10 + 2 * 26);
    }

    @Test
    void laterBatchesMayBeOlder() {
        aws.put("g", "s", event(now - 5, "b"), event(now, "d"));
        aws.put("g", "s", event(now - 9, "a"), event(now - 1, "c"));
        aws.put("g", "s", event(now, "e"));

        assertThat(get().events()).extracting(OutputLogEvent::message).containsExactly("a", "b", "c", "d", "e");
        assertThat(logs.describeLogStreams(d -> d.logGroupName("g"))
                        .logStreams()
                        .getFirst()
                        .firstEventTimestamp())
                .isEqualTo(now - 9);
    }

    @Test
    void sequenceTokensAreGivenAndIgnored() {
        var first = aws.put("g", "s", "a");

        var second = logs.putLogEvents(p ->
                p.logGroupName("g").logStreamName("s").sequenceToken("whatever").logEvents(event(now, "b")));

        assertThat(first.nextSequenceToken()).matches("\\d{56}").isNotEqualTo(second.nextSequenceToken());
        assertThat(second.rejectedLogEventsInfo()).isNull();
    }

    @Test
    void eventsTooFarAwayAreDroppedAndTheRestIsKept() {
        logs.putRetentionPolicy(p -> p.logGroupName("g").retentionInDays(1));
        var old = aws.put("g", "s", event(now - days(15), "old"), event(now - days(14) - 1, "old"));
        var expired = aws.put("g", "s", event(now - days(1) - 1, "expired"), event(now - days(1) + 1, "kept"));
        var tooNew = aws.put("g", "s", event(now + 7_200_000, "kept too"), event(now + 7_200_001, "too new"));

        var rejected = List.of(old, expired, tooNew);

        assertThat(rejected)
                .extracting(r -> r.rejectedLogEventsInfo().tooOldLogEventEndIndex())
                .containsExactly(2, null, null);
        assertThat(rejected)
                .extracting(r -> r.rejectedLogEventsInfo().expiredLogEventEndIndex())
                .containsExactly(2, 1, null);
        assertThat(rejected)
                .extracting(r -> r.rejectedLogEventsInfo().tooNewLogEventStartIndex())
                .containsExactly(null, null, 1);
        assertThat(get().events()).extracting(OutputLogEvent::message).containsExactly("kept", "kept too");
    }

    @Test
    void wrongBatchesAreRefusedWhole() {
        assertInvalid(
                () -> aws.put("g", "s", event(now, "a"), event(now - 1, "b")),
                "Log events in a single PutLogEvents request must be in chronological order.");
        assertInvalid(
                () -> aws.put("g", "s", event(now - days(1) - 1, "a"), event(now, "b")),
                "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        assertInvalid(() -> aws.put("g", "s", event(now, "")), "1 validation error detected");
        assertInvalid(() -> aws.put("g", "s", event(-1, "a")), "1 validation error detected");
        assertInvalid(() -> aws.put("g", "s", new InputLogEvent[0]), "1 validation error detected");
        assertInvalid(
                () -> aws.put("g", "s", event(now, "a".repeat(1_048_577 - 26))),
                "Upload too large: 1048577 bytes exceeds limit of 1048576");
        assertInvalid(
                () -> logs.putLogEvents(p -> p.logGroupName("g").logStreamName("s")), "1 validation error detected");
        assertThat(get().events()).isEmpty();
    }

    @Test
    void streamsMustBeThere() {
        assertThatThrownBy(() -> aws.put("g", "none", "a"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageStartingWith("The specified log stream does not exist.");
        assertThatThrownBy(() -> logs.getLogEvents(g -> g.logGroupName("g").logStreamName("none")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageStartingWith("The specified log stream does not exist.");
    }

    @Test
    void timesBoundWhatIsGot() {
        aws.put("g", "s", event(now, "a"), event(now + 1, "b"), event(now + 2, "c"));

        var found = logs.getLogEvents(
                g -> g.logGroupName("g").logStreamName("s").startTime(now + 1).endTime(now + 2));

        assertThat(found.events()).extracting(OutputLogEvent::message).containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 100})
    void pagesGoForwardToTheEndAndOn(int limit) {
        putNumbers(0, 20);
        var seen = new ArrayList<String>();
        var page = logs.getLogEvents(
                g -> g.logGroupName("g").logStreamName("s").startFromHead(true).limit(limit));

        var token = "";
        while (!token.equals(page.nextForwardToken())) {
            page.events().forEach(e -> seen.add(e.message()));
            token = page.nextForwardToken();
            page = next(token, limit);
        }

        assertThat(seen).isEqualTo(numbers(0, 20));
        assertThat(page.events()).isEmpty();
        putNumbers(20, 21);
        assertThat(next(token, limit).events())
                .extracting(OutputLogEvent::message)
                .isEqualTo(numbers(20, 21));
    }

    @Test
    void pagesGoBackwardToTheBeginning() {
        putNumbers(0, 10);

        var newest =
                logs.getLogEvents(g -> g.logGroupName("g").logStreamName("s").limit(4));
        var middle = next(newest.nextBackwardToken(), 4);
        var oldest = next(middle.nextBackwardToken(), 4);
        var beyond = next(oldest.nextBackwardToken(), 4);

        assertThat(newest.events()).extracting(OutputLogEvent::message).isEqualTo(numbers(6, 10));
        assertThat(middle.events()).extracting(OutputLogEvent::message).isEqualTo(numbers(2, 6));
        assertThat(oldest.events()).extracting(OutputLogEvent::message).isEqualTo(numbers(0, 2));
        assertThat(beyond.events()).isEmpty();
        assertThat(beyond.nextBackwardToken()).isEqualTo(oldest.nextBackwardToken());
        assertThat(next(middle.nextForwardToken(), 4).events())
                .extracting(OutputLogEvent::message)
                .isEqualTo(numbers(6, 10));
    }

    @Test
    void anEmptyStreamHasTokensThatGoOnLater() {
        var empty = get();

        putNumbers(0, 2);

        assertThat(empty.nextForwardToken()).matches("f/\\d{56}/s");
        assertThat(empty.nextBackwardToken()).matches("b/\\d{56}/s");
        assertThat(next(empty.nextForwardToken(), 10).events()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "f/", "f/1/s", "f//s", "c/36900891219847461234567890123456789012345678901234567890/s"})
    void madeUpTokensAreRefused(String token) {
        assertInvalid(() -> next(token, 10), "The specified nextToken is invalid.");
    }

    @Test
    void aPageHoldsAMegabyte() {
        var message = "x".repeat(300_000);
        for (var i = 0; i < 5; i++) {
            aws.put("g", "s", event(now + i, message));
        }

        assertThat(get().events()).hasSize(3);
    }

    @Test
    void retentionMovesWithTheClock() {
        logs.putRetentionPolicy(p -> p.logGroupName("g").retentionInDays(1));
        aws.put("g", "s", "a");
        aws.time.advance(Duration.ofHours(12));
        aws.put("g", "s", "b");

        aws.time.advance(Duration.ofHours(13));

        assertThat(get().events()).extracting(OutputLogEvent::message).containsExactly("b");
        assertThat(logs.describeLogGroups().logGroups().getFirst().storedBytes())
                .isEqualTo(27);
    }

    private GetLogEventsResponse get() {
        return logs.getLogEvents(g -> g.logGroupName("g").logStreamName("s"));
    }

    private GetLogEventsResponse next(String token, int limit) {
        return logs.getLogEvents(
                g -> g.logGroupName("g").logStreamName("s").nextToken(token).limit(limit));
    }

    /// Several share a millisecond.
    private void putNumbers(int from, int to) {
        aws.put(
                "g",
                "s",
                IntStream.range(from, to)
                        .mapToObj(i -> event(now + i / 3, Integer.toString(i)))
                        .toArray(InputLogEvent[]::new));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static long days(int days) {
        return Duration.ofDays(days).toMillis();
    }

    private static void assertInvalid(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidParameterException.class).hasMessageStartingWith(message);
    }
}
