package dev.hakoniwa.logs;

import dev.hakoniwa.core.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;

/// A log stream. Its row stands for the first `end - 1` events of its log; what lies beyond isn't there.
///
/// @param number tells its events from those of other streams
/// @param lastIngestion when the last event came
/// @param last the time of its latest event
record Stream(
        Identity identity,
        long number,
        EventLog log,
        long end,
        @Nullable Long lastIngestion,
        @Nullable Long last) {
    /// Where the stream is, and since when.
    record Identity(String group, String name, long createdAt) {}

    static Stream empty(Identity identity, long number) {
        return new Stream(identity, number, new EventLog(), 1, null, null);
    }

    String name() {
        return identity.name();
    }

    /// Adds events, whose time and text are given, at the end.
    Stream append(long now, List<Line> lines) {
        var next = end;
        var latest = last == null ? Long.MIN_VALUE : last;
        for (var line : lines) {
            log.append(next, new Event(new Place(line.timestamp(), number, next), now, line.message()));
            latest = Math.max(latest, line.timestamp());
            next++;
        }
        return lines.isEmpty() ? this : new Stream(identity, number, log, next, now, latest);
    }

    /// What is to be appended.
    record Line(long timestamp, String message) {}

    /// The events from a time on, by their time; done with before the step ends.
    List<Event> events(long keptFrom) {
        log.truncate(end);
        log.forgetBefore(keptFrom);
        var events = log.chronological(end);
        return events.subList(Search.first(events, Place.at(Math.max(0, keptFrom))), events.size());
    }

    /// What CloudWatch would say its events take.
    long countedBytes() {
        log.truncate(end);
        return log.countedBytes();
    }

    /// CloudWatch says of every stream that it takes no bytes, as it has since 2019.
    @SuppressWarnings("deprecation")
    LogStream view(Scope scope, long keptFrom) {
        var events = events(keptFrom);
        return LogStream.builder()
                .logStreamName(name())
                .arn(Group.arn(scope, identity.group()) + ":log-stream:" + name())
                .creationTime(identity.createdAt())
                .firstEventTimestamp(
                        events.isEmpty() ? null : Long.valueOf(events.getFirst().timestamp()))
                .lastEventTimestamp(last)
                .lastIngestionTime(lastIngestion)
                .uploadSequenceToken(sequenceToken())
                .storedBytes(0L)
                .build();
    }

    /// What PutLogEvents once wanted back; clients still read it.
    String sequenceToken() {
        return new Place(identity.createdAt(), number, end).toString();
    }
}
