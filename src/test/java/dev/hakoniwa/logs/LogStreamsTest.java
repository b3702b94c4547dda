package dev.hakoniwa.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.WireTest;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

@WireTest
final class LogStreamsTest {
    private final InMemoryLogs aws = InMemoryLogs.create();
    private final CloudWatchLogsClient logs = aws.client;

    @Test
    void aStreamTellsWhenItsEventsWere() {
        aws.withStreams("g", "web/app/1");
        aws.time.advance(Duration.ofMinutes(1));
        aws.put("g", "web/app/1", "first", "second");

        var stream =
                logs.describeLogStreams(s -> s.logGroupName("g")).logStreams().getFirst();

        assertThat(stream.logStreamName()).isEqualTo("web/app/1");
        assertThat(stream.arn())
                .isEqualTo(aws.in("arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:web/app/1"));
        assertThat(stream.creationTime()).isEqualTo(aws.now);
        assertThat(stream.firstEventTimestamp()).isEqualTo(aws.now + 60_000);
        assertThat(stream.lastEventTimestamp()).isEqualTo(aws.now + 60_001);
        assertThat(stream.lastIngestionTime()).isEqualTo(aws.now + 60_000);
        assertThat(stream.uploadSequenceToken()).matches("\\d{56}");
    }

    @Test
    void aStreamWithoutEventsHasNoTimes() {
        aws.withStreams("g", "s");

        var stream = logs.describeLogStreams(s -> s.logGroupIdentifier("g"))
                .logStreams()
                .getFirst();

        assertThat(stream.firstEventTimestamp()).isNull();
        assertThat(stream.lastEventTimestamp()).isNull();
        assertThat(stream.lastIngestionTime()).isNull();
    }

    @Test
    void aNameIsTakenOnce() {
        aws.withStreams("g", "s");

        assertThatThrownBy(() -> logs.createLogStream(s -> s.logGroupName("g").logStreamName("s")))
                .isInstanceOf(ResourceAlreadyExistsException.class)
                .hasMessageStartingWith("The specified log stream already exists");
        assertThatThrownBy(() -> logs.createLogStream(s -> s.logGroupName("g").logStreamName("a:b")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aDeletedStreamIsGone() {
        aws.withStreams("g", "s");

        logs.deleteLogStream(s -> s.logGroupName("g").logStreamName("s"));

        assertThat(logs.describeLogStreams(s -> s.logGroupName("g")).logStreams())
                .isEmpty();
        assertThatThrownBy(() -> logs.deleteLogStream(s -> s.logGroupName("g").logStreamName("s")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageStartingWith("The specified log stream does not exist.");
    }

    @Test
    void streamsAreListedByNameInPages() {
        aws.withStreams("g");
        IntStream.range(0, 60)
                .forEach(i -> logs.createLogStream(s -> s.logGroupName("g").logStreamName("s%02d".formatted(i))));

        var names =
                logs
                        .describeLogStreamsPaginator(
                                s -> s.logGroupName("g").limit(25).descending(true))
                        .logStreams()
                        .stream()
                        .map(LogStream::logStreamName)
                        .toList();

        assertThat(names).hasSize(60).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void aPrefixStaysInItsGroup() {
        aws.withStreams("g", "web/1", "web/2", "worker/1");
        aws.withStreams("g2", "web/3");

        var found = logs.describeLogStreams(s -> s.logGroupName("g").logStreamNamePrefix("web/"));

        assertThat(found.logStreams()).extracting(LogStream::logStreamName).containsExactly("web/1", "web/2");
    }

    @Test
    void theLatestStreamIsFoundByTime() {
        aws.withStreams("g", "a", "b", "c");
        aws.time.advance(Duration.ofMinutes(1));
        aws.put("g", "b", "later");
        aws.time.advance(Duration.ofMinutes(1));
        aws.put("g", "a", "latest");

        var found = logs.describeLogStreams(
                s -> s.logGroupName("g").orderBy(OrderBy.LAST_EVENT_TIME).descending(true));

        assertThat(found.logStreams()).extracting(LogStream::logStreamName).containsExactly("a", "b", "c");
        assertThatThrownBy(() -> logs.describeLogStreams(s ->
                        s.logGroupName("g").orderBy(OrderBy.LAST_EVENT_TIME).logStreamNamePrefix("a")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }

    @Test
    void oneWayToNameTheGroupIsEnough() {
        assertThatThrownBy(
                        () -> logs.describeLogStreams(s -> s.logGroupName("g").logGroupIdentifier("g")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> logs.describeLogStreams(s -> {})).isInstanceOf(InvalidParameterException.class);
    }
}
