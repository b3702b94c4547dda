package dev.hakoniwa.logs;

import dev.hakoniwa.aws.Call;
import dev.hakoniwa.aws.Constraints;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;

/// PutLogEvents.
final class PutEvents {
    private static final int EVENTS_AT_MOST = 10_000;
    private static final int BYTES_AT_MOST = 1_048_576;
    private static final long SPAN = Duration.ofHours(24).toMillis();
    private static final long FUTURE = Duration.ofHours(2).toMillis();
    private static final long PAST = Duration.ofDays(14).toMillis();

    private final Storage storage;
    private final LogGroups groups;
    private final LogStreams streams;
    private final InstantSource clock;

    PutEvents(Storage storage, LogGroups groups, LogStreams streams, InstantSource clock) {
        this.storage = storage;
        this.groups = groups;
        this.streams = streams;
        this.clock = clock;
    }

    /// Sequence tokens are not looked at any more, as CloudWatch says, but one is still given.
    PutLogEventsResponse put(Call call, PutLogEventsRequest request) {
        var groupName = Names.group(request.logGroupName());
        var streamName = Names.stream(request.logStreamName());
        check(request);
        var group = groups.find(call.scope(), groupName);
        var stream = streams.find(call.scope(), group, streamName);
        var accepted = Accepted.of(request.logEvents(), clock.millis(), group);
        var lines = accepted.of(request.logEvents()).stream()
                .map(event -> new Stream.Line(event.timestamp(), event.message()))
                .toList();
        var longer = storage.append(call.scope(), stream, clock.millis(), lines);
        var response = PutLogEventsResponse.builder().nextSequenceToken(longer.sequenceToken());
        if (accepted.isPartial(request.logEvents())) {
            response.rejectedLogEventsInfo(accepted.rejected(request.logEvents()));
        }
        return response.build();
    }

    private static void check(PutLogEventsRequest request) {
        var constraints = new Constraints().required("logEvents", request.hasLogEvents() ? request.logEvents() : null);
        constraints.check(Errors::invalidParameter);
        var events = request.logEvents();
        checkMembers(events);
        var bytes = events.stream()
                .mapToLong(e -> Event.utf8Length(e.message()) + Event.OVERHEAD)
                .sum();
        if (bytes > BYTES_AT_MOST) {
            throw Errors.uploadTooLarge(bytes, BYTES_AT_MOST);
        }
        for (var i = 1; i < events.size(); i++) {
            if (events.get(i).timestamp() < events.get(i - 1).timestamp()) {
                throw Errors.notChronological();
            }
        }
        if (events.getLast().timestamp() - events.getFirst().timestamp() > SPAN) {
            throw Errors.spansTooMuch();
        }
    }

    private static void checkMembers(List<InputLogEvent> events) {
        if (events.isEmpty() || events.size() > EVENTS_AT_MOST) {
            throw Errors.invalidParameter("1 validation error detected: Value at 'logEvents' failed to satisfy "
                    + "constraint: Member must have length between 1 and " + EVENTS_AT_MOST);
        }
        var constraints = new Constraints();
        for (var i = 0; i < events.size(); i++) {
            var member = "logEvents." + (i + 1) + ".member.";
            constraints
                    .required(member + "timestamp", events.get(i).timestamp())
                    .range(member + "timestamp", events.get(i).timestamp(), 0, Long.MAX_VALUE)
                    .required(member + "message", events.get(i).message())
                    .length(member + "message", events.get(i).message(), 1, Integer.MAX_VALUE);
        }
        constraints.check(Errors::invalidParameter);
    }

    /// Which events are neither too old nor too new, as they stand in order.
    ///
    /// @param expired behind the last that the group's retention drops
    /// @param old behind the last that nobody keeps any more
    /// @param tooNew the first that is too far in the future
    private record Accepted(int expired, int old, int tooNew) {
        static Accepted of(List<InputLogEvent> events, long now, Group group) {
            return new Accepted(
                    before(events, group.keepsFrom(now)), before(events, now - PAST), before(events, now + FUTURE + 1));
        }

        List<InputLogEvent> of(List<InputLogEvent> events) {
            var from = Math.max(expired, old);
            return from < tooNew ? events.subList(from, tooNew) : List.of();
        }

        boolean isPartial(List<InputLogEvent> events) {
            return of(events).size() < events.size();
        }

        RejectedLogEventsInfo rejected(List<InputLogEvent> events) {
            return RejectedLogEventsInfo.builder()
                    .expiredLogEventEndIndex(expired > 0 ? expired : null)
                    .tooOldLogEventEndIndex(old > 0 ? old : null)
                    .tooNewLogEventStartIndex(tooNew < events.size() ? tooNew : null)
                    .build();
        }

        private static int before(List<InputLogEvent> events, long time) {
            return (int) events.stream().takeWhile(e -> e.timestamp() < time).count();
        }
    }
}
