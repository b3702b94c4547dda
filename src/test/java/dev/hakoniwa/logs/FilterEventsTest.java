package dev.hakoniwa.logs;

import static dev.hakoniwa.logs.InMemoryLogs.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hakoniwa.testing.WireTest;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

@WireTest
final class FilterEventsTest {
    private final InMemoryLogs aws = InMemoryLogs.create().withStreams("g", "a/1", "a/2", "b/1");
    private final long now = aws.now;
    private final CloudWatchLogsClient logs = aws.client;

    @Test
    void streamsAreMergedByTime() {
        aws.put("g", "a/1", event(now, "one"), event(now + 3, "four"));
        aws.put("g", "a/2", event(now + 1, "two"), event(now + 4, "five"));
        aws.put("g", "b/1", event(now + 2, "three"));

        var found = logs.filterLogEvents(f -> f.logGroupName("g"));

        assertThat(found.events())
                .extracting(FilteredLogEvent::message)
                .containsExactly("one", "two", "three", "four", "five");
        assertThat(found.events()).extracting(FilteredLogEvent::logStreamName).startsWith("a/1", "a/2", "b/1");
        assertThat(found.events()).extracting(FilteredLogEvent::eventId).doesNotHaveDuplicates();
        assertThat(found.nextToken()).isNull();
        assertThat(found.hasSearchedLogStreams()).isTrue();
        assertThat(found.searchedLogStreams()).isEmpty();
    }

    @Test
    void bothTimesAreInclusive() {
        aws.put("g", "a/1", event(now, "a"), event(now + 1, "b"), event(now + 2, "c"), event(now + 3, "d"));

        var found =
                logs.filterLogEvents(f -> f.logGroupName("g").startTime(now + 1).endTime(now + 2));

        assertThat(found.events()).extracting(FilteredLogEvent::message).containsExactly("b", "c");
    }

    @Test
    void aPatternChooses() {
        aws.put("g", "a/1", "GET /health 200", "GET /users 500", "{\"status\": 500}");

        assertThat(logs.filterLogEvents(f -> f.logGroupName("g").filterPattern("GET -health"))
                        .events())
                .extracting(FilteredLogEvent::message)
                .containsExactly("GET /users 500");
        assertThat(logs.filterLogEvents(f -> f.logGroupName("g").filterPattern("{ $.status = 500 }"))
                        .events())
                .extracting(FilteredLogEvent::message)
                .containsExactly("{\"status\": 500}");
        assertInvalid(() -> logs.filterLogEvents(f -> f.logGroupName("g").filterPattern("{ $.status")));
    }

    @Test
    void streamsAreChosenByNameOrPrefix() {
        aws.put("g", "a/1", "1");
        aws.put("g", "a/2", "2");
        aws.put("g", "b/1", "3");

        assertThat(logs.filterLogEvents(f -> f.logGroupName("g").logStreamNamePrefix("a/"))
                        .events())
                .extracting(FilteredLogEvent::message)
                .containsExactlyInAnyOrder("1", "2");
        assertThat(logs.filterLogEvents(f -> f.logGroupIdentifier("g").logStreamNames("b/1", "b/1"))
                        .events())
                .extracting(FilteredLogEvent::message)
                .containsExactly("3");
        assertInvalid(() -> logs.filterLogEvents(
                f -> f.logGroupName("g").logStreamNames("b/1").logStreamNamePrefix("a")));
        assertThatThrownBy(() -> logs.filterLogEvents(f -> f.logGroupName("g").logStreamNames("none")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageStartingWith("The specified log stream does not exist.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void pagesHoldEverythingOnce(int limit) {
        for (var stream : new String[] {"a/1", "a/2", "b/1"}) {
            aws.put(
                    "g",
                    stream,
                    IntStream.range(0, 50)
                            .mapToObj(i -> event(now + i / 4, stream + " " + i))
                            .toArray(InputLogEvent[]::new));
        }

        var found = logs.filterLogEventsPaginator(f -> f.logGroupName("g").limit(limit)).events().stream()
                .toList();

        assertThat(found).hasSize(150);
        assertThat(new HashSet<>(found)).hasSize(150);
        assertThat(found).extracting(FilteredLogEvent::timestamp).isSorted();
    }

    @Test
    void oneCallLooksThroughNoMoreThanItMay() {
        for (var i = 0; i < 3; i++) {
            aws.put(
                    "g",
                    "a/1",
                    IntStream.range(0, 9_000).mapToObj(n -> event(now + n, "x")).toArray(InputLogEvent[]::new));
        }
        aws.put("g", "a/1", event(now + 9_000, "needle"));

        var pages = logs.filterLogEventsPaginator(f -> f.logGroupName("g").filterPattern("needle")).stream()
                .toList();

        assertThat(pages).extracting(p -> p.events().size()).containsExactly(0, 0, 1);
    }

    @Test
    void aTokenServesItsQuestionOnly() {
        aws.put("g", "a/1", "1", "2", "3");
        var token = logs.filterLogEvents(f -> f.logGroupName("g").limit(1)).nextToken();

        assertThat(logs.filterLogEvents(f -> f.logGroupName("g").nextToken(token))
                        .events())
                .hasSize(2);
        assertInvalid(() ->
                logs.filterLogEvents(f -> f.logGroupName("g").filterPattern("2").nextToken(token)));
        assertInvalid(() -> logs.filterLogEvents(f -> f.logGroupName("g").nextToken("made up")));
    }

    @Test
    void aFollowerSeesEachEventOnceByItsId() {
        aws.put("g", "a/1", "1", "2");
        var first =
                logs.filterLogEvents(f -> f.logGroupName("g").startTime(now)).events();
        aws.put("g", "a/1", "3");

        var second =
                logs.filterLogEvents(f -> f.logGroupName("g").startTime(now)).events();

        assertThat(second)
                .extracting(FilteredLogEvent::eventId)
                .containsAll(first.stream().map(FilteredLogEvent::eventId).toList());
        assertThat(second).hasSize(3);
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidParameterException.class);
    }
}
