package dev.hakoniwa.logs;

import dev.hakoniwa.core.Ids;
import dev.hakoniwa.core.Scope;
import dev.hakoniwa.core.Tables;
import dev.hakoniwa.core.Time;
import dev.hakoniwa.testing.InMemoryAws;
import dev.hakoniwa.testing.Shipped;
import dev.hakoniwa.testing.TestTime;
import java.time.Instant;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;

/// CloudWatch Logs with the SDK's client in front of it, and time that stands still.
final class InMemoryLogs {
    static final Scope SCOPE = InMemoryAws.SCOPE;
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Tables tables = new Tables();
    private final Time inside = Time.stopped(START);
    private final Logs logs;
    final TestTime time = new TestTime(inside);

    /// When the test began.
    final long now = time.start().toEpochMilli();

    final CloudWatchLogsClient client;
    private final InMemoryAws aws;

    private InMemoryLogs(long bytesAtMost) {
        logs = new Logs(tables, Ids.random(), inside, bytesAtMost);
        aws = InMemoryAws.of(tables, inside, LogsApi.operations(logs));
        client = aws.client(CloudWatchLogsClient.builder());
    }

    static InMemoryLogs create() {
        return new InMemoryLogs(Logs.BYTES_AT_MOST);
    }

    static InMemoryLogs holding(long bytesAtMost) {
        return Shipped.notWith(new InMemoryLogs(bytesAtMost));
    }

    Logs logs() {
        return Shipped.notWith(logs);
    }

    Tables tables() {
        return Shipped.notWith(tables);
    }

    /// A text with the account that is really called in the place of each that it names.
    String in(String text) {
        return aws.accounts().in(text);
    }

    CloudWatchLogsClient clientOf(Scope scope) {
        return aws.client(CloudWatchLogsClient.builder(), scope);
    }

    InMemoryLogs withStreams(String group, String... streams) {
        client.createLogGroup(g -> g.logGroupName(group));
        for (var stream : streams) {
            client.createLogStream(s -> s.logGroupName(group).logStreamName(stream));
        }
        return this;
    }

    PutLogEventsResponse put(String group, String stream, InputLogEvent... events) {
        return client.putLogEvents(
                p -> p.logGroupName(group).logStreamName(stream).logEvents(events));
    }

    /// Puts messages, one a millisecond from now on.
    PutLogEventsResponse put(String group, String stream, String... messages) {
        var at = time.millis();
        var events = IntStream.range(0, messages.length)
                .mapToObj(i -> event(at + i, messages[i]))
                .toArray(InputLogEvent[]::new);
        return put(group, stream, events);
    }

    static InputLogEvent event(long timestamp, String message) {
        return InputLogEvent.builder().timestamp(timestamp).message(message).build();
    }
}
